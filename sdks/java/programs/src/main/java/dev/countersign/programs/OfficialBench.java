package dev.countersign.programs;

import com.huaweicloud.sdk.core.auth.AKSKSigner;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.HttpRequest;
import java.util.List;

/** What a signature by the official Java signer costs, for the same request. */
public final class OfficialBench {
    private OfficialBench() {}

    /**
     * Measures.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        BasicCredentials credentials = new BasicCredentials().withAk("COSTKEY0000000000001").withSk("s".repeat(40));
        HttpRequest request = HttpRequest.newBuilder()
            .withMethod(HttpMethod.GET)
            .withEndpoint("https://c48a1b2c3d4e5f60718293a4b5c6d7e8.apigw.example.com")
            .withPath("/v2/orders/1/items")
            .addQueryParam("limit", List.of("1"))
            .addQueryParam("marker", List.of("m1"))
            .addQueryParam("offset", List.of("0"))
            .addQueryParam("sort", List.of("name"))
            .addHeader("User-Agent", "huaweicloud-usdk-python/3.0")
            .addHeader("Content-Type", "application/json")
            .addHeader("X-Project-Id", "00000000000000000000000000000001")
            .build();
        Cost.print(() -> AKSKSigner.getInstance().sign(request, credentials));
    }
}
