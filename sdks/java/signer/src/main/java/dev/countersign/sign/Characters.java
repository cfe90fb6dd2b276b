package dev.countersign.sign;

/** A set of bytes, for text whose chars are bytes; no other char is ever in one. */
final class Characters {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** What percent-encoding leaves as it is (clause 1.3). */
    static final Characters UNRESERVED = new Characters(LOWER + UPPER + "-._~");
    /** The unreserved characters and {@code /}. */
    static final Characters PATH = new Characters(LOWER + UPPER + "-._~/");
    /** A method or header name: the token of RFC 9110. */
    static final Characters TOKEN = new Characters(LOWER + UPPER + "-._~!#$%&'*+^`|");
    /** A token without capitals. */
    static final Characters LOWER_TOKEN = new Characters(LOWER + "-._~!#$%&'*+^`|");
    /** Region and service of a scope. */
    static final Characters SCOPE = new Characters(LOWER + UPPER + "-._");
    /** Digits of a signature. */
    static final Characters LOWER_HEX = new Characters("0123456789abcdef");

    /** Visible ASCII but the comma, which separates parameters (clause 2.4). */
    static final Characters ACCESS_KEY = new Characters(LOWER + UPPER + "!\"#$%&'()*+-./:;<=>?@[\\]^_`{|}~");

    private final boolean[] members = new boolean[256];

    private Characters(String members) {
        for (int position = 0; position < members.length(); position++) {
            this.members[members.charAt(position)] = true;
        }
    }

    boolean has(char character) {
        return character < 256 && members[character];
    }

    /** Whether every char is in the set; so it is for empty text. */
    boolean hasAll(String text) {
        return keptUpTo(text, 0) == text.length();
    }

    /** Whether there is text and every char of it is in the set. */
    boolean make(String text) {
        return !text.isEmpty() && hasAll(text);
    }

    /** The position of the first char at or after {@code start} that is not in the set, or the length. */
    int keptUpTo(String text, int start) {
        int position = start;
        while (position < text.length() && has(text.charAt(position))) {
            position++;
        }
        return position;
    }
}
