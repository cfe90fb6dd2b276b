package dev.countersign.sign;

import java.nio.charset.StandardCharsets;

/** What a key pair signs with under one algorithm (clause 4). Shared by threads. */
final class Key {
    private static final byte[] FIRST_BLOCK = {1};

    private final Algorithm algorithm;
    private final Hash hash;
    /** Of the secret; for scoped algorithms of what HKDF extracts from it. */
    private final HmacKey hmac;
    private final String emptyPayload;

    Key(Algorithm algorithm, Hash hash, String accessKey, String secretKey) {
        this.algorithm = algorithm;
        this.hash = hash;
        byte[] secret = secretKey.getBytes(StandardCharsets.UTF_8);
        hmac = new HmacKey(hash, algorithm.isScoped() ? new HmacKey(hash, accessKey).code(secret) : secret);
        emptyPayload = hash.hexDigest(new byte[0]);
    }

    /** The code of a string to sign; {@code scope} counts only for scoped algorithms. */
    byte[] code(String stringToSign, String scope) {
        return (algorithm.isScoped() ? derived(scope) : hmac).code(Wire.bytes(stringToSign));
    }

    /** The HMAC key of V11 is the hex form of what HKDF expands, not its bytes (clause 4.2). */
    private HmacKey derived(String scope) {
        return new HmacKey(hash, Hex.of(hmac.code(Wire.bytes(scope), FIRST_BLOCK)));
    }

    /** The string to sign (clause 4.1) of a canonical request in wire text. */
    String stringToSign(String date, String scope, String canonicalRequest) {
        String digest = hash.hexDigest(Wire.bytes(canonicalRequest));
        String scopeLine = algorithm.isScoped() ? scope + '\n' : "";
        return algorithm.token() + '\n' + date + '\n' + scopeLine + digest;
    }

    /** The digest of a body in hex: its payload line (clause 3.4). */
    String payload(byte[] body) {
        return body.length == 0 ? emptyPayload : hash.hexDigest(body);
    }
}
