package dev.countersign.programs;

import dev.countersign.sign.Request;
import dev.countersign.sign.Signer;

/** What a signature by this library costs, for the GET that the project's benchmarks sign. */
public final class Bench {
    private Bench() {}

    /**
     * Measures.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Signer signer = Signer.builder("COSTKEY0000000000001", "s".repeat(40)).build();
        Request request = Request.builder("GET", "/v2/orders/1/items?limit=1&marker=m1&offset=0&sort=name")
            .header("Host", "c48a1b2c3d4e5f60718293a4b5c6d7e8.apigw.example.com")
            .header("User-Agent", "huaweicloud-usdk-python/3.0")
            .header("Content-Type", "application/json")
            .header("X-Project-Id", "00000000000000000000000000000001")
            .build();
        Cost.print(() -> signer.sign(request));
    }
}
