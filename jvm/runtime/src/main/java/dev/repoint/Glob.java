package dev.repoint;

/// Matching of dotted names against `*` (any characters of one segment) and `**` (any characters at all). An
/// asterisk that means itself is written as [KeySyntax#ASTERISK].
///
/// By hand and not by `java.util.regex`: an agent asks for every class that is loaded, from the first one on.
final class Glob {

    private Glob() {}

    /// Whether a name matches a pattern as a whole.
    ///
    /// Every wildcard takes as little as it can, and more when what follows it does not match. Only the last
    /// `*` and the last `**` can be the ones to take more: an earlier one that did would lead to the same
    /// places. So the time is at most the product of the lengths, whatever the pattern.
    static boolean matches(String pattern, String name) {
        int wild = pattern.indexOf('*');
        boolean isPlain = pattern.indexOf(KeySyntax.ASTERISK) < 0;
        boolean mayStart = !isPlain || wild <= 0 || name.regionMatches(0, pattern, 0, wild);
        return mayStart && search(pattern, name);
    }

    private static boolean search(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1; // where the pattern goes on behind the last '*', or -1
        int starEnd = 0; // where in the name that '*' ends
        int across = -1; // the same for the last '**'
        int acrossEnd = 0;
        while (n < name.length() || p < pattern.length()) {
            if (pattern.startsWith("**", p)) {
                p += 2;
                if (p == pattern.length()) {
                    return true;
                }
                across = p;
                acrossEnd = n;
                star = -1;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                p++;
                star = p;
                starEnd = n;
            } else if (p < pattern.length() && n < name.length() && isOne(pattern.charAt(p), name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0 && starEnd < name.length() && name.charAt(starEnd) != '.') {
                starEnd++;
                p = star;
                n = starEnd;
            } else if (across >= 0 && acrossEnd < name.length()) {
                acrossEnd++;
                p = across;
                n = acrossEnd;
                star = -1;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean isOne(char pattern, char name) {
        return pattern == name || pattern == KeySyntax.ASTERISK && name == '*';
    }

    /// Whether a pattern has a wildcard.
    static boolean isWild(String pattern) {
        return pattern.indexOf('*') >= 0;
    }
}
