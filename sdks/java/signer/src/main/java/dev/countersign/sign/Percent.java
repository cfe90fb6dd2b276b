package dev.countersign.sign;

/** Percent-encoding of wire text (clause 1.3). */
final class Percent {
    private static final String DIGITS = "0123456789ABCDEF";

    private Percent() {}

    /** The bytes meant; a {@code %} without two hex digits stands for itself. */
    static String decode(String wire) {
        int percent = wire.indexOf('%');
        if (percent < 0) {
            return wire;
        }
        StringBuilder decoded = new StringBuilder(wire.length()).append(wire, 0, percent);
        for (int position = percent; position < wire.length(); position++) {
            int octet = escaped(wire, position);
            decoded.append(octet < 0 ? wire.charAt(position) : (char) octet);
            position += octet < 0 ? 0 : 2;
        }
        return decoded.toString();
    }

    /** Appends the bytes, those outside {@code kept} as {@code %XX}. */
    static void encode(String bytes, Characters kept, StringBuilder out) {
        int start = 0;
        int end = kept.keptUpTo(bytes, 0);
        while (end < bytes.length()) {
            char octet = bytes.charAt(end);
            out.append(bytes, start, end)
                .append('%').append(DIGITS.charAt(octet >> 4)).append(DIGITS.charAt(octet & 15));
            start = end + 1;
            end = kept.keptUpTo(bytes, start);
        }
        if (start == 0) {
            out.append(bytes);
        } else {
            out.append(bytes, start, end);
        }
    }

    /** The byte that is escaped at this position, or -1. */
    private static int escaped(String wire, int position) {
        if (wire.charAt(position) != '%' || position + 2 >= wire.length()) {
            return -1;
        }
        int high = hexDigit(wire.charAt(position + 1));
        int low = hexDigit(wire.charAt(position + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** The value of an ASCII hex digit of either case, or -1. */
    private static int hexDigit(char digit) {
        return digit < 0x80 ? Character.digit(digit, 16) : -1;
    }
}
