package dev.repoint.weaver.build;

import dev.repoint.KeyPattern;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.archive.ClassPath;
import dev.repoint.weaver.archive.InPlaceWeaving;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// Finds faults of woven classes. Each finding is one line with the fault and the next step.
///
/// @param request the request
/// @param outcome the result of weaving, not written
/// @param classPath the class path of the classes
record Check(Request request, InPlaceWeaving.Outcome outcome, ClassPath classPath) {

    /// All findings, without the patterns that match nothing: these have lines of their own.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        addNotWoven(problems);
        for (Rejected each : named()) {
            problems.add(each.subject() + " cannot be woven: " + each.reason());
        }
        addModule(problems);
        problems.addAll(new PolicyCheck(request, outcome.table(), classPath).problems());
        return problems;
    }

    private void addNotWoven(List<String> problems) {
        SortedSet<String> names = outcome.written();
        if (names.isEmpty()) {
            return;
        }
        // The name of a class tells the user more than the name of the table.
        String first = names.stream()
                .filter(name -> name.endsWith(".class"))
                .findFirst()
                .orElse(names.first());
        problems.add(request.classes().resolve(first)
                + (names.size() == 1 ? " is" : " and " + (names.size() - 1) + " more are")
                + " not woven with this configuration: run the goal weave, with the same configuration, after"
                + " all steps that write classes");
    }

    /// The rejected methods that carry the annotation, or that a key without wildcards names. A wildcard may match
    /// methods that cannot be woven.
    private List<Rejected> named() {
        Selection all = request.selection();
        List<KeyPattern> entries =
                all.patchable().stream().filter(KeyPattern::isExact).toList();
        List<KeyPattern> sites =
                all.sites().stream().filter(KeyPattern::isExact).toList();
        if (entries.size() == all.patchable().size()
                && sites.size() == all.sites().size()) {
            return outcome.summary().rejected();
        }
        Selection named = new Selection(entries, true, sites, all.in(), all.exclude());
        return InPlaceWeaving.run(request.classes(), request.kept(), classPath, named, false)
                .summary()
                .rejected();
    }

    /// Woven code calls the runtime, so a module must read it.
    private void addModule(List<String> problems) {
        Path descriptor = request.classes().resolve("module-info.class");
        if (outcome.table().equals(Table.EMPTY) || !Files.exists(descriptor)) {
            return;
        }
        try (InputStream in = Files.newInputStream(descriptor)) {
            ModuleDescriptor module = ModuleDescriptor.read(in);
            boolean reads = module.requires().stream()
                    .anyMatch(each -> each.name().equals("dev.repoint")
                            && !each.modifiers().contains(Requires.Modifier.STATIC));
            if (!reads) {
                problems.add(
                        "module " + module.name() + " does not require dev.repoint, but its woven classes call it; add "
                                + "'requires dev.repoint;' to module-info.java");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
