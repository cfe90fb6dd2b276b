package dev.countersign.sign;

import java.security.MessageDigest;

/** A presented signature, and everything that its comparison needs but the payload line. */
final class Challenge {
    private final Key key;
    private final Authorization authorization;
    private final String date;
    /** The canonical request without its last line. */
    private final String canonical;

    Challenge(Key key, Authorization authorization, String date, String canonical) {
        this.key = key;
        this.authorization = authorization;
        this.date = date;
        this.canonical = canonical;
    }

    String accessKey() {
        return authorization.accessKey;
    }

    /** The payload line of a body. */
    String payload(byte[] body) {
        return key.payload(body);
    }

    /** Compares in constant time (clause 5.6). */
    boolean holds(String payload) {
        String stringToSign = key.stringToSign(date, authorization.scope, canonical + payload);
        String expected = Hex.of(key.code(stringToSign, authorization.scope));
        return MessageDigest.isEqual(Wire.bytes(expected), Wire.bytes(authorization.signature));
    }

    void require(String payload) throws VerificationException {
        if (!holds(payload)) {
            throw mismatch(payload);
        }
    }

    VerificationException mismatch(String payload) {
        return VerificationException.mismatch(canonical + payload);
    }
}
