package dev.repoint.cli.demo;

import java.util.Locale;

/// Calls per second as people write them: `1.42M`, `380k`.
final class Rate {

    private static final double MILLION = 1e6;
    private static final double THOUSAND = 1e3;

    private Rate() {}

    /// Three digits, and a letter for their unit where there is one.
    static String text(double perSecond) {
        if (Double.isNaN(perSecond)) {
            return "-";
        }
        if (perSecond < THOUSAND) {
            return String.format(Locale.ROOT, "%.0f", perSecond);
        }
        return perSecond >= MILLION
                ? String.format(Locale.ROOT, perSecond >= 10 * MILLION ? "%.1fM" : "%.2fM", perSecond / MILLION)
                : String.format(Locale.ROOT, thousands(perSecond / THOUSAND), perSecond / THOUSAND);
    }

    private static String thousands(double value) {
        return value >= 100 ? "%.0fk" : value >= 10 ? "%.1fk" : "%.2fk";
    }

    /// The next larger round number: 1, 2 or 5 and zeros, or a half more than 1 and 2.
    static double roundUp(double perSecond) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(perSecond, THOUSAND))));
        for (double step : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8}) {
            if (perSecond <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
