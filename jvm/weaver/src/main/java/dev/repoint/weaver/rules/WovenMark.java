package dev.repoint.weaver.rules;

import dev.repoint.weaver.WeaveException;

/// The marks of woven classes: the beginning of the names of added methods, and the class attribute with the format of
/// weaving: `dev.repoint.Woven`, two bytes.
///
/// The Java virtual machine ignores unknown attributes (JVMS 4.7.1).
public final class WovenMark {

    /// The format of this weaver.
    public static final int FORMAT = 3;

    /// The name of the attribute.
    public static final String NAME = "dev.repoint.Woven";

    /// The prefix of the name of every added method.
    public static final String PREFIX = "repoint$";

    private WovenMark() {}

    /// Refuses a class with another format.
    ///
    /// @param format the format of the class; 0 if it is not woven
    /// @throws WeaveException if it was woven in another format
    public static void requireSameFormat(int format) {
        if (format > FORMAT) {
            throw new WeaveException("the class has been woven by a later Repoint (format " + format
                    + "; this one knows " + FORMAT + "): weave the original class, or update Repoint");
        }
        if (format != 0 && format != FORMAT) {
            throw new WeaveException("the class has been woven by an earlier Repoint (format " + format
                    + "; this one knows " + FORMAT + "): weave the original class");
        }
    }
}
