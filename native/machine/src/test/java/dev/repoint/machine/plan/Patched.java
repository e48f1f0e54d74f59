package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A file that was patched, with the plan that it was patched by.
///
/// @param file that was written
/// @param plan that was followed
record Patched(Path file, Plan plan) {

    /// Patches a file as the command does, into a file beside it.
    static Patched of(Path file, String out, String... changes) throws IOException {
        ElfFile elf = ElfFile.read(file);
        return of(elf, Collector.collect(elf), file, out, changes);
    }

    static Patched of(ElfFile elf, SiteTable table, Path file, String out, String... changes) throws IOException {
        Plan plan = Planner.plan(
                elf, table, Arrays.stream(changes).map(Change::parse).toList());
        Path written = file.resolveSibling(out);
        FilePatch.write(elf, plan, written);
        assertThat(differences(file, written))
                .as("changed is what the plan says, and nothing else")
                .isEqualTo(planned(plan, Files.size(file)));
        return new Patched(written, plan);
    }

    /// The plan alone.
    static Plan plan(Path file, String... changes) throws IOException {
        ElfFile elf = ElfFile.read(file);
        return Planner.plan(
                elf,
                Collector.collect(elf),
                Arrays.stream(changes).map(Change::parse).toList());
    }

    /// The offsets at which bytes differ, and those that only the second one has.
    private static List<Long> differences(Path before, Path after) throws IOException {
        byte[] old = Files.readAllBytes(before);
        byte[] now = Files.readAllBytes(after);
        assertThat(now.length).isGreaterThanOrEqualTo(old.length);
        return java.util.stream.LongStream.range(0, now.length)
                .filter(i -> i >= old.length || old[(int) i] != now[(int) i])
                .boxed()
                .toList();
    }

    private static List<Long> planned(Plan plan, long size) {
        return plan.edits().stream()
                .flatMapToLong(edit -> java.util.stream.LongStream.range(0, edit.length())
                        .filter(i -> edit.isGrowth()
                                || edit.offset().value() >= size
                                || edit.expected()[(int) i] != edit.replacement()[(int) i])
                        .map(i -> edit.offset().value() + i))
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }
}
