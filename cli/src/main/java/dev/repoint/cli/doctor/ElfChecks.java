package dev.repoint.cli.doctor;

import dev.repoint.elf.BuildId;
import dev.repoint.elf.ElfFile;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.SiteTable;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The checks of a file of native code: whether its calls can be redirected.
public final class ElfChecks {

    private ElfChecks() {}

    /// Makes all checks.
    ///
    /// @param table    of the file
    /// @param said     what was said when the table was looked for
    /// @param findings takes what was found
    public static void run(Path file, ElfFile elf, SiteTable table, List<String> said, Consumer<Finding> findings) {
        findings.accept(Finding.ok(
                "file", file + ": " + elf.machine().text() + " " + elf.type().text()));
        String build = elf.buildId().map(BuildId::hex).orElse("");
        findings.accept(
                build.isEmpty()
                        ? Finding.note(
                                "build id",
                                "it has none",
                                "link with -Wl,--build-id: it identifies the table and the running process")
                        : Finding.ok("build id", build));
        said.forEach(each -> findings.accept(Finding.note("table", each, "repoint table writes one of this build")));
        for (String gap : table.gaps()) {
            int end = gap.indexOf("; ");
            findings.accept(
                    Finding.note("gap", end < 0 ? gap : gap.substring(0, end), end < 0 ? "" : gap.substring(end + 2)));
        }
        Map<Safety, Integer> counts = new EnumMap<>(Safety.class);
        for (Patchable each : table.patchables()) {
            if (!each.sites().isEmpty()) {
                counts.merge(each.safety(), 1, Integer::sum);
            }
        }
        if (counts.isEmpty()) {
            findings.accept(Finding.off(
                    "sites",
                    "there is no call that Repoint could redirect",
                    "link with -Wl,--emit-relocs, see docs/native-build.md"));
            return;
        }
        String by = String.join(
                ", ",
                counts.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey().text())
                        .toList());
        String found = table.siteCount() + " of "
                + counts.values().stream().mapToInt(each -> each).sum() + " patchables (" + by + ")";
        findings.accept(
                counts.containsKey(Safety.PLAIN)
                        ? Finding.note(
                                "sites",
                                found,
                                "the compiler may have inlined, copied or merged a plain function, or keep values in"
                                    + " registers that it leaves alone (gcc, -fipa-ra); declare a hook with repoint.h")
                        : Finding.ok("sites", found));
    }
}
