package dev.repoint.machine.site;

import dev.repoint.machine.mangling.Demangled;
import dev.repoint.machine.mangling.Demangler;

/// A pattern for native keys: a key's text in which `*` stands for any characters.
///
/// | written | matches |
/// | --- | --- |
/// | `crc32` | that symbol, of any version |
/// | `crc32*` | every symbol that starts so |
/// | `util.c:*` | the local symbols of the file `util.c` whose names are not unique |
/// | `ops+*` | every pointer in the variable `ops` but the first |
/// | `shop::*` | the functions of C++ or Rust that are called so |
/// | `**` | every key, as `*` does |
///
/// A pattern without `@` leaves versions out of account. Immutable.
///
/// @param text as it was written, without blanks around it; never empty
public record SymbolPattern(String text) {

    /// Checks the text.
    ///
    /// @throws IllegalArgumentException if it is empty
    public SymbolPattern {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a pattern needs a name or *; write crc32 or crc*");
        }
    }

    /// Reads a pattern.
    ///
    /// @throws IllegalArgumentException if it is blank
    public static SymbolPattern parse(String text) {
        return new SymbolPattern(text.strip());
    }

    /// Whether a key matches.
    public boolean matches(NativeKey key) {
        return matches(text, key.text())
                || matchesName(key)
                || !key.version().isEmpty()
                        && text.indexOf('@') < 0
                        && matches(text, new NativeKey(key.symbol(), "", key.file(), key.offset()).text());
    }

    /// Whether it is what people call a symbol of C++ or Rust.
    private boolean matchesName(NativeKey key) {
        if (!key.symbol().startsWith("_")) {
            return false;
        }
        Demangled name = Demangler.demangle(key.symbol());
        return name != null
                && (matches(text, name.whole()) || matches(text, name.call()) || matches(text, name.plain()));
    }

    /// Whether it names one key: there is no `*` in it.
    public boolean isExact() {
        return text.indexOf('*') < 0;
    }

    /// As [#text()].
    @Override
    public String toString() {
        return text;
    }

    /// Matches greedily and goes back to the last `*` alone, so that the time is the product of both lengths at
    /// most.
    private static boolean matches(String pattern, String name) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
