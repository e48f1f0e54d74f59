package dev.repoint.it.arrows;

import java.lang.classfile.ClassModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Finds packages that need each other.
final class PackageCycles {

    /// For each package the packages it refers to, each with one reference that shows it.
    private final Map<String, Map<String, String>> arrows = new TreeMap<>();

    private PackageCycles(Collection<ClassModel> classes) {
        Set<String> own = classes.stream()
                .map(each -> Arrows.packageOf(Arrows.nameOf(each)))
                .collect(Collectors.toSet());
        for (ClassModel classFile : classes) {
            String from = Arrows.packageOf(Arrows.nameOf(classFile));
            for (String used : ClassFileReferences.of(classFile)) {
                String to = Arrows.packageOf(used);
                if (to.equals(from) || !own.contains(to)) {
                    continue;
                }
                arrows.computeIfAbsent(from, none -> new TreeMap<>())
                        .putIfAbsent(to, Arrows.nameOf(classFile) + " refers to " + used);
            }
        }
    }

    /// A shortest cycle among the packages of `classes`, one line for each of its arrows; empty if there is
    /// none.
    static List<String> shortest(Collection<ClassModel> classes) {
        PackageCycles graph = new PackageCycles(classes);
        List<String> best = List.of();
        for (String start : graph.arrows.keySet()) {
            List<String> cycle = graph.path(start, start).orElse(List.of());
            if (!cycle.isEmpty() && (best.isEmpty() || cycle.size() < best.size())) {
                best = cycle;
            }
        }
        return best;
    }

    /// The arrows of a shortest way from one package to another, breadth first.
    private Optional<List<String>> path(String from, String to) {
        record Way(String end, List<String> arrows) {}
        List<Way> ways = new ArrayList<>(List.of(new Way(from, List.of())));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get(i);
            for (Map.Entry<String, String> arrow :
                    arrows.getOrDefault(way.end, Map.of()).entrySet()) {
                List<String> longer = new ArrayList<>(way.arrows);
                longer.add(arrow.getValue());
                if (arrow.getKey().equals(to)) {
                    return Optional.of(longer);
                }
                if (seen.add(arrow.getKey())) {
                    ways.add(new Way(arrow.getKey(), longer));
                }
            }
        }
        return Optional.empty();
    }
}
