package dev.countersign.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SigningClockTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String FAR = "Sun, 22 Nov 2026 11:00:00 GMT";

    private static SigningClock correcting() {
        return SigningClock.correcting(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void a_refusal_with_a_date_far_away_sets_the_clock() {
        SigningClock clock = correcting();
        assertTrue(clock.learn(401, FAR, NOW));
        assertEquals(NOW.plusSeconds(3600), clock.now());
    }

    @Test
    void what_was_signed_before_the_clock_was_set_is_worth_sending_again() {
        SigningClock clock = correcting();
        assertTrue(clock.learn(401, FAR, NOW));
        assertTrue(clock.learn(401, FAR, NOW));
        assertFalse(clock.learn(401, FAR, clock.now()));
    }

    @Test
    void other_answers_teach_nothing() {
        SigningClock clock = correcting();
        assertFalse(clock.learn(403, FAR, NOW));
        assertFalse(clock.learn(401, null, NOW));
        assertFalse(clock.learn(401, "yesterday", NOW));
        assertFalse(clock.learn(401, "Sun, 22 Nov 2026 10:15:00 GMT", NOW));
        assertFalse(SigningClock.of(Clock.fixed(NOW, ZoneOffset.UTC)).learn(401, FAR, NOW));
        assertEquals(NOW, clock.now());
    }
}
