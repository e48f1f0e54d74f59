package dev.repoint.machine.mangling;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads rustc's older names: nested names of C++ that end with a hash, in which what C++ does not know is
/// escaped.
final class LegacyRust {

    private static final int HASH = 17; // 'h' and 16 digits
    private static final Map<String, String> ESCAPES =
            Map.of("SP", "@", "BP", "*", "RF", "&", "LT", "<", "GT", ">", "LP", "(", "RP", ")", "C", ",");

    private LegacyRust() {}

    /// @return null if it is no name of Rust
    static @Nullable Demangled demangle(String symbol) {
        if (!symbol.startsWith("_ZN")) {
            return null;
        }
        int end = symbol.indexOf("E.", 3);
        end = end < 0 ? symbol.length() - 1 : end;
        if (end < 3 + HASH + 2 || symbol.charAt(end) != 'E' || !isHash(symbol, end)) {
            return null;
        }
        String suffix = symbol.substring(end + 1);
        if (!suffix.isEmpty() && !suffix.startsWith(".llvm.")) {
            return null;
        }
        Cursor in = new Cursor(symbol, 3, end - HASH - 2);
        StringBuilder name = new StringBuilder();
        while (!in.atEnd()) {
            if (!in.isDigit()) {
                return null;
            }
            String part = in.take(in.number());
            if (!name.isEmpty()) {
                name.append("::");
            }
            if (!plain(part, name)) {
                return null;
            }
        }
        return name.isEmpty() ? null : Demangled.of(name.toString());
    }

    private static boolean isHash(String symbol, int end) {
        int start = end - HASH;
        if (!symbol.startsWith("17h", start - 2)) {
            return false;
        }
        long seen = 0;
        for (int i = start + 1; i < end; i++) {
            char each = symbol.charAt(i);
            boolean isHex = each >= '0' && each <= '9' || each >= 'a' && each <= 'f';
            if (!isHex) {
                return false;
            }
            seen |= 1L << Character.digit(each, 16);
        }
        return Long.bitCount(seen) >= 5; // a real hash has several digits
    }

    private static boolean plain(String part, StringBuilder name) {
        int i = part.startsWith("_$") ? 1 : 0;
        while (i < part.length()) {
            char each = part.charAt(i);
            if (each == '$') {
                int close = part.indexOf('$', i + 1);
                if (close < 0) {
                    return false;
                }
                String code = part.substring(i + 1, close);
                String known = ESCAPES.get(code);
                if (known == null) {
                    known = code.length() > 1 && code.charAt(0) == 'u' ? unicode(code.substring(1)) : null;
                }
                if (known == null) {
                    return false;
                }
                name.append(known);
                i = close + 1;
            } else if (part.startsWith("..", i)) {
                name.append("::");
                i += 2;
            } else {
                name.append(each);
                i++;
            }
        }
        return true;
    }

    private static @Nullable String unicode(String hex) {
        try {
            int point = Integer.parseInt(hex, 16);
            return Character.isValidCodePoint(point) && !Character.isISOControl(point) && !isSurrogate(point)
                    ? Character.toString(point)
                    : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
