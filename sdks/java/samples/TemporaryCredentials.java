import dev.countersign.sign.SignedClient;
import dev.countersign.sign.Signer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Calls with a temporary key pair, its security token, and a project to act in. */
final class TemporaryCredentials {
    public static void main(String[] arguments) throws Exception {
        Signer signer =
            Signer.builder(System.getenv("COUNTERSIGN_ACCESS_KEY"), System.getenv("COUNTERSIGN_SECRET_KEY"))
                .securityToken(System.getenv("COUNTERSIGN_SECURITY_TOKEN"))
                .projectId(System.getenv("COUNTERSIGN_PROJECT_ID"))
                .build();
        HttpClient client = new SignedClient(HttpClient.newHttpClient(), signer);

        HttpRequest request = HttpRequest.newBuilder(URI.create(System.getenv("COUNTERSIGN_URL"))).build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
        System.exit(response.statusCode() / 100 == 2 ? 0 : 1);
    }
}
