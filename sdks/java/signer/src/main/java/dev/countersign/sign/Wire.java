package dev.countersign.sign;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Wire text: a string whose chars are the bytes on the wire, one each. Its order is the order of its bytes, and it
 * becomes bytes without being looked at.
 */
final class Wire {
    private Wire() {}

    /** Wire text of what will be sent, as UTF-8; null if it has half a character, which cannot be sent. */
    static String ofText(String text) {
        if (isBelow(0x80, text)) {
            return text;
        }
        try {
            byte[] bytes = new byte[3 * text.length()];
            var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            int length = encoded.remaining();
            encoded.get(bytes, 0, length);
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        } catch (CharacterCodingException halfCharacter) {
            return null;
        }
    }

    /** Wire text of a header value that will be sent, trimmed; null if it would break the message (clause 7.4). */
    static String headerValue(String text) {
        String wire = ofText(text);
        return wire == null || hasControl(wire, '\t') ? null : trim(wire);
    }

    /** Whether there is a control character other than {@code allowed}. */
    private static boolean hasControl(String wire, char allowed) {
        for (int position = 0; position < wire.length(); position++) {
            char octet = wire.charAt(position);
            if (octet < ' ' && octet != allowed || octet == 0x7f) {
                return true;
            }
        }
        return false;
    }

    /** Wire text of what was received: servers hand over bytes as chars; one that decodes UTF-8 is understood too. */
    static String ofReceived(String text) {
        return isBelow(0x100, text) ? text : ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static String ofBytes(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String wire) {
        return wire.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The text for people; bytes that are not UTF-8 become U+FFFD. */
    static String text(String wire) {
        return isBelow(0x80, wire) ? wire : new String(bytes(wire), StandardCharsets.UTF_8);
    }

    /** The value without surrounding blanks (clause 1.4). */
    static String trim(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isBlank(value.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    private static boolean isBelow(int limit, String text) {
        int bits = 0;
        for (int position = 0; position < text.length(); position++) {
            bits |= text.charAt(position);
        }
        return bits < limit;
    }
}
