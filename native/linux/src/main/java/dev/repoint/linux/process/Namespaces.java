package dev.repoint.linux.process;

import dev.repoint.elf.Dynamic;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolBinding;
import dev.repoint.elf.SymbolTable;
import dev.repoint.linux.ptrace.LinkMap;
import dev.repoint.linux.ptrace.LinkMaps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What another process has loaded, as its loader looks through it. Immutable.
///
/// A symbol that a module needs is looked for in this order (`ld.so(8)`, `dlopen(3)`):
///
/// 1. In what was loaded at the start of its namespace, in the order of the loader's list: the program, then
///    the libraries that were preloaded, then those that these need, breadth first. The first definition
///    counts, weak or not.
/// 2. In the module itself, and in what it needs, breadth first: the scope of a library that was loaded later
///    (`RTLD_LOCAL`).
///
/// Whether a library that was loaded later gave its symbols to all (`RTLD_GLOBAL`) is known to the loader
/// alone. So it comes last, and only where no other one has the symbol.
///
/// @param spaces modules by namespace, that of the program first, each in the order of the loader
/// @param others what is mapped and in none of the lists
record Namespaces(List<List<ProcessModule>> spaces, List<ProcessModule> others) {

    /// Copies the lists.
    Namespaces {
        spaces = spaces.stream().map(List::copyOf).toList();
        others = List.copyOf(others);
    }

    /// A symbol that a module offers to others.
    record Exported(ProcessModule module, Symbol symbol) {
        long address() {
            return module.at(symbol.value());
        }
    }

    /// Sorts modules.
    ///
    /// @param found   by address
    /// @param program one of them
    /// @param maps    the lists of the loader; without any, the order is that of what each module needs, from
    ///     the program on
    static Namespaces of(List<ProcessModule> found, ProcessModule program, LinkMaps maps) {
        List<List<ProcessModule>> spaces = new ArrayList<>();
        Set<ProcessModule> others = new LinkedHashSet<>(found);
        for (List<LinkMap> each : maps.namespaces()) {
            Set<ProcessModule> space = new LinkedHashSet<>();
            for (LinkMap link : each) {
                found.stream()
                        .filter(module -> module.contains(link.dynamic()))
                        .findFirst()
                        .ifPresent(space::add);
            }
            if (!space.isEmpty()) {
                spaces.add(List.copyOf(space));
                others.removeAll(space);
            }
        }
        if (spaces.isEmpty()) {
            Set<ProcessModule> ordered = needed(List.of(program), found);
            ordered.addAll(found);
            return new Namespaces(List.of(List.copyOf(ordered)), List.of());
        }
        return new Namespaces(spaces, List.copyOf(others));
    }

    /// All modules, in order; the loader itself is in several namespaces, and once here.
    List<ProcessModule> all() {
        Set<ProcessModule> all = new LinkedHashSet<>();
        spaces.forEach(all::addAll);
        all.addAll(others);
        return List.copyOf(all);
    }

    /// Where the loader finds a symbol for a module.
    ///
    /// @param version that the module asks for; empty for the one that `dlsym(3)` finds
    /// @return null if it finds none
    @Nullable
    Exported find(ProcessModule from, String name, String version) {
        for (ProcessModule each : scope(from)) {
            Exported found = in(each, name, version);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// What other modules have of a name that the loader does not find for a module.
    List<Exported> elsewhere(String name, String version) {
        List<Exported> found = new ArrayList<>();
        for (ProcessModule each : all()) {
            Exported exported = in(each, name, version);
            if (exported != null) {
                found.add(exported);
            }
        }
        return found;
    }

    private Set<ProcessModule> scope(ProcessModule from) {
        List<ProcessModule> space =
                spaces.stream().filter(each -> each.contains(from)).findFirst().orElse(List.of(from));
        Set<ProcessModule> atStart = atStart(space);
        Set<ProcessModule> scope = new LinkedHashSet<>();
        space.stream().filter(atStart::contains).forEach(scope::add);
        scope.addAll(needed(List.of(from), space));
        return scope;
    }

    /// What was loaded at the start of a namespace: all up to the last one that the first one needs, and what
    /// these need.
    private static Set<ProcessModule> atStart(List<ProcessModule> space) {
        Set<ProcessModule> byFirst = needed(List.of(space.getFirst()), space);
        int count = space.size();
        while (!byFirst.contains(space.get(count - 1))) {
            count--;
        }
        return needed(space.subList(0, count), space);
    }

    /// Modules, and what they need, breadth first.
    private static Set<ProcessModule> needed(Collection<ProcessModule> first, Collection<ProcessModule> among) {
        Set<ProcessModule> ordered = new LinkedHashSet<>();
        Deque<ProcessModule> next = new ArrayDeque<>(first);
        while (!next.isEmpty()) {
            ProcessModule module = next.remove();
            if (ordered.add(module)) {
                for (String name : module.file().dynamic().map(Dynamic::needed).orElse(List.of())) {
                    among.stream()
                            .filter(each -> each.isCalled(name))
                            .findFirst()
                            .ifPresent(next::add);
                }
            }
        }
        return ordered;
    }

    /// The symbol of a module that a reference from another module is bound to.
    private static @Nullable Exported in(ProcessModule module, String name, String version) {
        SymbolTable symbols = module.file().dynamicSymbols();
        for (Symbol symbol : symbols.named(name)) {
            boolean isOffered = symbol.isDefined()
                    && symbols.isInSection(symbol.index())
                    && symbol.binding() != SymbolBinding.LOCAL;
            boolean isMeant = version.isEmpty()
                    ? !symbols.isHiddenVersion(symbol.index())
                    : symbol.version().isEmpty() || symbol.version().equals(version);
            if (isOffered && isMeant) {
                return new Exported(module, symbol);
            }
        }
        return null;
    }
}
