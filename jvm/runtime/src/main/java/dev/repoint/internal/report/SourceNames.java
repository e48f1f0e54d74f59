package dev.repoint.internal.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The names that members have in the sources of Kotlin and Scala.
///
/// | class file | source |
/// | --- | --- |
/// | `shop.ShopKt.total-Uzfk154`, Kotlin | `shop.total` |
/// | `shop.Till$Companion.open`, Kotlin | `shop.Till.open`, `shop.Till.Companion.open` |
/// | `shop.Till.open$shop_main`, Kotlin's internal functions | `shop.Till.open` |
/// | `bazaar.Till$.open`, Scala | `bazaar.Till.open` |
/// | `bazaar.Shop$package$.top`, Scala | `bazaar.top` |
/// | `bazaar.Money.$plus`, `with$u0020space`, Scala | `bazaar.Money.+`, `with space` |
public final class SourceNames {

    private static final String COMPANION = "$Companion";

    /// The ends of names of methods that a compiler adds to the one of the source.
    private static final List<String> ADDED =
            List.of("default", "lambda", "annotations", "delegate", "suspendImpl", "direct", "inlined");

    private static final String[][] OPERATORS = {
        {"$plus", "+"},
        {"$minus", "-"},
        {"$times", "*"},
        {"$div", "/"},
        {"$percent", "%"},
        {"$eq", "="},
        {"$less", "<"},
        {"$greater", ">"},
        {"$bang", "!"},
        {"$amp", "&"},
        {"$bar", "|"},
        {"$up", "^"},
        {"$tilde", "~"},
        {"$colon", ":"},
        {"$hash", "#"},
        {"$at", "@"},
        {"$qmark", "?"},
        {"$bslash", "\\"}
    };

    private SourceNames() {}

    /// Whether the source writes the members of a class with that owner.
    ///
    /// @param binaryName the class
    /// @param written a class, or a package
    /// @return true if it is another name for the members of the class; false for its own name
    public static boolean isOwner(String binaryName, String written) {
        int length = written.length();
        if (binaryName.length() < length || binaryName.charAt(0) != written.charAt(0) || binaryName.equals(written)) {
            return false;
        }
        if (binaryName.length() > length && binaryName.charAt(length) == '.' && isOfFile(binaryName, length)) {
            return binaryName.startsWith(written);
        }
        if (binaryName.indexOf('$') < 0) {
            return false;
        }
        return isNested(binaryName, written, binaryName.length())
                || isNested(binaryName, written, binaryName.length() - 1) && binaryName.endsWith("$")
                || isNested(binaryName, written, binaryName.length() - COMPANION.length())
                        && binaryName.endsWith(COMPANION);
    }

    /// Whether the source calls a member by that name.
    ///
    /// @param member the member's name
    /// @param written what the source may call it
    /// @return true if it is another name for the member; false for its own name
    public static boolean isName(String member, String written) {
        int length = written.length();
        if (member.length() > length && member.startsWith(written)) {
            char next = member.charAt(length);
            if (next == '-' && member.indexOf('$', length) < 0 || next == '$' && isOfSource(member, length + 1)) {
                return true;
            }
        }
        return member.indexOf('$') >= 0 && decoded(member).equals(written);
    }

    /// The names of classes whose members the source may write with an owner. Those of files are not among them.
    ///
    /// @param written a class
    /// @return binary names of classes that there may be, without `written` itself
    public static Set<String> classes(String written) {
        Set<String> names = new LinkedHashSet<>();
        String name = written;
        while (true) {
            names.add(name);
            names.add(name + '$');
            names.add(name + COMPANION);
            int dot = name.lastIndexOf('.');
            if (dot < 0) {
                names.remove(written);
                return names;
            }
            name = name.substring(0, dot) + '$' + name.substring(dot + 1);
        }
    }

    /// Paths, each a class or package and a member, by which the source may call a member; without its own.
    static List<String> paths(String owner, String member) {
        List<String> owners = new ArrayList<>(List.of(owner));
        int dot = Math.max(0, owner.lastIndexOf('.'));
        if (isOfFile(owner, dot)) {
            owners.add(owner.substring(0, dot));
        }
        if (owner.endsWith(COMPANION)) {
            owners.add(owner.substring(0, owner.length() - COMPANION.length()));
        }
        if (owner.endsWith("$")) {
            owners.add(owner.substring(0, owner.length() - 1));
        }
        if (owner.indexOf('$') > 0) {
            owners.add(owner.replace('$', '.'));
        }
        List<String> paths = new ArrayList<>();
        for (String each : owners) {
            for (String name : names(member)) {
                String path = each.isEmpty() ? name : each + "." + name;
                if (!path.equals(owner + "." + member)) {
                    paths.add(path);
                }
            }
        }
        return paths;
    }

    /// Whether a class holds the functions that a file declares outside of classes.
    private static boolean isOfFile(String binaryName, int dot) {
        return binaryName.indexOf('.', dot + 1) < 0
                && (binaryName.endsWith("$package$") || binaryName.endsWith("Kt") && binaryName.indexOf('$') < 0);
    }

    /// Whether the first characters of a class's name are that name, its dollar signs being dots or themselves.
    private static boolean isNested(String binaryName, String written, int end) {
        if (end != written.length()) {
            return false;
        }
        for (int i = end - 1; i >= 0; i--) {
            char c = binaryName.charAt(i);
            if (c != written.charAt(i) && !(c == '$' && written.charAt(i) == '.')) {
                return false;
            }
        }
        return true;
    }

    /// Whether what follows a dollar sign makes no other method of it.
    private static boolean isOfSource(String member, int from) {
        if (from == member.length() || Character.isDigit(member.charAt(from)) || member.indexOf('$', from) >= 0) {
            return false;
        }
        for (String each : ADDED) {
            if (member.startsWith(each, from)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> names(String name) {
        List<String> names = new ArrayList<>(List.of(name));
        int hash = name.indexOf('-');
        if (hash > 0) {
            names.add(name.substring(0, hash));
        }
        int module = name.indexOf('$');
        if (module > 0) {
            names.add(name.substring(0, module));
        }
        String decoded = decoded(name);
        if (!decoded.equals(name)) {
            names.add(decoded);
        }
        return names;
    }

    private static String decoded(String name) {
        String text = name;
        for (String[] operator : OPERATORS) {
            text = text.replace(operator[0], operator[1]);
        }
        for (int at = text.indexOf("$u"); at >= 0; at = text.indexOf("$u", at + 1)) {
            int end = at + 6;
            if (end <= text.length()
                    && text.substring(at + 2, end).chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                text = text.substring(0, at)
                        + (char) Integer.parseInt(text.substring(at + 2, end), 16)
                        + text.substring(end);
            }
        }
        return text;
    }
}
