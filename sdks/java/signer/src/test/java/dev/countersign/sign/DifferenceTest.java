package dev.countersign.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final String OWN =
        "GET\n/a/\nb=1\nhost:h\nx-a:1|2\nx-security-token:hidden\n\nhost;x-a;x-security-token\nabc";

    private static String of(String part, String by) {
        String theirs = OWN.replace(part, by).replace('\n', '|');
        return Difference.of("verify signature fail, canonicalRequest:" + theirs, OWN);
    }

    @Test
    void the_first_part_that_differs_is_named() {
        Map<String, String[]> parts = Map.of(
            "The method differs", new String[] {"GET", "PUT"},
            "The path differs", new String[] {"/a/", "/A/"},
            "The query differs", new String[] {"b=1", "b=1&c=2"},
            "The header host differs", new String[] {":h", ":i"},
            "The header x-a differs", new String[] {":1|2", ":1|3"},
            "The header x-security-token differs", new String[] {"hidden", "hidden-too"},
            "The list of signed names differs", new String[] {"\nhost;x-a;", "\nhost;"},
            "The payload differs", new String[] {"\nabc", "\ndef"});
        parts.forEach((start, change) -> assertTrue(of(change[0], change[1]).startsWith(start), start));
    }

    @Test
    void both_values_are_told_but_for_the_security_token() {
        assertEquals("The path differs: signed was \"/a/\", but the server read \"/A/\".", of("/a/", "/A/"));
        assertFalse(of("hidden", "hidden-too").contains("hidden"));
    }

    @Test
    void if_nothing_differs_the_secret_is_another() {
        assertTrue(of("", "").startsWith("No part differs"));
        assertTrue(Difference.of("no such text", OWN).startsWith("The message shows no canonical request"));
        assertTrue(Difference.of("canonicalRequest:", OWN).startsWith("The method differs"));
    }
}
