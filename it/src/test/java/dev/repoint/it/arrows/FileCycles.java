package dev.repoint.it.arrows;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.PermittedSubclassesAttribute;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds source files that need each other. A file is known by its outermost class.
///
/// A sealed class names those that it permits. That alone is no arrow: only code that uses them is.
final class FileCycles {

    private final Map<String, Set<String>> arrows = new TreeMap<>();

    private FileCycles(Collection<ClassModel> classes) {
        for (ClassModel classFile : classes) {
            Set<String> to = arrows.computeIfAbsent(fileOf(Arrows.nameOf(classFile)), none -> new TreeSet<>());
            ClassFileReferences.of(withoutLists(classFile)).forEach(used -> to.add(fileOf(used)));
        }
        arrows.forEach((file, to) -> {
            to.remove(file);
            to.retainAll(arrows.keySet());
        });
    }

    /// The cycles, each as all files that need each other, in the order of their names.
    static List<Set<String>> of(Collection<ClassModel> classes) {
        FileCycles graph = new FileCycles(classes);
        Map<String, Set<String>> reached = new TreeMap<>();
        graph.arrows.keySet().forEach(file -> reached.put(file, graph.reachedFrom(file)));
        List<Set<String>> cycles = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        reached.forEach((file, to) -> {
            if (to.contains(file) && seen.add(file)) {
                Set<String> cycle = new TreeSet<>(to);
                cycle.removeIf(other -> !reached.get(other).contains(file));
                seen.addAll(cycle);
                cycles.add(cycle);
            }
        });
        return cycles;
    }

    private Set<String> reachedFrom(String file) {
        Set<String> reached = new HashSet<>();
        Deque<String> waiting = new ArrayDeque<>(List.of(file));
        while (!waiting.isEmpty()) {
            for (String next : arrows.get(waiting.remove())) {
                if (reached.add(next)) {
                    waiting.add(next);
                }
            }
        }
        return reached;
    }

    /// The same class without the attributes that only list other classes, and with a constant pool of what is
    /// left: the compiler leaves names there that nothing refers to. (Frames name no class that the code does not.)
    private static ClassModel withoutLists(ClassModel classFile) {
        byte[] bytes = ClassFile.of(
                        ClassFile.ConstantPoolSharingOption.NEW_POOL, ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .transformClass(
                        classFile,
                        ClassTransform.dropping(element -> element instanceof PermittedSubclassesAttribute
                                || element instanceof InnerClassesAttribute));
        return ClassFile.of().parse(bytes);
    }

    private static String fileOf(String className) {
        int nested = className.indexOf('$', className.lastIndexOf('.') + 1);
        return nested < 0 ? className : className.substring(0, nested);
    }
}
