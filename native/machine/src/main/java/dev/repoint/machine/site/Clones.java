package dev.repoint.machine.site;

import org.jspecify.annotations.Nullable;

/// The names that compilers give to what they make of a function.
///
/// | suffix | compiler | what it is |
/// | --- | --- | --- |
/// | `.constprop.N`, `.isra.N` | gcc | a copy with fewer parameters |
/// | `.part.N` | gcc | a part of the body, the rest of which was inlined |
/// | `.cold`, `.cold.N` | gcc, clang | the part that rarely runs |
/// | `.lto_priv.N` | gcc | the function itself, renamed by link-time optimisation |
/// | `.llvm.N` | clang | the function itself, renamed by link-time optimisation |
/// | `.localalias` | gcc | the function itself, under a name that cannot be preempted |
/// | `.specialized.N` | clang | a copy with constant arguments |
final class Clones {

    private static final String[] COPIES = {".constprop.", ".isra.", ".part.", ".specialized."};
    private static final String[] NAMES = {".lto_priv.", ".llvm.", ".localalias"};
    private static final String COLD = ".cold";

    private Clones() {}

    /// The name of the function that a name was made from; null if it was made from none.
    static @Nullable String base(String name) {
        int cut = name.length();
        int dot = name.indexOf('.', 1);
        while (dot > 0 && cut == name.length()) {
            if (isSuffix(name, dot)) {
                cut = dot;
            }
            dot = name.indexOf('.', dot + 1);
        }
        return cut == name.length() ? null : name.substring(0, cut);
    }

    /// Whether a name is that of a part that rarely runs: control gets there by jumps of the function itself.
    static boolean isCold(String name) {
        int at = name.lastIndexOf(COLD);
        return at > 0 && (at + COLD.length() == name.length() || name.charAt(at + COLD.length()) == '.');
    }

    /// Whether a name is that of a copy, or of a part that is called.
    static boolean isCopy(String name) {
        for (String each : COPIES) {
            if (name.indexOf(each, 1) > 0) {
                return true;
            }
        }
        return false;
    }

    /// Whether two names are those of one function and its parts.
    static boolean areOne(String name, String other) {
        String first = stem(name);
        return first.equals(stem(other));
    }

    private static String stem(String name) {
        int at = isCold(name) ? name.lastIndexOf(COLD) : -1;
        return at > 0 ? name.substring(0, at) : name;
    }

    private static boolean isSuffix(String name, int dot) {
        for (String each : COPIES) {
            if (name.startsWith(each, dot)) {
                return true;
            }
        }
        for (String each : NAMES) {
            if (name.startsWith(each, dot)) {
                return true;
            }
        }
        return name.startsWith(COLD, dot)
                && (dot + COLD.length() == name.length() || name.charAt(dot + COLD.length()) == '.');
    }
}
