package dev.countersign.sign;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/** The time that adapters sign with; on request it follows that of the servers. Shared by threads. */
public final class SigningClock {
    private static final Duration SKEW_MAX = Duration.ofMinutes(15);
    private static final int UNAUTHORIZED = 401;

    private final Clock clock;
    private final boolean corrects;
    private volatile Duration offset = Duration.ZERO;

    private SigningClock(Clock clock, boolean corrects) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.corrects = corrects;
    }

    /**
     * A clock that is taken as it is.
     *
     * @param clock for example that of the system
     * @return the clock
     */
    public static SigningClock of(Clock clock) {
        return new SigningClock(clock, false);
    }

    /**
     * A clock that is set right by servers: a refusal whose Date is more than 15 minutes away tells the difference.
     *
     * @param clock for example that of the system
     * @return the clock
     */
    public static SigningClock correcting(Clock clock) {
        return new SigningClock(clock, true);
    }

    /**
     * The time to sign with.
     *
     * @return the clock's time, with what was learned
     */
    public Instant now() {
        return clock.instant().plus(offset);
    }

    /**
     * Learns from an answer.
     *
     * @param status of the answer
     * @param date its Date header, or null
     * @param signed when its request was signed
     * @return whether the request was refused for its time, and is worth signing and sending once again
     */
    public boolean learn(int status, String date, Instant signed) {
        if (!corrects || status != UNAUTHORIZED || date == null) {
            return false;
        }
        try {
            Instant server = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            if (Duration.between(signed, server).abs().compareTo(SKEW_MAX) <= 0) {
                return false;
            }
            offset = Duration.between(clock.instant(), server);
            return true;
        } catch (DateTimeException unreadable) {
            return false;
        }
    }
}
