package dev.repoint.cli.trace;

import java.util.Locale;

/// Times as people write them: `1s`, `500ms`, `12.5 us`.
public final class Durations {

    private static final long MILLI = 1_000_000;
    private static final long MICRO = 1_000;

    private Durations() {}

    /// Reads an interval.
    ///
    /// @param text a whole number with `ms`, `s` or `m`
    /// @return milliseconds
    /// @throws IllegalArgumentException if it is no such text; the message says what to write
    public static long millis(String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        long unit = switch (text.substring(digits)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 0;
        };
        if (unit == 0 || digits == 0 || digits > 9) {
            throw new IllegalArgumentException("'" + text + "' is no time; write for example 500ms or 1s");
        }
        return Long.parseLong(text.substring(0, digits)) * unit;
    }

    /// Prints a time with three digits that count.
    ///
    /// @param nanos at least 0
    /// @return such as `812 ns`, `3.21 ms` or `12.0 s`
    public static String text(long nanos) {
        if (nanos < MICRO) {
            return nanos + " ns";
        }
        double value = nanos;
        String unit = "ns";
        for (String each : new String[] {"us", "ms", "s"}) {
            value /= MICRO;
            unit = each;
            if (value < 999.5 || each.equals("s")) {
                break;
            }
        }
        String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value) + " " + unit;
    }
}
