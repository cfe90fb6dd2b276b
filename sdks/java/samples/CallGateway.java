import dev.countersign.sign.SignedClient;
import dev.countersign.sign.Signer;
import dev.countersign.sign.SigningClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;

/** Calls an API of a gateway as an app; Host names the domain of the API's group when the URL does not. */
final class CallGateway {
    public static void main(String[] arguments) throws Exception {
        // The platform's client sends a Host header of one's own only if told so before it is used first.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        Signer app =
            Signer.builder(System.getenv("COUNTERSIGN_ACCESS_KEY"), System.getenv("COUNTERSIGN_SECRET_KEY")).build();
        // The clock of this machine may be wrong: the client learns the time from a refusal, and tries once more.
        SigningClock clock = SigningClock.correcting(Clock.systemUTC());
        HttpClient client = new SignedClient(HttpClient.newHttpClient(), app, clock);

        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(System.getenv("COUNTERSIGN_URL")));
        String host = System.getenv("COUNTERSIGN_HOST");
        if (host != null) {
            request.header("Host", host);
        }
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
        System.exit(response.statusCode() / 100 == 2 ? 0 : 1);
    }
}
