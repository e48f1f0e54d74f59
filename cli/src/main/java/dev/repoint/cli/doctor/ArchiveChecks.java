package dev.repoint.cli.doctor;

import dev.repoint.cli.report.Count;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.Decision;
import dev.repoint.weaver.archive.ScanResult;
import dev.repoint.weaver.direct.DirectRow;
import dev.repoint.weaver.table.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The checks of a jar, or of a folder of classes: whether its methods can be redirected.
public final class ArchiveChecks {

    private ArchiveChecks() {}

    /// Makes all checks, as far as the file can be read.
    ///
    /// @param findings takes what was found
    public static void run(Path file, Consumer<Finding> findings) {
        try (Archive archive = Archive.open(file)) {
            int classes = archive.classCount();
            String found = file + ": " + archive.format().text() + ", " + Count.of(classes, "class", "classes");
            findings.accept(
                    classes > 0
                            ? Finding.ok("file", found)
                            : Finding.off("file", found, "there is nothing to weave; name another file"));
            findings.accept(
                    archive.isSigned()
                            ? Finding.note(
                                    "signed",
                                    "woven code would not match the signature",
                                    "weave or patch it with --strip-signatures")
                            : Finding.ok("signed", "no"));
            Table woven = archive.table().orElse(Table.EMPTY);
            findings.accept(Finding.ok(
                    "woven",
                    woven.rows().isEmpty()
                            ? "nothing yet"
                            : Count.of(woven.rows().size(), "patchable", "patchables")));
            List<DirectRow> direct = archive.pointed();
            if (!direct.isEmpty()) {
                findings.accept(Finding.ok(
                        "direct",
                        "calls of " + Count.of(direct.size(), "method", "methods")
                                + " were pointed elsewhere for good"));
            }
            ScanResult annotated = archive.scan(Selection.ofAnnotated());
            findings.accept(Finding.ok(
                    "marked",
                    Count.of(annotated.table().rows().size(), "method or field carries", "methods and fields carry")
                            + " @Patchable"));
            annotated
                    .table()
                    .rejected()
                    .forEach(each -> findings.accept(Finding.note("left", each.subject(), each.reason())));
            List<Decision> decisions = archive.decisions();
            long decided = decisions.stream().filter(Decision::isDecided).count();
            findings.accept(Finding.ok(
                    "targets",
                    Count.of(decisions.size() - decided, "offer", "offers") + ", " + decided
                            + " decided by repoint patch"));
        } catch (WeaveException e) {
            findings.accept(Finding.off("file", String.valueOf(e.getMessage()), ""));
        }
    }
}
