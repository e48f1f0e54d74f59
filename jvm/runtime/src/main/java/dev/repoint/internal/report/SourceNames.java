package dev.repoint.internal.report;

import dev.repoint.Key;
import java.util.ArrayList;
import java.util.List;

/// The names that members have in the sources of other languages, for suggestions.
///
/// | class file | source |
/// | --- | --- |
/// | `shop.ShopKt.total-Uzfk154`, Kotlin | `shop.total` |
/// | `shop.Till$Companion.open`, Kotlin | `shop.Till.open`, `shop.Till.Companion.open` |
/// | `shop.Till.open$shop_main`, Kotlin's internal functions | `shop.Till.open` |
/// | `bazaar.Till$.open`, Scala | `bazaar.Till.open` |
/// | `bazaar.Shop$package$.top`, Scala | `bazaar.top` |
/// | `bazaar.Money.$plus`, `with$u0020space`, Scala | `bazaar.Money.+`, `with space` |
final class SourceNames {

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

    /// Paths, each a class and a member, by which people may call a member; without its own.
    static List<String> of(Key key) {
        List<String> owners = new ArrayList<>(List.of(key.owner()));
        String owner = key.owner();
        String around = owner.substring(0, Math.max(0, owner.lastIndexOf('.')));
        if (owner.endsWith("$package$") || owner.endsWith("Kt") && owner.indexOf('$') < 0) {
            owners.add(around);
        }
        if (owner.endsWith("$Companion")) {
            owners.add(owner.substring(0, owner.length() - "$Companion".length()));
        }
        if (owner.endsWith("$")) {
            owners.add(owner.substring(0, owner.length() - 1));
        }
        if (owner.indexOf('$') > 0) {
            owners.add(owner.replace('$', '.'));
        }
        List<String> paths = new ArrayList<>();
        for (String each : owners) {
            for (String name : names(key.name())) {
                String path = each.isEmpty() ? name : each + "." + name;
                if (!path.equals(key.owner() + "." + key.name())) {
                    paths.add(path);
                }
            }
        }
        return paths;
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
