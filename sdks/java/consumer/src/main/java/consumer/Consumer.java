package consumer;

import dev.countersign.okhttp.SigningInterceptor;
import dev.countersign.servlet.VerifierFilter;
import dev.countersign.sign.Request;
import dev.countersign.sign.Signer;
import dev.countersign.sign.Verifier;
import java.time.Instant;
import java.util.Map;
import okhttp3.OkHttpClient;

/** Uses each published library, and signs the example of the protocol's documentation. */
public final class Consumer {
    private static final String ACCESS_KEY = "QTWAOYTTINDUT2QVKYUC";
    private static final String SECRET_KEY = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";
    private static final String SIGNATURE = "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe";

    public static void main(String[] arguments) {
        Signer signer = Signer.builder(ACCESS_KEY, SECRET_KEY).build();
        Request request = Request.builder("GET", "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs"
                + "?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0")
            .header("Content-Type", "application/json")
            .header("Host", "service.region.example.com")
            .build();
        var headers = signer.sign(request, Instant.parse("2019-11-15T03:36:55Z"));
        if (!headers.get(headers.size() - 1).value().endsWith("Signature=" + SIGNATURE)) {
            throw new AssertionError("another signature than the published one");
        }
        new OkHttpClient.Builder().addNetworkInterceptor(new SigningInterceptor(signer)).build();
        new VerifierFilter(Verifier.builder(Map.of(ACCESS_KEY, SECRET_KEY)).build());
        System.out.println("the published signature was made by what was deployed");
    }
}
