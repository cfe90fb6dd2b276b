import dev.countersign.sign.SignedClient;
import dev.countersign.sign.Signer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Posts JSON with a client that signs by itself. */
final class PostJson {
    public static void main(String[] arguments) throws Exception {
        Signer signer =
            Signer.builder(System.getenv("COUNTERSIGN_ACCESS_KEY"), System.getenv("COUNTERSIGN_SECRET_KEY")).build();
        HttpClient client = new SignedClient(HttpClient.newHttpClient(), signer);

        HttpRequest request = HttpRequest.newBuilder(URI.create(System.getenv("COUNTERSIGN_URL")))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"tea\",\"count\":2}"))
            .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
        System.exit(response.statusCode() / 100 == 2 ? 0 : 1);
    }
}
