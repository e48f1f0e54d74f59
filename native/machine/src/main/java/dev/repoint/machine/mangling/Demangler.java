package dev.repoint.machine.mangling;

import org.jspecify.annotations.Nullable;

/// Gives the symbols of C++ and Rust the names that people know: `_ZN4shop3taxEi` is `shop::tax(int)`.
///
/// | symbol | mangled as |
/// | --- | --- |
/// | `_ZN4shop3taxEi` | the Itanium C++ ABI says ("External Names"), as `c++filt -i` of GNU binutils shows it |
/// | `_ZN4shop3tax17h05af221e174051e9E` | rustc does by default; the hash is left out |
/// | `_RNvCs15kBYyAo9fc_4shop3tax` | rustc does with `-C symbol-mangling-version=v0` (Rust RFC 2603) |
///
/// What the compiler appends to copies and parts follows: `shop::tax(int) [clone .cold]`. Damaged names are no
/// error: nothing is made of them. Time, depth and the length of what is made are bounded. Safe for use by
/// several threads.
public final class Demangler {

    /// Longer symbols are not looked at.
    private static final int LONGEST = 1 << 16;

    private Demangler() {}

    /// The names of a symbol.
    ///
    /// @param symbol as a symbol table has it, without version
    /// @return null if it is not mangled, or not as any of these say
    public static @Nullable Demangled demangle(String symbol) {
        if (symbol.length() < 4 || symbol.length() > LONGEST || symbol.charAt(0) != '_') {
            return null;
        }
        try {
            char second = symbol.charAt(1);
            if (second == 'Z') {
                Demangled rust = LegacyRust.demangle(symbol);
                return rust == null ? ItaniumNames.demangle(symbol) : rust;
            }
            return second == 'R' ? RustNames.demangle(symbol) : null;
        } catch (UnreadableNameException | StackOverflowError e) {
            return null; // the bounds are for the usual stack; that of this thread may be smaller
        }
    }

    /// The name that people are shown for a symbol.
    ///
    /// @param symbol as a symbol table has it; or any other text
    /// @return the whole name; the text itself if it is not mangled
    public static String shown(String symbol) {
        Demangled name = demangle(symbol);
        return name == null ? symbol : name.whole();
    }
}
