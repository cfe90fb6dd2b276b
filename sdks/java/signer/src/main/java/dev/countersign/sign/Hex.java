package dev.countersign.sign;

/** Lower-case hex text. */
final class Hex {
    private static final byte[] DIGITS = Wire.bytes("0123456789abcdef");

    private Hex() {}

    static String of(byte[] bytes) {
        byte[] digits = new byte[2 * bytes.length];
        for (int position = 0; position < bytes.length; position++) {
            digits[2 * position] = DIGITS[bytes[position] >> 4 & 15];
            digits[2 * position + 1] = DIGITS[bytes[position] & 15];
        }
        return Wire.ofBytes(digits);
    }
}
