package dev.countersign.sign;

import static dev.countersign.sign.VerificationException.Reason.BAD_CONTENT_HASH;
import static dev.countersign.sign.VerificationException.Reason.CONTENT_HASH_MISMATCH;
import static dev.countersign.sign.VerificationException.Reason.UNSIGNED_PAYLOAD;

import java.security.MessageDigest;
import java.util.Locale;

/**
 * A signature that holds as far as the head of its request goes; see {@link Verifier#claim}. Nothing is verified before
 * {@link #finish} has returned.
 */
public final class Claim {
    private static final int DIGEST_DIGITS = 64;

    private final Challenge challenge;
    private final Declared declared;
    /** Lower case, if declared. */
    private final String digest;

    private Claim(Challenge challenge, Declared declared, String digest) {
        this.challenge = challenge;
        this.declared = declared;
        this.digest = digest;
    }

    /** Compares what can be compared before the body: with a declared payload the whole signature (clause 5.4). */
    static Claim of(Challenge challenge, String contentHash, boolean acceptsUnsigned) throws VerificationException {
        if (contentHash == null) {
            return new Claim(challenge, Declared.NOTHING, "");
        }
        if (contentHash.equals(Names.UNSIGNED_PAYLOAD)) {
            return unsigned(challenge, acceptsUnsigned);
        }
        String digest = contentHash.toLowerCase(Locale.ROOT);
        if (digest.length() != DIGEST_DIGITS || !Characters.LOWER_HEX.hasAll(digest)) {
            throw new VerificationException(BAD_CONTENT_HASH,
                "the content hash header is not a digest; send the hex digest of the body");
        }
        challenge.require(contentHash);
        return new Claim(challenge, Declared.DIGEST, digest);
    }

    /** What is declared unsigned may have been signed as empty, and must then be empty. */
    private static Claim unsigned(Challenge challenge, boolean isAccepted) throws VerificationException {
        if (isAccepted && challenge.holds(Names.UNSIGNED_PAYLOAD)) {
            return new Claim(challenge, Declared.UNSIGNED, "");
        }
        if (challenge.holds(challenge.payload(new byte[0]))) {
            return new Claim(challenge, Declared.EMPTY, "");
        }
        if (!isAccepted) {
            throw new VerificationException(UNSIGNED_PAYLOAD, "an unsigned payload is not accepted; sign the body");
        }
        throw challenge.mismatch(Names.UNSIGNED_PAYLOAD);
    }

    /**
     * The verdict, once the body is complete.
     *
     * @param body all of it, after de-chunking
     * @return the access key of the signature
     * @throws VerificationException {@code Mismatch} or {@code ContentHashMismatch}
     */
    public String finish(byte[] body) throws VerificationException {
        if (declared == Declared.NOTHING) {
            challenge.require(challenge.payload(body));
        } else if (!isHonored(body)) {
            throw new VerificationException(CONTENT_HASH_MISMATCH,
                "the body does not match its declared hash; sign the body that is sent");
        }
        return challenge.accessKey();
    }

    private boolean isHonored(byte[] body) {
        switch (declared) {
            case UNSIGNED:
                return true;
            case EMPTY:
                return body.length == 0;
            default:
                return MessageDigest.isEqual(Wire.bytes(challenge.payload(body)), Wire.bytes(digest));
        }
    }

    /** What the request says about its body. */
    private enum Declared { NOTHING, UNSIGNED, EMPTY, DIGEST }
}
