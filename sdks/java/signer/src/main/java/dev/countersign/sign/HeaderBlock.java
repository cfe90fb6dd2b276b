package dev.countersign.sign;

import static dev.countersign.sign.SigningException.Reason.BAD_HEADER;
import static dev.countersign.sign.SigningException.Reason.MISSING_HOST;
import static dev.countersign.sign.SigningException.Reason.TAKEN_HEADER;

import java.util.ArrayList;
import java.util.HashSet;
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
    private final int addedCount;
    /** Names of which a line is blank. */
    private final Set<String> blank = new HashSet<>();
    private boolean hasHost;

    /**
     * Checks the given headers, and leaves out those that are not signed: those above, names with an underscore, which
     * common proxies drop, and names of which a line is blank, because who verifies a name walks every line of it.
     */
    HeaderBlock(List<Header> given, List<Header> added) {
        lines = new ArrayList<>(given.size() + added.size());
        addedCount = added.size();
        for (Header header : added) {
            lines.add(Line.of(header));
        }
        for (Header header : given) {
            take(Line.of(header));
        }
        if (!hasHost || blank.contains("host")) {
            throw new SigningException(MISSING_HOST, "add the Host header that will be sent");
        }
        lines.removeIf(line -> blank.contains(line.name));
        lines.sort(null);
    }

    private void take(Line line) {
        boolean isHost = line.name.equals("host");
        if (RESERVED.contains(line.name) || isAdded(line.name) || isHost && hasHost) {
            throw new SigningException(TAKEN_HEADER,
                "leave out the header " + line.name + "; the signer adds it, or it stands twice");
        }
        hasHost |= isHost;
        if (line.value.isEmpty()) {
            blank.add(line.name);
        } else if (line.name.indexOf('_') < 0 && !REWRITTEN.contains(line.name)) {
            lines.add(line);
        }
    }

    private boolean isAdded(String name) {
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

        @Override
        public int compareTo(Line other) {
            int order = name.compareTo(other.name);
            return order == 0 ? value.compareTo(other.value) : order;
        }
    }
}
