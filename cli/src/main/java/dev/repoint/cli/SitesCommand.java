package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.report.ScannedFile;
import dev.repoint.cli.report.SitesJson;
import dev.repoint.cli.report.SitesText;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.ScanResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint sites`: the table of a file.
@Command(
        name = "sites",
        header = "Lists patchables of files, their sites, and what is not patchable.",
        description = {
            "",
            "Without --patchable: the methods that carry @Patchable. Nothing is loaded.",
            ""
        },
        footer = {
            "",
            "Safe to patch is the entry, which covers all callers, or only the sites.",
            "JSON has the line -1 where a class file does not tell it.",
            "",
            "Examples:",
            "  repoint sites app.jar",
            "  repoint sites app.jar lib.jar --patchable 'com.acme.Crc.*' --json",
            "  repoint sites commons-codec.jar --patchable '**' --summary",
            "  repoint sites classes/ --patchable java.lang.System.nanoTime"
        })
final class SitesCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Jars, folders of classes, or class files.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--patchable",
            paramLabel = "KEY",
            description = "Methods to look for; wildcards are allowed.")
    private List<String> patchable = new ArrayList<>();

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Option(names = "--summary", description = "Writes numbers only.")
    private boolean summary;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (json && summary) {
            throw new ParameterException(spec.commandLine(), "--json and --summary exclude each other");
        }
        List<KeyPattern> patterns = Typed.all(spec, patchable, KeyPattern::parse);
        List<ScannedFile> scanned = scan(patterns);
        if (patterns.isEmpty() && scanned.stream().allMatch(ScannedFile::isEmpty)) {
            new Talk(spec).accept("no method carries @Patchable; --patchable '**' shows what could be patched");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            SitesJson.print(scanned, out);
        } else {
            new SitesText(out, Style.ofOutput()).print(scanned, summary);
        }
        return ExitCode.OK;
    }

    private List<ScannedFile> scan(List<KeyPattern> patterns) {
        List<ScannedFile> scanned = new ArrayList<>();
        List<KeyPattern> unmatched = new ArrayList<>(patterns);
        for (Path file : files) {
            try (Archive archive = Archive.open(file)) {
                ScanResult result = archive.scan(Selection.ofPatchable(patterns));
                unmatched.retainAll(result.unmatched());
                scanned.add(new ScannedFile(file, archive.format(), result));
            }
        }
        NoMatch.require(unmatched, files);
        return scanned;
    }
}
