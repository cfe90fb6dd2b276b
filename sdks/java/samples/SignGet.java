import dev.countersign.sign.Header;
import dev.countersign.sign.Request;
import dev.countersign.sign.Signer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Signs a GET and sends it with any client; here that of the platform. */
final class SignGet {
    public static void main(String[] arguments) throws Exception {
        URI url = URI.create(System.getenv("COUNTERSIGN_URL"));
        Signer signer =
            Signer.builder(System.getenv("COUNTERSIGN_ACCESS_KEY"), System.getenv("COUNTERSIGN_SECRET_KEY")).build();

        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        for (Header header : signer.sign(Request.builder("GET", url).build())) {
            request.header(header.name(), header.value());
        }
        var response = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
        System.exit(response.statusCode() / 100 == 2 ? 0 : 1);
    }
}
