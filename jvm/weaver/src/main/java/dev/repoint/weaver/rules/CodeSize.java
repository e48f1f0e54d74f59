package dev.repoint.weaver.rules;

import org.jspecify.annotations.Nullable;

/// The limits for the length of a woven method.
public final class CodeSize {

    /// The length limit of a method (JVMS 4.7.3).
    private static final int MOST = 65535;

    /// HotSpot's `HugeMethodLimit`: HotSpot never compiles a longer method.
    private static final int MOST_COMPILED = 8000;

    /// A switch is at least 13 bytes long, so padding cannot grow by more than a quarter of the code.
    private static final int SHARE_OF_PADDING = 4;

    /// The maximum length of a prologue: it has a load of at most four bytes for each of 255 slots.
    private static final int LONGEST_PROLOGUE = 1_100;

    private CodeSize() {}

    /// Whether code of this length has space for any prologue.
    static boolean isFarFromLimits(int length) {
        return length + length / SHARE_OF_PADDING + LONGEST_PROLOGUE <= MOST_COMPILED;
    }

    /// The reason why a method cannot grow by so many bytes.
    ///
    /// @param growth in bytes
    /// @return one line, or null if it can
    public static @Nullable String refusal(MethodFacts method, int growth) {
        int before = method.codeLength();
        if (before + before / SHARE_OF_PADDING + growth <= MOST_COMPILED) {
            return null;
        }
        int after = before + growth + method.padding();
        if (after > MOST) {
            return "its code of " + before + " bytes would grow to " + after + ", over the limit of " + MOST;
        }
        if (before <= MOST_COMPILED && after > MOST_COMPILED) {
            return "its code of " + before + " bytes would grow to " + after + ": HotSpot compiles no method over "
                    + MOST_COMPILED;
        }
        return null;
    }
}
