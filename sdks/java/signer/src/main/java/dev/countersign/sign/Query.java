package dev.countersign.sign;

import java.util.ArrayList;
import java.util.List;

/** The canonical query (clause 3.2). */
final class Query {
    private Query() {}

    /** Appends the pairs of a raw query, sorted by what they mean and encoded. */
    static void write(String raw, StringBuilder out) {
        List<Pair> pairs = parse(raw);
        pairs.sort(null);
        String separator = "";
        for (Pair pair : pairs) {
            out.append(separator);
            Percent.encode(pair.name, Characters.UNRESERVED, out);
            out.append('=');
            Percent.encode(pair.value, Characters.UNRESERVED, out);
            separator = "&";
        }
    }

    private static List<Pair> parse(String raw) {
        List<Pair> pairs = new ArrayList<>();
        int start = 0;
        while (start < raw.length()) {
            int ampersand = raw.indexOf('&', start);
            int end = ampersand < 0 ? raw.length() : ampersand;
            if (end > start) {
                pairs.add(Pair.parse(raw.substring(start, end)));
            }
            start = end + 1;
        }
        return pairs;
    }

    /** Name and value, decoded. */
    private static final class Pair implements Comparable<Pair> {
        private final String name;
        private final String value;

        private Pair(String name, String value) {
            this.name = name;
            this.value = value;
        }

        private static Pair parse(String piece) {
            int equals = piece.indexOf('=');
            String name = equals < 0 ? piece : piece.substring(0, equals);
            String value = equals < 0 ? "" : piece.substring(equals + 1);
            return new Pair(Percent.decode(name), Percent.decode(value));
        }

        @Override
        public int compareTo(Pair other) {
            int order = name.compareTo(other.name);
            return order == 0 ? value.compareTo(other.value) : order;
        }
    }
}
