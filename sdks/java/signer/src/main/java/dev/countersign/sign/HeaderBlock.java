package dev.countersign.sign;

import static dev.countersign.sign.SigningException.Reason.BAD_HEADER;
import static dev.countersign.sign.SigningException.Reason.MISSING_HOST;
import static dev.countersign.sign.SigningException.Reason.TAKEN_HEADER;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The headers that a signature covers, in order (clauses 7.2 to 7.4). */
final class HeaderBlock {
    /** What intermediaries add, drop or rewrite: a signature over it would not survive the way. */
    private static final Set<String> REWRITTEN = Set.of("connection", "content-length", "expect", "keep-alive",
        "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding",
        "upgrade");
    private static final Set<String> RESERVED =
        Set.of("authorization", "x-sdk-date", "x-sdk-content-sha256", "x-sdk-content-sm3");

    private final List<Line> lines;

    private HeaderBlock(List<Line> lines) {
        this.lines = lines;
    }

    /** Checks the given headers, and leaves out those that are not signed. */
    static HeaderBlock of(List<Header> given, List<Header> added) {
        List<Line> lines = new ArrayList<>(given.size() + added.size());
        for (Header header : added) {
            lines.add(Line.of(header));
        }
        boolean hasHost = false;
        for (Header header : given) {
            Line line = Line.of(header);
            boolean isHost = line.name.equals("host");
            if (RESERVED.contains(line.name) || isHost && hasHost || isAdded(line.name, lines, added.size())) {
                throw new SigningException(TAKEN_HEADER,
                    "leave out the header " + header.name() + "; the signer adds it, or it stands twice");
            }
            if (line.isSigned()) {
                hasHost |= isHost;
                lines.add(line);
            }
        }
        if (!hasHost) {
            throw new SigningException(MISSING_HOST, "add the Host header that will be sent");
        }
        lines.sort(null);
        return new HeaderBlock(lines);
    }

    private static boolean isAdded(String name, List<Line> lines, int addedCount) {
        for (int position = 0; position < addedCount; position++) {
            if (lines.get(position).name.equals(name)) {
                return true;
            }
        }
        return false;
    }

    void write(CanonicalRequest canonical) {
        for (Line line : lines) {
            canonical.header(line.name, line.value);
        }
    }

    /** The names, each once, joined with {@code ;}. */
    String signedNames() {
        StringBuilder names = new StringBuilder(16 * lines.size());
        String previous = "";
        for (Line line : lines) {
            if (!line.name.equals(previous)) {
                names.append(previous.isEmpty() ? "" : ";").append(line.name);
            }
            previous = line.name;
        }
        return names.toString();
    }

    /** A name in lower case and a trimmed value, in wire text. */
    private static final class Line implements Comparable<Line> {
        private final String name;
        private final String value;

        private Line(String name, String value) {
            this.name = name;
            this.value = value;
        }

        private static Line of(Header header) {
            String value = Wire.headerValue(header.value());
            if (!Characters.TOKEN.make(header.name())) {
                throw new SigningException(BAD_HEADER, "a header has a name that cannot be sent; rename it");
            }
            if (value == null) {
                throw new SigningException(BAD_HEADER,
                    "remove the control characters from the value of the header " + header.name());
            }
            return new Line(header.name().toLowerCase(Locale.ROOT), value);
        }

        /** Verifiers refuse blank values, and common proxies drop names with an underscore. */
        private boolean isSigned() {
            return !value.isEmpty() && name.indexOf('_') < 0 && !REWRITTEN.contains(name);
        }

        @Override
        public int compareTo(Line other) {
            int order = name.compareTo(other.name);
            return order == 0 ? value.compareTo(other.value) : order;
        }
    }
}
