package dev.repoint.it.machine;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.plan.Change;
import dev.repoint.machine.plan.FilePatch;
import dev.repoint.machine.plan.Plan;
import dev.repoint.machine.plan.Planner;
import dev.repoint.machine.site.Collector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Writes patched copies of files: what a test does that is about the program and not about the plan.
final class Patched {

    private Patched() {}

    /// Writes a patched copy.
    ///
    /// @param file    what was built
    /// @param out     the copy
    /// @param changes `KEY=TARGET`
    /// @return what was changed
    static Plan write(Path file, Path out, List<String> changes) throws IOException {
        ElfFile elf = ElfFile.read(file);
        Plan plan = Planner.plan(
                elf, Collector.collect(elf), changes.stream().map(Change::parse).toList());
        FilePatch.write(elf, plan, out);
        return plan;
    }

    /// Writes a patched copy.
    static Plan write(Path file, Path out, String... changes) throws IOException {
        return write(file, out, List.of(changes));
    }
}
