package dev.repoint.cli.report;

import java.util.Locale;

/// Numbers of things.
public final class Count {

    private Count() {}

    /// A number with its noun.
    ///
    /// @param count how many
    /// @param one the noun for one
    /// @param many the noun for none or many
    /// @return such as `1 class` or `1,203 classes`
    public static String of(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }
}
