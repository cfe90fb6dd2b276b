package dev.countersign.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignerTest {
    static final Instant NOW = Instant.parse("2006-01-02T15:04:05Z");
    private static final String EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static SignerBuilder builder() {
        return Signer.builder("AccessKey", "SecretKey");
    }

    private static Request.Builder get(String target) {
        return Request.builder("GET", target).header("Host", "h");
    }

    private static String canonical(Request.Builder request) {
        return builder().build().explain(request.build(), NOW).canonicalRequest();
    }

    private static String authorization(Signer signer, Request.Builder request, Instant now) {
        List<Header> headers = signer.sign(request.build(), now);
        return headers.get(headers.size() - 1).value();
    }

    private static String refusal(Runnable work) {
        return assertThrows(SigningException.class, work::run).reason().code();
    }

    private static String refusal(Request.Builder request) {
        return refusal(() -> builder().build().sign(request.build(), NOW));
    }

    @Test
    void the_published_vpc_example_is_reproduced() {
        Request.Builder request = Request.builder("GET", "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs"
                + "?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0")
            .header("Content-Type", "application/json")
            .header("Host", "service.region.example.com");
        Signer signer = Signer.builder("QTWAOYTTINDUT2QVKYUC", "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc").build();
        Instant now = Instant.parse("2019-11-15T03:36:55Z");
        assertEquals("SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, "
            + "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
            authorization(signer, request, now));
        assertEquals("SDK-HMAC-SHA256\n20191115T033655Z\n"
            + "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a",
            signer.explain(request.build(), now).stringToSign());
    }

    @Test
    void headers_are_signed_trimmed_sorted_and_without_those_that_proxies_rewrite() {
        Request.Builder request = get("/a").header("X-B", " two\t").header("X-B", "one").header("X_Under", "1")
            .header("X-Blank", " ").header("x-blank", "1").header("Content-Length", "0").header("TE", "trailers");
        assertEquals("GET\n/a/\n\nhost:h\nx-b:one\nx-b:two\nx-sdk-date:20060102T150405Z\n\nhost;x-b;x-sdk-date\n"
            + EMPTY_HASH, canonical(request));
    }

    @Test
    void identity_headers_are_added_in_order_and_signed() {
        Signer signer = builder().projectId("p1").domainId("d1").securityToken(" token ").build();
        Explanation explanation = signer.explain(get("/").unsignedPayload().build(), NOW);
        assertEquals(List.of("X-Sdk-Date", "X-Project-Id", "X-Domain-Id", "X-Security-Token", "X-Sdk-Content-Sha256",
                "Authorization"),
            explanation.headers().stream().map(Header::name).collect(Collectors.toList()));
        assertEquals("token", explanation.headers().get(3).value());
        assertTrue(explanation.canonicalRequest().endsWith(
            "\nhost;x-domain-id;x-project-id;x-sdk-content-sha256;x-sdk-date;x-security-token\nUNSIGNED-PAYLOAD"));
    }

    @Test
    void the_path_is_decoded_once_and_encoded_with_a_slash_at_its_end() {
        assertEquals("/", path("/"));
        assertEquals("/a/b//./c%25/%2B/", path("/a%2fb//./c%25/+"));
        assertEquals("/%25zz/%25/%E4%B8%AD~/", path("/%zz/%/中%7e"));
        assertEquals("/%F0%9F%8D%B5/", path("/\uD83C\uDF75"));
    }

    private static String path(String target) {
        return canonical(get(target)).split("\n", -1)[1];
    }

    @Test
    void the_query_is_sorted_by_what_it_means() {
        assertEquals("", query(""));
        assertEquals("a=&a=1&a=10&a=9&b=2", query("b=2&a=10&&a=9&%61=1&a&"));
        assertEquals("%20=&a=b%3Dc&z=&%C3%A9=", query("é&z&a=b=c&%20="));
        assertEquals("=&%2B=%2B", query("+=+&="));
    }

    private static String query(String query) {
        return canonical(get("/?" + query)).split("\n", -1)[2];
    }

    @Test
    void the_order_of_distinct_pairs_on_the_wire_does_not_matter() {
        List<String> pairs = IntStream.range(0, 40).mapToObj(number -> "n" + number % 7 + "=%" + (10 + number))
            .collect(Collectors.toList());
        String first = query(String.join("&", pairs));
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(pairs, random);
            assertEquals(first, query(String.join("&", pairs)));
        }
    }

    @Test
    void text_is_signed_as_utf_8() {
        assertTrue(canonical(get("/").header("X-Name", "中é\uD83C\uDF75")).contains("\nx-name:中é\uD83C\uDF75\n"));
        assertTrue(canonical(get("/").body("{}".getBytes(StandardCharsets.UTF_8)))
            .endsWith("\n44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
    }

    @Test
    void a_scoped_algorithm_names_its_scope_and_needs_one() {
        SignerBuilder scoped = builder().algorithm(Algorithm.V11_HMAC_SHA256);
        assertTrue(authorization(scoped.scope("test-region-1", "demo").build(), get("/"), NOW)
            .startsWith("V11-HMAC-SHA256 Credential=AccessKey/20060102/test-region-1/demo, SignedHeaders=host;"));
        assertEquals("MissingScope", refusal(() -> scoped.scope("r", null).build()));
        assertEquals("MissingScope", refusal(() -> scoped.scope("", "s").build()));
        assertEquals("BadScope", refusal(() -> scoped.scope("a/b", "s").build()));
        assertEquals("BadScope", refusal(() -> scoped.scope("r", "é").build()));
    }

    @Test
    void credentials_that_cannot_stand_in_a_header_are_refused() {
        assertEquals("MissingCredentials", refusal(() -> Signer.builder(null, "s").build()));
        assertEquals("MissingCredentials", refusal(() -> Signer.builder("a", "").build()));
        for (String accessKey : List.of("a b", "a,b", "a\n", "é", " ")) {
            assertEquals("BadCredentials", refusal(() -> Signer.builder(accessKey, "s").build()), accessKey);
        }
        SignerBuilder scoped = Signer.builder("a/b", "s").algorithm(Algorithm.V11_HMAC_SHA256).scope("r", "s");
        assertEquals("BadCredentials", refusal(scoped::build));
        assertEquals("BadCredentials", refusal(() -> builder().securityToken("a\r\nb: c").build()));
        assertEquals("BadCredentials", refusal(() -> builder().securityToken(" ").build()));
        assertEquals("BadHeader", refusal(() -> builder().projectId("p\n").build()));
    }

    @Test
    void what_cannot_be_sent_or_would_be_ambiguous_is_refused() {
        assertEquals("MissingHost", refusal(Request.builder("GET", "/")));
        assertEquals("MissingHost", refusal(Request.builder("GET", "/").header("Host", " ")));
        assertEquals("TakenHeader", refusal(Request.builder("GET", "/").header("Host", " ").header("Host", "h")));
        assertEquals("MissingHost", refusal(() -> Request.builder("GET", URI.create("/path"))));
        for (String method : List.of("", "GE T", "GET\n", "GÉT")) {
            assertEquals("BadMethod", refusal(Request.builder(method, "/").header("Host", "h")), method);
        }
        for (String target : List.of("", "http://h/", "*", "/a b", "/\u007f", "/\0", "/a\n", "/\uD83C")) {
            assertEquals("BadTarget", refusal(get(target)), target);
        }
        for (String name : List.of("", "a b", "a:b", "é", "a\n")) {
            assertEquals("BadHeader", refusal(get("/").header(name, "v")), name);
        }
        for (String value : List.of("b\r\nc: d", "\0", "\u007f", "\u001b", "\uDF75")) {
            assertEquals("BadHeader", refusal(get("/").header("Connection", value)), value);
        }
        for (String name : List.of("authorization", "X-Sdk-Date", "x-sdk-content-sha256", "X-Sdk-Content-Sm3",
                "HOST")) {
            assertEquals("TakenHeader", refusal(get("/").header(name, "v")), name);
        }
        assertEquals("TakenHeader", refusal(() ->
            builder().projectId("p").build().sign(get("/").header("x-project-id", "p").build(), NOW)));
    }

    @Test
    void an_unknown_algorithm_is_refused_and_sm3_without_a_provider() {
        assertEquals("UnsupportedAlgorithm", refusal(() -> Algorithm.of("sdk-hmac-sha256")));
        assertFalse(Algorithm.SDK_HMAC_SM3.isSupported());
        assertEquals("UnsupportedAlgorithm", refusal(() -> builder().algorithm(Algorithm.SDK_HMAC_SM3).build()));
    }

    @Test
    void a_url_gives_the_target_and_the_host_that_clients_send() {
        assertEquals("GET\n/a%20b/%C3%A9/\nq=%C3%A9\nhost:example.com:8080\n",
            start(URI.create("http://user@example.com:8080/a%20b/é?q=é#f")));
        assertEquals("GET\n/\n\nhost:example.com\n", start(URI.create("https://example.com:443")));
        assertEquals("GET\n/\n\nhost:[::1]:443\n", start(URI.create("http://[::1]:443/?")));
    }

    private static String start(URI url) {
        String canonical = canonical(Request.builder("GET", url));
        return canonical.substring(0, canonical.indexOf("x-sdk-date"));
    }

    @Test
    void the_signing_time_is_utc_and_within_four_digit_years() {
        Signer signer = builder().build();
        assertEquals("20240229T235959Z", date(signer, Instant.parse("2024-03-01T00:59:59.999+01:00")));
        assertEquals("19700101T000000Z", date(signer, Instant.MIN));
        assertEquals("99991231T235959Z", date(signer, Instant.MAX));
    }

    private static String date(Signer signer, Instant now) {
        return signer.sign(get("/").build(), now).get(0).value();
    }

    @Test
    void text_forms_show_no_secret() {
        Signer signer = Signer.builder("AccessKey", "hidden-secret").securityToken("hidden-token").build();
        List<Header> headers = signer.sign(get("/?hidden-query").build(), NOW);
        String shown = signer + " " + headers + " " + get("/p?hidden-query").build();
        assertFalse(shown.contains("hidden"), shown);
        assertTrue(shown.contains("AccessKey"));
    }

    @Test
    void a_signer_is_shared_by_threads() {
        Signer signer = builder().build();
        List<String> expected = IntStream.range(0, 2000).mapToObj(number -> signed(signer, number))
            .collect(Collectors.toList());
        assertEquals(expected, IntStream.range(0, 2000).parallel().mapToObj(number -> signed(signer, number))
            .collect(Collectors.toList()));
    }

    private static String signed(Signer signer, int number) {
        return authorization(signer, get("/" + number), NOW);
    }
}
