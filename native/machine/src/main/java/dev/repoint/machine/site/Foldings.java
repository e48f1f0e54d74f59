package dev.repoint.machine.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds hooks whose calls the linker may have made one: those that are at one address, and are called by
/// functions that are at one address too.
///
/// A linker that folds identical functions (lld, `--icf`) takes calls of two names of one address for the same.
/// Of two functions that differ only in which of two hooks they call it keeps one, and the calls of the other
/// hook are gone. What is left of them looks like a call of the first hook.
final class Foldings {

    private static final String SECOND_NAME = ".default"; // that repoint.h gives to a default with clang

    private final ScanContext scan;
    private final Map<Integer, TreeSet<String>> callers = new HashMap<>();
    private final Map<Integer, Integer> hooks = new HashMap<>();
    private final Set<Long> seen = new HashSet<>();

    private Foldings(ScanContext scan) {
        this.scan = scan;
    }

    static Foldings of(ScanContext scan) {
        Foldings foldings = new Foldings(scan);
        if (!scan.isRelocatable() && foldings.sharesAddresses()) {
            for (int site = 0; site < scan.sites().count(); site++) {
                foldings.see(site);
            }
        }
        return foldings;
    }

    /// The functions that were folded and call a hook, or another one of its address; empty if there are none.
    ///
    /// @param symbol of the hook
    List<String> callersOf(int symbol) {
        int group = scan.functions().startingAt(scan.symbols().place(symbol));
        return List.copyOf(callers.getOrDefault(group, new TreeSet<>()));
    }

    private boolean sharesAddresses() {
        if (scan.declarations().hooks().size() < 2) {
            return false;
        }
        for (int group = 0; group < scan.functions().count(); group++) {
            if (hooksOf(group) > 1) {
                return true;
            }
        }
        return false;
    }

    private void see(int site) {
        int owner = scan.sites().owner(site);
        int in = scan.sites().in(site);
        if (in == SiteSink.NOWHERE || scan.catalogue().kind(owner) != Catalogue.Kind.FUNCTION) {
            return;
        }
        int callee = scan.functions()
                .startingAt(scan.symbols().place(scan.catalogue().symbol(owner)));
        if (callee == Functions.NONE || hooksOf(callee) < 2) {
            return;
        }
        int caller = scan.functions().startingAt(scan.symbols().place(in));
        if (caller == Functions.NONE || !seen.add((long) callee << 32 | caller)) {
            return;
        }
        List<String> names = namesOf(caller);
        if (names.size() > 1) {
            callers.computeIfAbsent(callee, group -> new TreeSet<>()).addAll(names);
        }
    }

    private int hooksOf(int group) {
        Integer known = hooks.get(group);
        if (known != null) {
            return known;
        }
        int counted = countHooks(group);
        hooks.put(group, counted);
        return counted;
    }

    private int countHooks(int group) {
        int counted = 0;
        for (int i = 0; i < scan.functions().names(group); i++) {
            if (scan.declarations().isHook(scan.names().name(scan.functions().symbol(group, i)))) {
                counted++;
            }
        }
        return counted;
    }

    /// The names of a group under which a body was compiled.
    private List<String> namesOf(int group) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < scan.functions().names(group); i++) {
            String name = scan.names().name(scan.functions().symbol(group, i));
            if (!scan.declarations().isHook(name) && !name.endsWith(SECOND_NAME)) {
                names.add(name);
            }
        }
        return names;
    }
}
