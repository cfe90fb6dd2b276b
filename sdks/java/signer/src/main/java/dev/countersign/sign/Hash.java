package dev.countersign.sign;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A hash function that may have read a start already; the state after it is kept and copied, so that threads share it
 * and nothing is looked up or read twice.
 */
final class Hash {
    /** Bytes that SHA-256 and SM3 work through at a time. */
    static final int BLOCK_BYTES = 64;

    private final byte[] start;
    /** Never updated, only cloned. */
    private final MessageDigest started;

    private Hash(String name, byte[] start) throws NoSuchAlgorithmException {
        this.start = start;
        started = MessageDigest.getInstance(name);
        started.update(start);
    }

    /** The hash of an algorithm; null if the platform lacks it. */
    static Hash find(Algorithm algorithm) {
        try {
            return new Hash(algorithm.hashName(), new byte[0]);
        } catch (NoSuchAlgorithmException absent) {
            return null;
        }
    }

    /** The hash of an algorithm, or {@code UnsupportedAlgorithm}. */
    static Hash require(Algorithm algorithm) {
        Hash hash = find(algorithm);
        if (hash == null) {
            throw new SigningException(SigningException.Reason.UNSUPPORTED_ALGORITHM,
                "this platform has no hash for " + algorithm + "; install a security provider that has it");
        }
        return hash;
    }

    /** This hash after it has read {@code more}. */
    Hash after(byte[] more) {
        byte[] longer = Arrays.copyOf(start, start.length + more.length);
        System.arraycopy(more, 0, longer, start.length, more.length);
        try {
            return new Hash(started.getAlgorithm(), longer);
        } catch (NoSuchAlgorithmException gone) {
            throw new IllegalStateException("a hash that was there is gone", gone);
        }
    }

    /** The digest of the start and the parts. */
    byte[] digest(byte[]... parts) {
        MessageDigest digest = copy();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    String hexDigest(byte[] bytes) {
        return Hex.of(digest(bytes));
    }

    private MessageDigest copy() {
        try {
            return (MessageDigest) started.clone();
        } catch (CloneNotSupportedException slowProvider) {
            return readAgain();
        }
    }

    private MessageDigest readAgain() {
        try {
            MessageDigest digest = MessageDigest.getInstance(started.getAlgorithm(), started.getProvider());
            digest.update(start);
            return digest;
        } catch (NoSuchAlgorithmException gone) {
            throw new IllegalStateException("a hash that was there is gone", gone);
        }
    }
}
