package dev.repoint.it.machine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A patch of the matrix, and the rows of the output that it changes. All other rows must stay what they are.
///
/// @param changes as on the command line: `KEY=TARGET`
/// @param rows    the changed rows: name, and new value
/// @param when    the builds that it is for
record Retarget(List<String> changes, Map<String, String> rows, Predicate<Build> when) {

    /// What the program prints as it was built.
    static final Map<String, String> DEFAULTS = rows("""
        call 23
        live 56
        loop 3
        tail 22
        conditional 31
        table 41
        address 51
        factorial 24
        sum 6
        noted 3
        last_noted 4
        pair_first 62
        pair_second 62
        same_left 11
        same_right 11
        pointer 72
        pointer_tail 72
        open 3
        read 4
        shut 8
        left 4
        right 6
        clones 72
        self 8
        alias 83
        base 82
        imported 79
        imported_tail 35
        cxx 24
        """);

    /// Link-time optimisation knows that the two names are one function, and forgets which source file a local
    /// function was in. Local functions are called without relocation where one section holds caller and
    /// callee.
    private static final Predicate<Build> APART = build -> !build.lto() && build.sections();

    /// Folding makes one function of callers that differ only in which of two names of one address they call.
    private static final Predicate<Build> UNFOLDED = build -> !build.icf();

    /// A call through a register stays on the default.
    private static final Predicate<Build> NAMED = build -> !build.callsThroughRegisters();

    /// Every patch.
    static final List<Retarget> ALL = List.of(
            of("called=called_new", "call 2003\nlive 5006\nloop 2973\ncxx 1014").onlyFor(NAMED),
            of("called=zero", "call 1\nlive -2\nloop -30\ncxx 12").onlyFor(NAMED),
            of("tailed=tailed_new", "tail 2002"),
            of("tailed=zero", "tail 0"),
            of("conditional=conditional_new", "conditional 3001"),
            of("conditional=zero", "conditional 0"),
            of("conditional=nothing", "conditional 1"),
            of("tabled=tabled_new", "table 4001"),
            of("factorial=factorial_new", "factorial 6004"),
            of("sum=sum_new", "sum 7003"),
            of("sum=zero", "sum 0"),
            of("noted=noted_new", "noted 16003").onlyFor(NAMED),
            of("noted=nothing", "noted 0").onlyFor(NAMED),
            of("last_noted=noted_new", "last_noted 8002"),
            of("last_noted=nothing", "last_noted 0"),
            of("pair_first=pair_new", "pair_first 9002").onlyFor(UNFOLDED),
            of("pair_second=pair_new", "pair_second 9002").onlyFor(UNFOLDED),
            of("same_left=same_new", "same_left 10002").onlyFor(UNFOLDED),
            of("same_right=zero", "same_right 1").onlyFor(UNFOLDED),
            of("pointed=pointed_new", "pointer 11002\npointer_tail 11002"),
            of("operations=guest_operations", "open 16002\nread 17002\nshut 36002"),
            of("operations+8=opened_new", "read 12002"),
            of("imported=imported_new", "imported 13046\nimported_tail 13002"),
            of("imported=zero", "imported 45\nimported_tail 0"),
            of("area=area_new", "cxx 19019"),
            of("left.c:scale=scale_new", "left 14002").onlyFor(APART),
            of("right.c:scale=zero", "right 1").onlyFor(APART),
            of("other_name=base_new", "alias 15003").onlyFor(APART),
            of("base=base_new", "base 15002").onlyFor(APART));

    private static Retarget of(String change, String rows) {
        return new Retarget(List.of(change), rows(rows), build -> true);
    }

    private Retarget onlyFor(Predicate<Build> builds) {
        return new Retarget(changes, rows, builds);
    }

    /// One patch of all keys whose rows are their own, each with the first of its targets above.
    static Retarget together(Build build) {
        Map<String, String> byKey = new LinkedHashMap<>();
        Map<String, String> rows = new LinkedHashMap<>();
        for (Retarget retarget : ALL) {
            String change = retarget.changes.getFirst();
            if (retarget.when.test(build)
                    && Collections.disjoint(rows.keySet(), retarget.rows.keySet())
                    && byKey.putIfAbsent(change.substring(0, change.indexOf('=')), change) == null) {
                rows.putAll(retarget.rows);
            }
        }
        return new Retarget(List.copyOf(byKey.values()), rows, when -> true);
    }

    /// The same keys, each with its default.
    List<String> defaults() {
        return changes.stream()
                .map(change -> change.substring(0, change.indexOf('=')) + "=default")
                .toList();
    }

    private static Map<String, String> rows(String lines) {
        Map<String, String> rows = new LinkedHashMap<>();
        lines.lines()
                .forEach(line -> rows.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        return rows;
    }
}
