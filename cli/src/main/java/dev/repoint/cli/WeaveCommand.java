package dev.repoint.cli;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.output.StatusLine;
import dev.repoint.cli.report.Count;
import dev.repoint.cli.report.RejectionSummary;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.WeaveSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint weave`: makes methods of a file patchable.
@Command(
        name = "weave",
        header = "Makes the methods of a jar or folder patchable.",
        description = {
            "",
            "Without --patchable, weaves methods and fields with @Patchable. The output needs",
            "the runtime's jar on its class path, and no agent. The input does not change.",
            "Libraries in BOOT-INF/lib or WEB-INF/lib are woven too, and get the runtime.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repoint weave target/classes -o target/woven",
            "  repoint weave lib.jar -o lib-patchable.jar --patchable 'org.lib.**'",
            "  repoint weave lib.jar -o lib-patchable.jar --patchable 'org.lib.**:boolean'",
            "  repoint weave boot.jar -o woven.jar --patchable 'org.lib.**' --only 'l-*.jar'",
            "  repoint weave signed.jar -o woven.jar --patchable '**' --strip-signatures"
        })
final class WeaveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "IN", description = "A jar, a folder of classes, or a class file.")
    private Path input = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "The file or folder to write; not IN itself.")
    private Path output = Path.of("");

    @Option(
            names = "--patchable",
            paramLabel = "KEY",
            description = "Methods and fields to weave; wildcards are allowed.")
    private List<String> patchable = new ArrayList<>();

    @Mixin
    private NestedJarOption libraries = new NestedJarOption();

    @Option(names = "--strip-signatures", description = "Weaves signed jars too, and removes their signature.")
    private boolean stripSignatures;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<KeyPattern> patterns = ArgumentParser.parseAll(spec, patchable, KeyPattern::parse);
        long begin = System.nanoTime();
        try (StatusLine status = StatusLine.on(spec.commandLine().getErr());
                Archive archive = Archive.open(input, libraries.jars())) {
            archive.listen((step, done, all) -> status.show(step, done, all, "entries"));
            requireMatches(archive, patterns);
            WeaveSummary summary = archive.weave(Selection.ofPatchable(patterns), output, stripSignatures);
            status.close();
            print(summary, (System.nanoTime() - begin) / 1e9, spec.commandLine().getOut());
            DirectLines.tell(archive, patterns, new Notices(spec));
            CaveatLines.tell(
                    archive, summary.entries().stream().map(PatchedEntry::key).toList(), patterns, new Notices(spec));
            if (!summary.newer().isEmpty()) {
                throw new CommandFailure(summary.newer());
            }
        } catch (WeaveException e) {
            throw new CommandFailure(e.getMessage() + (isAboutSignature(e) ? " (--strip-signatures)" : ""), e);
        }
        return ExitCode.OK;
    }

    /// Asked before anything is written.
    private void requireMatches(Archive archive, List<KeyPattern> patterns) {
        if (patterns.isEmpty()) {
            return;
        }
        SortedSet<Key> methods = archive.members();
        for (KeyPattern pattern : patterns) {
            if (methods.stream().noneMatch(pattern::matches) && !isFieldOfOthers(archive, pattern)) {
                archive.requireReadable(pattern);
                throw NoMatch.failure(pattern, List.of(input), methods);
            }
        }
    }

    /// Whether a pattern means a field that the file uses and does not declare.
    private static boolean isFieldOfOthers(Archive archive, KeyPattern pattern) {
        return pattern.mayMeanField()
                && archive.scan(Selection.ofPatchable(List.of(pattern)))
                        .unmatched()
                        .isEmpty();
    }

    private boolean isAboutSignature(WeaveException failure) {
        return !stripSignatures && String.valueOf(failure.getMessage()).contains("is signed");
    }

    private static String fields(WeaveSummary summary) {
        List<Site> uses =
                summary.sites().stream().filter(site -> site.key().isField()).toList();
        long fields = uses.stream().map(Site::key).distinct().count();
        return uses.isEmpty()
                ? ""
                : " and " + Count.of(uses.size(), "use", "uses") + " of " + Count.of(fields, "field", "fields");
    }

    private void print(WeaveSummary summary, double seconds, PrintWriter out) {
        out.println(output + " (" + summary.format().text() + "): "
                + Count.of(summary.entries().size(), "entry", "entries") + fields(summary) + " woven in "
                + summary.woven() + " of "
                + Count.of(summary.classes(), "class", "classes")
                + String.format(Locale.ROOT, ", %.1f s", seconds));
        if (summary.offers() > 0) {
            out.println("  " + Count.of(summary.offers(), "offer", "offers") + " indexed");
        }
        if (summary.changed()) {
            out.printf(
                    Locale.ROOT, "  classes grew from %,d to %,d bytes%n", summary.bytesBefore(), summary.bytesAfter());
        } else {
            out.println("  nothing to weave: a copy of " + input);
        }
        if (!summary.runtime().isEmpty()) {
            out.println("  " + summary.runtime());
        }
        if (summary.signaturesRemoved()) {
            out.println("  the signature was removed");
        }
        if (!summary.rejected().isEmpty()) {
            out.println("  " + Count.of(summary.rejected().size(), "entry", "entries") + " not woven, by reason:");
            RejectionSummary.print(summary.rejected(), out, "  ");
        }
    }
}
