package dev.countersign.sign;

/** The canonical request (clause 3), written part by part in wire text. */
final class CanonicalRequest {
    private final StringBuilder text = new StringBuilder(512);

    /** Begins with method, path and query. */
    CanonicalRequest(String method, String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        text.append(method).append('\n');
        writePath(Percent.decode(path));
        text.append('\n');
        if (question >= 0) {
            Query.write(target.substring(question + 1), text);
        }
        text.append('\n');
    }

    /** The canonical text ends in a slash that the wire lacks (clause 3.1). */
    private void writePath(String decoded) {
        Percent.encode(decoded, Characters.PATH, text);
        if (!decoded.endsWith("/")) {
            text.append('/');
        }
    }

    /** One line of the header block; the name in lower case, the value trimmed. */
    void header(String name, String value) {
        text.append(name).append(':').append(value).append('\n');
    }

    /** Ends the header block and adds the signed names, joined with {@code ;}. */
    void signedNames(String names) {
        text.append('\n').append(names).append('\n');
    }

    /** The whole, with its last line. */
    String with(String payload) {
        return text + payload;
    }
}
