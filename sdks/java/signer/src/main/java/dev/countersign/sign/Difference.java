package dev.countersign.sign;

/** What a server read otherwise than a client signed, by the canonical request that its refusal shows. */
public final class Difference {
    private static final String MARK = "canonicalRequest:";
    private static final String[] START = {"method", "path", "query"};

    private Difference() {}

    /**
     * Says in one sentence which part differs first: method, path, query, a header by its name, the signed names or the
     * payload; or that none does, so that the secret key is another one.
     *
     * @param errorMsg the server's {@code error_msg}, which shows its canonical request with {@code |} for line breaks
     * @param canonicalRequest one's own, see {@link Explanation#canonicalRequest}
     * @return a sentence with both values, but for the security token
     */
    public static String of(String errorMsg, String canonicalRequest) {
        int mark = errorMsg.indexOf(MARK);
        if (mark < 0) {
            return "The message shows no canonical request, so that there is nothing to compare.";
        }
        String theirs = errorMsg.substring(mark + MARK.length());
        String[] lines = canonicalRequest.split("\n", -1);
        int position = 0;
        for (int number = 0; number < lines.length; number++) {
            // Values may have a | of their own, so that the server's text cannot be split before it is compared.
            String line = number < lines.length - 1 ? lines[number] + '|' : lines[number];
            if (!theirs.startsWith(line, position)) {
                return sentence(part(lines, number), lines[number], theirs.substring(position).split("\\|", 2)[0]);
            }
            position += line.length();
        }
        return "No part differs: the server read what was signed, so that it knows another secret key.";
    }

    private static String part(String[] lines, int number) {
        int last = lines.length - 1;
        if (number < START.length) {
            return START[number];
        }
        if (number == last) {
            return "payload";
        }
        int colon = lines[number].indexOf(':');
        return colon < 0 || number >= last - 2
            ? "list of signed names" : "header " + lines[number].substring(0, colon);
    }

    private static String sentence(String part, String signed, String read) {
        return part.equals("header x-security-token")
            ? "The " + part + " differs: the server read another one than was signed."
            : "The " + part + " differs: signed was \"" + signed + "\", but the server read \"" + read + "\".";
    }
}
