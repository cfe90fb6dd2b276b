package dev.countersign.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerifierTest {
    private static final Instant NOW = SignerTest.NOW;
    private static final byte[] BODY = "{\"name\":\"tea\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EMPTY = {};
    private static final Map<String, String> KEYS = Map.of("AccessKey", "SecretKey");
    private static final Verifier VERIFIER = Verifier.builder(KEYS)
        .algorithms(Algorithm.SDK_HMAC_SHA256, Algorithm.V11_HMAC_SHA256).build();

    /** A request on its way: signed, and open to tampering. */
    private static final class Sent {
        private String method = "POST";
        private String target = "/v1/a%20b?b=2&a=1&a=";
        private byte[] body = BODY;
        private List<Header> headers = new ArrayList<>();

        private static Sent signed(SignerBuilder signer) {
            Sent sent = new Sent();
            sent.headers.add(new Header("Host", "h"));
            sent.headers.add(new Header("X-A", "1"));
            sent.headers.addAll(signer.build().sign(sent.request(), NOW));
            return sent;
        }

        private static Sent signed() {
            return signed(Signer.builder("AccessKey", "SecretKey"));
        }

        private Request request() {
            Request.Builder request = Request.builder(method, target).body(body);
            headers.forEach(header -> request.header(header.name(), header.value()));
            return request.build();
        }

        private Sent with(String name, UnaryOperator<String> change) {
            headers = headers.stream().map(header -> header.name().equalsIgnoreCase(name)
                ? new Header(header.name(), change.apply(header.value())) : header).collect(Collectors.toList());
            return this;
        }

        private Sent without(String name) {
            headers.removeIf(header -> header.name().equalsIgnoreCase(name));
            return this;
        }

        private Sent and(String name, String value) {
            headers.add(new Header(name, value));
            return this;
        }

        /** Signs anew, with a content hash header of one's own. */
        private Sent declaring(String contentHash, String payloadLine) {
            and("X-Sdk-Content-Sha256", contentHash);
            String date = "20060102T150405Z";
            CanonicalRequest canonical = new CanonicalRequest(method, target);
            canonical.header("x-sdk-content-sha256", contentHash);
            canonical.header("x-sdk-date", date);
            canonical.signedNames("x-sdk-content-sha256;x-sdk-date");
            Key key = new Key(Algorithm.SDK_HMAC_SHA256, Hash.require(Algorithm.SDK_HMAC_SHA256), "AccessKey",
                "SecretKey");
            String code = Hex.of(key.code(key.stringToSign(date, "", canonical.with(payloadLine)), ""));
            return with("Authorization", old -> "SDK-HMAC-SHA256 Access=AccessKey, "
                + "SignedHeaders=x-sdk-content-sha256;x-sdk-date, Signature=" + code);
        }
    }

    private static String refusal(Verifier verifier, Sent sent, Instant now) {
        return assertThrows(VerificationException.class, () -> verifier.verify(sent.request(), now)).reason().code();
    }

    private static String refusal(Sent sent) {
        return refusal(VERIFIER, sent, NOW);
    }

    private static String accepted(Sent sent) throws VerificationException {
        return VERIFIER.verify(sent.request(), NOW);
    }

    @Test
    void the_published_examples_hold() throws VerificationException {
        Request.Builder scoped = Request.builder("GET", "/path?limit=1").header("Host", "example.huaweicloud.com")
            .header("X-Sdk-Date", "20060102T150405Z")
            .header("Authorization", "V11-HMAC-SHA256 Credential=AccessKey/20060102/test-region-1/demo, "
                + "SignedHeaders=x-sdk-date, "
                + "Signature=8fd3610508884bb19718317797c7378716a94bc740d97502e569322e366341cc");
        assertEquals("AccessKey", VERIFIER.verify(scoped.build(), NOW));
        Request.Builder plain = Request.builder("GET", "/path?limit=1").header("Host", "example.huaweicloud.com")
            .header("X-Sdk-Date", "20060102T150405Z").header("TEST_UNDERSCORE", "TEST_VALUE")
            .header("Authorization", "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=test_underscore;x-sdk-date, "
                + "Signature=daeadcf4a306599f7422401cc55d3718a23ef159fed370c62c551a2c45ae9655");
        assertEquals("AccessKey", VERIFIER.verify(plain.build(), NOW));
    }

    @Test
    void what_the_signer_signs_holds_and_what_is_tampered_with_does_not() throws VerificationException {
        assertEquals("AccessKey", accepted(Sent.signed()));
        Sent target = Sent.signed();
        target.target += "&c=3";
        Sent method = Sent.signed();
        method.method = "PUT";
        Sent body = Sent.signed();
        body.body = EMPTY;
        List<Sent> tampered = List.of(target, method, body, Sent.signed().with("Host", host -> "other"),
            Sent.signed().with("X-A", value -> "2"), Sent.signed().without("X-A"), Sent.signed().and("X-A", "2"),
            Sent.signed().with("X-Sdk-Date", date -> "20060102T150406Z"),
            Sent.signed().with("Authorization", text -> text.substring(0, text.length() - 1)
                + (text.endsWith("0") ? "1" : "0")),
            Sent.signed(Signer.builder("AccessKey", "another")));
        for (Sent sent : tampered) {
            assertEquals("Mismatch", refusal(sent));
        }
    }

    @Test
    void a_mismatch_carries_the_canonical_request() {
        VerificationException refusal = assertThrows(VerificationException.class, () ->
            VERIFIER.verify(Sent.signed().with("X-A", value -> "Ã©").request(), NOW));
        assertTrue(refusal.canonicalRequest().orElseThrow().startsWith(
            "POST\n/v1/a%20b/\na=&a=1&b=2\nhost:h\nx-a:é\nx-sdk-date:20060102T150405Z\n\nhost;x-a;x-sdk-date\n"));
    }

    @Test
    void bytes_beyond_ascii_hold_whether_the_server_decodes_them_or_not() throws VerificationException {
        Sent sent = new Sent();
        sent.headers.add(new Header("Host", "h"));
        sent.headers.add(new Header("X-A", "中é"));
        sent.headers.addAll(Signer.builder("AccessKey", "SecretKey").build().sign(sent.request(), NOW));
        assertEquals("AccessKey", accepted(sent));
        assertEquals("AccessKey", accepted(sent.with("X-A",
            value -> new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))));
    }

    @Test
    void the_grammar_is_kept() {
        assertEquals("MissingAuthorization", refusal(Sent.signed().without("Authorization")));
        for (String other : List.of("", "Basic YTpi", "AWS4-HMAC-SHA256 Credential=x")) {
            assertEquals("MissingAuthorization", refusal(Sent.signed().with("Authorization", text -> other)), other);
        }
        for (String token : List.of("SDK-HMAC-MD5", "sdk-hmac-sha256", "V11-HMAC-SM3", "SDK-")) {
            assertEquals("UnsupportedAlgorithm", refusal(replaced("SDK-HMAC-SHA256", token)), token);
        }
        for (String access : List.of("Access=, ", "access=AccessKey, ", "Credential=AccessKey/20060102/r/s, ", "")) {
            assertEquals("MissingAccessKey", refusal(replaced("Access=AccessKey, ", access)), access);
        }
        for (String names : List.of("", "host", "Host;x-sdk-date", "x-sdk-date;", "host;host;x-sdk-date",
                "a b;x-sdk-date", "authorization;x-sdk-date", many(100) + "x-sdk-date")) {
            assertEquals("MalformedAuthorization", refusal(replaced("host;x-a;x-sdk-date", names)), names);
        }
        for (String end : List.of(", Signature=", ", Signature=0", ", Signature=" + "A".repeat(64))) {
            assertEquals("MalformedAuthorization", refusal(Sent.signed().with("Authorization",
                text -> text.substring(0, text.indexOf(", Signature=")) + end)), end);
        }
        assertEquals("MalformedAuthorization", refusal(replaced("AccessKey", "AccéssKey")));
        assertEquals("MalformedAuthorization",
            refusal(Sent.signed().with("Authorization", text -> text + ", Signature=" + "0".repeat(64))));
    }

    private static Sent replaced(String part, String by) {
        return Sent.signed().with("Authorization", text -> text.replace(part, by));
    }

    private static String many(int names) {
        return IntStream.range(0, names).mapToObj(number -> "x-" + number + ";").collect(Collectors.joining());
    }

    @Test
    void blanks_around_the_commas_are_optional() throws VerificationException {
        for (String separator : List.of(",", ",  ", " ,\t")) {
            assertEquals("AccessKey", accepted(replaced(", ", separator)));
        }
    }

    @Test
    void a_scope_has_three_parts_and_the_day_of_the_date() {
        SignerBuilder signer = Signer.builder("AccessKey", "SecretKey")
            .algorithm(Algorithm.V11_HMAC_SHA256).scope("r", "s");
        for (String scope : List.of("", "/", "/20060102", "/20060102/r", "/20060102/r/s/t", "/20060102//s",
                "/20060103/r/s", "/r/r/r")) {
            assertEquals("MalformedAuthorization", refusal(Sent.signed(signer)
                .with("Authorization", text -> text.replace("/20060102/r/s", scope))), scope);
        }
    }

    @Test
    void single_headers_stand_once_and_line_breaks_are_refused() {
        for (String name : List.of("authorization", "x-sdk-date", "HOST")) {
            assertEquals("DuplicateHeader", refusal(Sent.signed().and(name, "v")), name);
        }
        assertEquals("DuplicateHeader", refusal(Sent.signed().and("X-Project-Id", "1").and("x-project-id", "2")));
        assertEquals("MalformedAuthorization", refusal(Sent.signed().with("X-A", value -> "1\nx-b:2")));
    }

    @Test
    void the_signing_time_may_be_fifteen_minutes_away_and_no_more() throws VerificationException {
        for (int seconds : List.of(-900, 0, 900)) {
            assertEquals("AccessKey", VERIFIER.verify(Sent.signed().request(), NOW.plusSeconds(seconds)));
        }
        for (int seconds : List.of(-901, 901)) {
            VerificationException refusal = assertThrows(VerificationException.class,
                () -> VERIFIER.verify(Sent.signed().request(), NOW.plusSeconds(seconds)));
            assertEquals("Expired", refusal.reason().code());
            assertTrue(refusal.getMessage().contains("20060102T150405Z"));
            assertTrue(refusal.getMessage().contains(BasicDate.format(NOW.plusSeconds(seconds))));
        }
        assertEquals("MissingDate", refusal(Sent.signed().without("X-Sdk-Date")));
        for (String date : List.of("", "20060102150405Z", "20060230T150405Z", "20060102T240000Z", "20060102T150460Z",
                "20060102T15040٣Z", "00000102T150405Z", "20060102T150405z", "-0060102T150405Z")) {
            assertEquals("BadDate", refusal(Sent.signed().with("X-Sdk-Date", old -> date)), date);
        }
    }

    @Test
    void keys_may_be_looked_up_and_be_unknown() throws VerificationException {
        Verifier verifier = Verifier.builder(name -> name.equals("AccessKey") ? "SecretKey" : null).build();
        assertEquals("AccessKey", verifier.verify(Sent.signed().request(), NOW));
        assertEquals("UnknownKey", refusal(verifier, Sent.signed(Signer.builder("Other", "s")), NOW));
        assertEquals("UnknownKey", refusal(Verifier.builder(name -> "").build(), Sent.signed(), NOW));
    }

    @Test
    void only_accepted_algorithms_hold_and_the_key_is_looked_up_first() {
        Verifier verifier = Verifier.builder(KEYS).build();
        SignerBuilder scoped = Signer.builder("AccessKey", "SecretKey")
            .algorithm(Algorithm.V11_HMAC_SHA256).scope("r", "s");
        assertEquals("UnsupportedAlgorithm", refusal(verifier, Sent.signed(scoped), NOW));
        assertEquals("UnknownKey", refusal(Verifier.builder(name -> null).build(), Sent.signed(scoped), NOW));
    }

    @Test
    void the_signature_may_come_in_another_header() throws VerificationException {
        Verifier verifier = Verifier.builder(KEYS).header("X-Gateway-Authorization").build();
        Sent sent = Sent.signed();
        String signature = sent.headers.get(sent.headers.size() - 1).value();
        sent.with("Authorization", text -> "Bearer of-somebody-else").and("x-gateway-authorization", signature);
        assertEquals("AccessKey", verifier.verify(sent.request(), NOW));
        assertEquals("MissingAuthorization", refusal(verifier, Sent.signed(), NOW));
    }

    @Test
    void a_declared_digest_is_held_against_the_body() throws VerificationException {
        Key key = new Key(Algorithm.SDK_HMAC_SHA256, Hash.require(Algorithm.SDK_HMAC_SHA256), "AccessKey", "SecretKey");
        String digest = key.payload(BODY);
        String upper = digest.toUpperCase(Locale.ROOT);
        assertEquals("AccessKey", accepted(Sent.signed().declaring(digest, digest)));
        assertEquals("AccessKey", accepted(Sent.signed().declaring(upper, upper)));
        Sent other = Sent.signed().declaring(digest, digest);
        other.body = EMPTY;
        assertEquals("ContentHashMismatch", refusal(other));
        for (String bad : List.of("", "0", "g".repeat(64), "unsigned-payload", digest + "00")) {
            assertEquals("BadContentHash", refusal(Sent.signed().declaring(bad, bad)), bad);
        }
        assertEquals("Mismatch", refusal(Sent.signed().declaring("0".repeat(64), digest)));
    }

    @Test
    void an_unsigned_payload_may_be_refused_and_one_signed_as_empty_must_be_empty() throws VerificationException {
        String unsigned = "UNSIGNED-PAYLOAD";
        Verifier strict = Verifier.builder(KEYS).refuseUnsignedPayload().build();
        assertEquals("AccessKey", accepted(Sent.signed().declaring(unsigned, unsigned)));
        assertEquals("UnsignedPayload", refusal(strict, Sent.signed().declaring(unsigned, unsigned), NOW));
        assertEquals("Mismatch", refusal(Sent.signed().declaring(unsigned, "other")));

        String ofEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        Sent empty = Sent.signed().declaring(unsigned, ofEmpty);
        assertEquals("ContentHashMismatch", refusal(empty));
        empty.body = EMPTY;
        assertEquals("AccessKey", accepted(empty));
        assertEquals("AccessKey", strict.verify(empty.request(), NOW));
    }

    @Test
    void a_claim_refuses_what_the_head_shows_before_there_is_a_body() throws VerificationException {
        Sent sent = Sent.signed();
        Claim claim = VERIFIER.claim(sent.request(), NOW);
        assertEquals("AccessKey", claim.finish(BODY));
        assertEquals("Mismatch",
            assertThrows(VerificationException.class, () -> claim.finish(EMPTY)).reason().code());
        assertThrows(VerificationException.class, () -> VERIFIER.claim(sent.request(), NOW.plusSeconds(1000)));
    }

    @Test
    void refusals_show_neither_secret_nor_expected_signature() {
        Sent sent = Sent.signed(Signer.builder("AccessKey", "another"));
        String expected = Sent.signed().headers.get(3).value().split("Signature=")[1];
        VerificationException refusal =
            assertThrows(VerificationException.class, () -> VERIFIER.verify(sent.request(), NOW));
        String shown = refusal + refusal.canonicalRequest().orElseThrow() + VERIFIER;
        assertTrue(!shown.contains("SecretKey") && !shown.contains(expected), shown);
    }
}
