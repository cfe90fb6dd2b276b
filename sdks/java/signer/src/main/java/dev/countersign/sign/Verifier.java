package dev.countersign.sign;

import static dev.countersign.sign.VerificationException.Reason.BAD_DATE;
import static dev.countersign.sign.VerificationException.Reason.DUPLICATE_HEADER;
import static dev.countersign.sign.VerificationException.Reason.EXPIRED;
import static dev.countersign.sign.VerificationException.Reason.MISSING_DATE;
import static dev.countersign.sign.VerificationException.Reason.UNKNOWN_KEY;
import static dev.countersign.sign.VerificationException.Reason.UNSUPPORTED_ALGORITHM;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Tells a backend who signed what it received (clause 5). It knows the documented form of the canonical request alone,
 * because the gateway signs in no other. It holds no state between requests and can be shared by threads.
 */
public final class Verifier {
    private static final long SKEW_SECONDS_MAX = 900;
    private static final byte[] EMPTY = {};

    private final Function<String, String> secrets;
    private final Map<Algorithm, Hash> accepted;
    private final boolean acceptsUnsignedPayload;
    private final String carrier;

    Verifier(VerifierBuilder settings) {
        secrets = settings.secrets;
        accepted = settings.hashes();
        acceptsUnsignedPayload = settings.acceptsUnsignedPayload;
        carrier = settings.header.toLowerCase(Locale.ROOT);
    }

    /**
     * Begins a verifier with keys that never change.
     *
     * @param secrets secret keys by access key
     * @return a builder
     */
    public static VerifierBuilder builder(Map<String, String> secrets) {
        return new VerifierBuilder(Map.copyOf(secrets)::get);
    }

    /**
     * Begins a verifier with keys that are looked up for each request.
     *
     * @param secrets the secret key of an access key, or null; called by many threads
     * @return a builder
     */
    public static VerifierBuilder builder(Function<String, String> secrets) {
        return new VerifierBuilder(secrets);
    }

    /**
     * Verifies a request now.
     *
     * @param request as received, with the complete body
     * @return the access key of its signature
     * @throws VerificationException if the signature does not hold
     */
    public String verify(Request request) throws VerificationException {
        return verify(request, Instant.now());
    }

    /**
     * Verifies a request as of a time.
     *
     * @param request as received, with the complete body
     * @param now the time to hold the signing time against
     * @return the access key of its signature
     * @throws VerificationException of the first reason in the order of clause 5.7
     */
    public String verify(Request request, Instant now) throws VerificationException {
        return claim(request, now).finish(request.isUnsigned() ? EMPTY : request.body());
    }

    /**
     * Looks at the head of a request, so that what is stale or unknown is refused before its body is read.
     *
     * @param head the request; its body does not count
     * @param now the time to hold the signing time against
     * @return what the body is then held against
     * @throws VerificationException of the first reason in the order of clause 5.7
     */
    public Claim claim(Request head, Instant now) throws VerificationException {
        Received received = new Received(head.headers(), carrier);
        Authorization authorization = authorization(received);
        String date = date(received, authorization, now);
        Key key = key(authorization);
        String contentHash = received.first(authorization.algorithm.contentHeader().toLowerCase(Locale.ROOT));
        String canonical = canonical(head, received, authorization);
        return Claim.of(new Challenge(key, authorization, date, canonical), contentHash, acceptsUnsignedPayload);
    }

    private static Authorization authorization(Received received) throws VerificationException {
        String header = received.first("authorization");
        if (header == null) {
            throw Authorization.missing();
        }
        if (received.isDoubled("authorization")) {
            throw doubled("authorization");
        }
        Authorization authorization = Authorization.parse(header);
        String doubled = received.doubled();
        if (doubled != null) {
            throw doubled(doubled);
        }
        return authorization;
    }

    private static VerificationException doubled(String name) {
        return new VerificationException(DUPLICATE_HEADER, "send the header " + name + " once only");
    }

    private static String date(Received received, Authorization authorization, Instant now)
            throws VerificationException {
        String date = received.first("x-sdk-date");
        if (date == null) {
            throw new VerificationException(MISSING_DATE, "the X-Sdk-Date header is missing; send the signed one");
        }
        Instant signed = BasicDate.parse(date);
        if (signed == null) {
            throw new VerificationException(BAD_DATE, "the X-Sdk-Date header is not of the form yyyyMMddTHHmmssZ");
        }
        if (!authorization.isOfDay(date)) {
            throw Authorization.malformed("the day of the scope is not that of X-Sdk-Date");
        }
        if (Math.abs(signed.getEpochSecond() - now.getEpochSecond()) > SKEW_SECONDS_MAX) {
            throw new VerificationException(EXPIRED, "signature expired, signature time:" + date + ",server time:"
                + BasicDate.format(now) + "; set the clock");
        }
        return date;
    }

    private Key key(Authorization authorization) throws VerificationException {
        String secret = secrets.apply(authorization.accessKey);
        if (secret == null || secret.isEmpty()) {
            throw new VerificationException(UNKNOWN_KEY, "no key of this name is known here; check the access key");
        }
        Hash hash = accepted.get(authorization.algorithm);
        if (hash == null) {
            throw new VerificationException(UNSUPPORTED_ALGORITHM, "sign with an algorithm that is accepted here");
        }
        return new Key(authorization.algorithm, hash, authorization.accessKey, secret);
    }

    /** The canonical request without its last line. */
    private static String canonical(Request request, Received received, Authorization authorization)
            throws VerificationException {
        if (!Characters.TOKEN.make(request.method())) {
            throw Authorization.malformed("the method is not a token");
        }
        CanonicalRequest canonical = new CanonicalRequest(request.method(), Wire.ofReceived(request.target()));
        for (String name : authorization.names()) {
            for (String value : received.signed(name)) {
                canonical.header(name, value);
            }
        }
        canonical.signedNames(authorization.signedNames);
        return canonical.with("");
    }

    /** The accepted algorithms; never a key. */
    @Override
    public String toString() {
        return "Verifier" + accepted.keySet();
    }
}
