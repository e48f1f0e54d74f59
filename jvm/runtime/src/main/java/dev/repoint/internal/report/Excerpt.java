package dev.repoint.internal.report;

/// The beginning of a text, for messages: whoever wrote a file of ten megabytes in one line is not to get it
/// back.
public final class Excerpt {

    private static final int MOST = 160;
    private static final int SHOWN = 60;

    private Excerpt() {}

    /// A text, or its beginning and its length.
    ///
    /// @param text what was found
    /// @return the text if it is short
    public static String of(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return text.substring(0, end) + "... (" + text.length() + " characters)";
    }
}
