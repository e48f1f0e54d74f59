package dev.repoint.agent.weave;

import java.util.List;

/// The end of a message that suggests names.
public final class Suggestion {

    private Suggestion() {}

    /// For example `; did you mean a.B.c() or a.B.d()?`, or an empty text.
    public static String of(List<String> nearest) {
        return nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
    }
}
