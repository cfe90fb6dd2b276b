package dev.countersign.sign;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An HMAC key (RFC 2104), prepared: what depends on the key alone is hashed once. Shared by threads. */
final class HmacKey {
    private final Hash inner;
    private final Hash outer;

    HmacKey(Hash hash, byte[] key) {
        byte[] block = Arrays.copyOf(key.length > Hash.BLOCK_BYTES ? hash.digest(key) : key, Hash.BLOCK_BYTES);
        inner = hash.after(padded(block, 0x36));
        outer = hash.after(padded(block, 0x5c));
    }

    HmacKey(Hash hash, String key) {
        this(hash, key.getBytes(StandardCharsets.UTF_8));
    }

    byte[] code(byte[]... message) {
        return outer.digest(inner.digest(message));
    }

    private static byte[] padded(byte[] block, int pad) {
        byte[] padded = new byte[block.length];
        for (int position = 0; position < block.length; position++) {
            padded[position] = (byte) (block[position] ^ pad);
        }
        return padded;
    }
}
