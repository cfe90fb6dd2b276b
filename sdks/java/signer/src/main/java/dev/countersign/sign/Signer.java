package dev.countersign.sign;

import static dev.countersign.sign.SigningException.Reason.BAD_METHOD;
import static dev.countersign.sign.SigningException.Reason.BAD_TARGET;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Signs requests with one key pair. It tells which headers to add and neither sends nor changes a request. It holds no
 * state between requests and can be shared by threads.
 *
 * <pre>{@code
 * Signer signer = Signer.builder(accessKey, secretKey).build();
 * Request request = Request.builder("GET", "/v1/vpcs?limit=2").header("Host", "vpc.example.com").build();
 * for (Header header : signer.sign(request)) {
 *     connection.setRequestProperty(header.name(), header.value());
 * }
 * }</pre>
 */
public final class Signer {
    private static final int HEADERS_ADDED_MAX = 6;

    private final String accessKey;
    private final Algorithm algorithm;
    private final Key key;
    /** {@code /region/service} of scoped algorithms, else empty. */
    private final String regionService;
    /** Project, domain and token: the same for every request. */
    private final List<Header> identity;

    Signer(SignerBuilder settings, Hash hash) {
        accessKey = settings.accessKey;
        algorithm = settings.algorithm;
        key = new Key(algorithm, hash, accessKey, settings.secretKey);
        regionService = algorithm.isScoped() ? '/' + settings.region + '/' + settings.service : "";
        identity = settings.identity();
    }

    /**
     * Begins a signer with {@code SDK-HMAC-SHA256} and no further headers.
     *
     * @param accessKey the public half of the key pair (AK or AppKey)
     * @param secretKey the secret half (SK or AppSecret)
     * @return a builder
     */
    public static SignerBuilder builder(String accessKey, String secretKey) {
        return new SignerBuilder(accessKey, secretKey);
    }

    /**
     * Signs a request now.
     *
     * @param request as it will be sent
     * @return the headers to add, {@code Authorization} last
     * @throws SigningException if the request cannot be sent or signed as it is
     */
    public List<Header> sign(Request request) {
        return sign(request, Instant.now());
    }

    /**
     * Signs a request as of a time.
     *
     * @param request as it will be sent
     * @param now the signing time; verifiers accept it for 15 minutes
     * @return the headers to add, {@code Authorization} last
     * @throws SigningException if the request cannot be sent or signed as it is
     */
    public List<Header> sign(Request request, Instant now) {
        return explain(request, now).headers();
    }

    /**
     * Signs a request now and tells how.
     *
     * @param request as it will be sent
     * @return headers, canonical request and string to sign
     * @throws SigningException if the request cannot be sent or signed as it is
     */
    public Explanation explain(Request request) {
        return explain(request, Instant.now());
    }

    /**
     * Signs a request as of a time and tells how.
     *
     * @param request as it will be sent
     * @param now the signing time; verifiers accept it for 15 minutes
     * @return headers, canonical request and string to sign
     * @throws SigningException if the request cannot be sent or signed as it is
     */
    public Explanation explain(Request request, Instant now) {
        String target = checkedTarget(request);
        String date = BasicDate.format(now);
        String scope = algorithm.isScoped() ? date.substring(0, 8) + regionService : "";
        List<Header> headers = addedHeaders(date, request);
        HeaderBlock block = new HeaderBlock(request.headers(), headers);
        String signedNames = block.signedNames();

        CanonicalRequest canonical = new CanonicalRequest(request.method(), target);
        block.write(canonical);
        canonical.signedNames(signedNames);
        String payload = request.isUnsigned() ? Names.UNSIGNED_PAYLOAD : key.payload(request.body());
        String canonicalRequest = canonical.with(payload);
        String stringToSign = key.stringToSign(date, scope, canonicalRequest);
        String signature = Hex.of(key.code(stringToSign, scope));

        headers.add(new Header(Names.AUTHORIZATION, authorization(scope, signedNames, signature)));
        return new Explanation(Collections.unmodifiableList(headers), canonicalRequest, stringToSign);
    }

    /** The target in wire text; method and target must be able to stand on a request line. */
    private static String checkedTarget(Request request) {
        if (!Characters.TOKEN.make(request.method())) {
            throw new SigningException(BAD_METHOD, "the method is not a token; write one like GET");
        }
        String target = Wire.ofText(request.target());
        if (target == null || !target.startsWith("/") || !isVisible(target)) {
            throw new SigningException(BAD_TARGET,
                "the target is not of the form /path?query; encode blanks and control characters as %XX");
        }
        return target;
    }

    private static boolean isVisible(String target) {
        for (int position = 0; position < target.length(); position++) {
            char octet = target.charAt(position);
            if (octet <= ' ' || octet == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private List<Header> addedHeaders(String date, Request request) {
        List<Header> headers = new ArrayList<>(HEADERS_ADDED_MAX);
        headers.add(new Header(Names.DATE, date));
        headers.addAll(identity);
        if (request.isUnsigned()) {
            headers.add(new Header(algorithm.contentHeader(), Names.UNSIGNED_PAYLOAD));
        }
        return headers;
    }

    private String authorization(String scope, String signedNames, String signature) {
        String named = algorithm.isScoped() ? " Credential=" + accessKey + '/' + scope : " Access=" + accessKey;
        return algorithm.token() + named + ", SignedHeaders=" + signedNames + ", Signature=" + signature;
    }

    /** Access key and algorithm; never the secret. */
    @Override
    public String toString() {
        return "Signer(" + accessKey + ", " + algorithm + ')';
    }
}
