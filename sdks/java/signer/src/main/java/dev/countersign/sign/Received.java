package dev.countersign.sign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The header lines of a received request, in wire text, as the verifier looks at them. */
final class Received {
    /** Each stands at most once, whether signed or not (clause 5.1). */
    private static final Set<String> SINGLE = Set.of("authorization", "x-sdk-date", "host", "x-sdk-content-sha256",
        "x-sdk-content-sm3", "x-security-token", "x-project-id", "x-domain-id");

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** {@code carrier}, in lower case, stands for Authorization; a header of that very name is then not meant. */
    Received(List<Header> headers, String carrier) {
        for (Header header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.equals(carrier)) {
                add("authorization", header.value());
            } else if (!name.equals("authorization")) {
                add(name, header.value());
            }
        }
    }

    private void add(String name, String value) {
        values.computeIfAbsent(name, absent -> new ArrayList<>(1)).add(Wire.trim(Wire.ofReceived(value)));
    }

    /** The first value, or null. */
    String first(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.get(0);
    }

    boolean isDoubled(String name) {
        return values.getOrDefault(name, List.of()).size() > 1;
    }

    /** A single header that stands twice, or null. */
    String doubled() {
        for (String name : values.keySet()) {
            if (SINGLE.contains(name) && isDoubled(name)) {
                return name;
            }
        }
        return null;
    }

    /** The values of a signed header, sorted; one that is absent counts as empty (clause 3.3). */
    List<String> signed(String name) throws VerificationException {
        List<String> sorted = new ArrayList<>(values.getOrDefault(name, List.of("")));
        for (String value : sorted) {
            if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
                throw Authorization.malformed("a signed header has a line break");
            }
        }
        sorted.sort(null);
        return sorted;
    }
}
