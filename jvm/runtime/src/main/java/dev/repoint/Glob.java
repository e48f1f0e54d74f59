package dev.repoint;

/// Matching of dotted names against `*` (any characters of one segment) and `**` (any characters at all).
///
/// By hand and not by `java.util.regex`: an agent asks for every class that is loaded, from the first one on.
final class Glob {

    private Glob() {}

    /// Whether a name matches a pattern as a whole.
    static boolean matches(String pattern, String name) {
        return matches(pattern, 0, name, 0);
    }

    /// Whether a pattern has a wildcard.
    static boolean isWild(String pattern) {
        return pattern.indexOf('*') >= 0;
    }

    private static boolean matches(String pattern, int patternStart, String name, int nameStart) {
        int p = patternStart;
        int n = nameStart;
        while (p < pattern.length()) {
            if (pattern.charAt(p) != '*') {
                if (n == name.length() || pattern.charAt(p) != name.charAt(n)) {
                    return false;
                }
                p++;
                n++;
                continue;
            }
            boolean acrossSegments = pattern.startsWith("**", p);
            int rest = p + (acrossSegments ? 2 : 1);
            if (rest == pattern.length()) {
                return acrossSegments || name.indexOf('.', n) < 0;
            }
            for (int end = n; end <= name.length(); end++) {
                if (matches(pattern, rest, name, end)) {
                    return true;
                }
                if (end < name.length() && !acrossSegments && name.charAt(end) == '.') {
                    return false;
                }
            }
            return false;
        }
        return n == name.length();
    }
}
