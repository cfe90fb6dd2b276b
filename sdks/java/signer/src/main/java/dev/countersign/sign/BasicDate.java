package dev.countersign.sign;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Dates of the form {@code yyyyMMdd'T'HHmmss'Z'} (clause 5.3), by hand: a formatter costs as much as a signature. */
final class BasicDate {
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int LENGTH = 16;

    private BasicDate() {}

    /** The date of a time; times before 1970 or after 9999 count as the nearest second of these years. */
    static String format(Instant time) {
        long second = Math.max(0, Math.min(LAST_SECOND, time.getEpochSecond()));
        LocalDateTime date = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(LENGTH);
        twoDigits(date.getYear() / 100, text);
        twoDigits(date.getYear() % 100, text);
        twoDigits(date.getMonthValue(), text);
        twoDigits(date.getDayOfMonth(), text);
        text.append('T');
        twoDigits(date.getHour(), text);
        twoDigits(date.getMinute(), text);
        twoDigits(date.getSecond(), text);
        return text.append('Z').toString();
    }

    /** The time of a date; null if the text is none of a real instant since 1970. */
    static Instant parse(String text) {
        if (text.length() != LENGTH || text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
            return null;
        }
        int year = number(text, 0, 4);
        if (year < 1970) {
            return null;
        }
        try {
            return LocalDateTime.of(year, number(text, 4, 6), number(text, 6, 8),
                number(text, 9, 11), number(text, 11, 13), number(text, 13, 15)).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException unreal) {
            return null;
        }
    }

    private static void twoDigits(int number, StringBuilder text) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** The number that the digits make, or -1. */
    private static int number(String text, int start, int end) {
        int number = 0;
        for (int position = start; position < end; position++) {
            int digit = text.charAt(position) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
