package dev.countersign.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Security;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SM3 from a security provider, which the platform does not have by itself. */
class Sm3Test {
    @BeforeAll
    static void install() {
        Security.addProvider(new BouncyCastleProvider());
    }

    @AfterAll
    static void remove() {
        Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
    }

    @Test
    void a_provider_brings_sm3() throws VerificationException {
        assertTrue(Algorithm.SDK_HMAC_SM3.isSupported());
        Signer signer = Signer.builder("AccessKey", "SecretKey").algorithm(Algorithm.SDK_HMAC_SM3).build();
        Explanation explanation =
            signer.explain(Request.builder("GET", "/").header("Host", "h").build(), SignerTest.NOW);
        assertTrue(explanation.canonicalRequest().endsWith(
            "\n1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"));

        Request.Builder sent = Request.builder("GET", "/").header("Host", "h");
        explanation.headers().forEach(header -> sent.header(header.name(), header.value()));
        Verifier verifier =
            Verifier.builder(Map.of("AccessKey", "SecretKey")).algorithms(Algorithm.SDK_HMAC_SM3).build();
        assertEquals("AccessKey", verifier.verify(sent.build(), SignerTest.NOW));
    }

    @Test
    void a_code_by_sm3_is_that_of_other_clients() {
        Signer signer = Signer.builder("QTWAOYTTINDUT2QVKYUC", "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc")
            .algorithm(Algorithm.SDK_HMAC_SM3).build();
        Request request = Request.builder("GET", "/v1/vpcs").header("Host", "service.region.example.com").build();
        List<Header> headers = signer.sign(request, Instant.parse("2019-11-15T03:36:55Z"));
        assertTrue(headers.get(1).value().endsWith("Signature="
            + "235930edc7ed3acafeaf6c35c937d280cbe82c75f23755e4262471ecd5c2fc16"));
    }
}
