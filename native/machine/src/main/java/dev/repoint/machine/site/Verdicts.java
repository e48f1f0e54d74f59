package dev.repoint.machine.site;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Decides for each patchable how safe it is to redirect its calls, and why.
final class Verdicts {

    private static final String HOOK = "declared a hook: no compiler has seen a body under this name";
    private static final String NOIPA = "declared noipa: gcc has seen the body, and uses no knowledge about it";
    private static final String IMPORT = "imported: the body is in another module";
    private static final String EXTERNAL =
            "not defined in this file: unless link-time optimisation follows, no compiler has "
                    + "seen the body with its calls";
    private static final String PLAIN =
            "the compiler may have inlined, copied or merged it, or keep values in registers "
                    + "that it leaves alone (-fipa-ra): declare a hook with repoint.h";
    private static final String CAUTION =
            "plain: its callers may rely on its body (-fipa-ra; repoint doctor FILE explains it)";
    private static final String DECLARED_POINTER = "declared a pointer: every use reads it";
    private static final String PLAIN_POINTER =
            "the compiler may have put its value in place of a read of it: declare it with repoint.h";

    private static final int MOST_NAMES = 8;

    private final ScanContext scan;
    private final Foldings foldings;
    private final Map<String, List<String>> copies = new HashMap<>();

    Verdicts(ScanContext scan) {
        this.scan = scan;
        this.foldings = Foldings.of(scan);
        for (int group = 0; group < scan.functions().count(); group++) {
            for (int i = 0; i < scan.functions().names(group); i++) {
                String name = scan.names().name(scan.functions().symbol(group, i));
                String base = name.indexOf('.', 1) < 0 ? null : Clones.base(name);
                if (base == null) {
                    continue;
                }
                List<String> known = copies.get(base);
                if (known == null) {
                    known = new ArrayList<>();
                    copies.put(base, known);
                }
                known.add(name);
            }
        }
        for (List<String> each : copies.values()) {
            Collections.sort(each);
        }
    }

    Safety safety(int number) {
        return switch (scan.catalogue().kind(number)) {
            case FUNCTION -> {
                String name = name(number);
                if (scan.declarations().isHook(name)) {
                    yield folded(number).isEmpty() ? Safety.HOOK : Safety.PLAIN;
                }
                yield scan.declarations().isNoipa(name) ? Safety.NOIPA : Safety.PLAIN;
            }
            case IMPORT -> Safety.IMPORT;
            case EXTERNAL -> scan.declarations().isHook(name(number)) ? Safety.HOOK : Safety.IMPORT;
            case POINTER -> scan.declarations().isPointer(name(number)) ? Safety.HOOK : Safety.PLAIN;
            case MISSING -> Safety.PLAIN;
        };
    }

    String reason(int number, List<String> aliases) {
        Safety safety = safety(number);
        Catalogue.Kind kind = scan.catalogue().kind(number);
        if (kind == Catalogue.Kind.POINTER) {
            return safety == Safety.HOOK ? DECLARED_POINTER : PLAIN_POINTER;
        }
        if (kind == Catalogue.Kind.FUNCTION && scan.declarations().isHook(name(number)) && safety == Safety.PLAIN) {
            List<String> others =
                    aliases.stream().filter(scan.declarations()::isHook).toList();
            return "declared a hook, but the linker folded its callers " + some(folded(number))
                    + ": calls of it and of " + some(others)
                    + " became one; link without --icf, or give each hook a default of its own";
        }
        return switch (safety) {
            case HOOK -> HOOK;
            case NOIPA -> NOIPA + made(number);
            case IMPORT -> kind == Catalogue.Kind.IMPORT ? IMPORT : EXTERNAL;
            case PLAIN -> PLAIN + made(number) + shared(aliases);
        };
    }

    /// The short form of a reason why something is plain.
    static String caution(String reason) {
        return reason.startsWith(PLAIN) ? CAUTION + reason.substring(PLAIN.length()) : "plain: " + reason;
    }

    /// The rejections about copies: what calls them does not follow the function that they are of.
    void addCopies(int[] callsOfSymbol, List<Rejection> rejections) {
        for (int group = 0; group < scan.functions().count(); group++) {
            for (int i = 0; i < scan.functions().names(group); i++) {
                int symbol = scan.functions().symbol(group, i);
                String name = scan.names().name(symbol);
                String base = Clones.isCopy(name) && !Clones.isCold(name) ? Clones.base(name) : null;
                if (base == null) {
                    continue;
                }
                int sites = callsOfSymbol[symbol];
                rejections.add(new Rejection(
                        scan.names().key(symbol),
                        "a copy or a part of another function, made by the compiler: its sites do not follow that one,"
                                + " and what it takes and returns may differ (of "
                                + base
                                + ", " + sites + (sites == 1 ? " site)" : " sites)")));
            }
        }
    }

    /// The folded callers of a hook.
    private List<String> folded(int number) {
        return foldings.callersOf(scan.catalogue().symbol(number));
    }

    private String name(int number) {
        return scan.names().name(scan.catalogue().symbol(number));
    }

    private String made(int number) {
        if (copies.isEmpty()) {
            return "";
        }
        String name = name(number);
        String base = Clones.base(name);
        String own = base == null ? "" : "; made by the compiler of " + base;
        List<String> of = copies.getOrDefault(name, List.of());
        return own + (of.isEmpty() ? "" : "; the compiler made of it " + some(of));
    }

    private static String shared(List<String> aliases) {
        return aliases.isEmpty()
                ? ""
                : "; " + some(aliases)
                        + (aliases.size() == 1 ? " is" : " are")
                        + " at its address, as an alias or folded with it: calls are distinguished by the names that"
                        + " they use, addresses in registers and the code itself are not";
    }

    /// The first ones of what may be many.
    private static String some(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and others";
    }
}
