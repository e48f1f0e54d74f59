package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.report.Count;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfType;
import dev.repoint.elf.file.FileFailure;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.table.TableFile;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Staging;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.ScanResult;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint table`: writes the table of a file to a file of its own.
@Command(
        name = "table",
        header = "Stores the table of a file, so you can strip the file.",
        description = {
            "",
            "The table of a program or library belongs to one build, by its build id.",
            "Commands find it beside the file, as FILE.sites, or by --table.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repoint table server && strip server",
            "  repoint table libcrc.so -o /usr/lib/debug/libcrc.so.sites",
            "  repoint table app.jar --patchable 'com.acme.**' -o app.table"
        })
final class TableCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "A program or shared library, a jar, or a folder of classes.")
    private Path file = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "TABLE",
            description = "The file to write. Default: FILE.sites.")
    private @Nullable Path output;

    @Option(
            names = "--patchable",
            paramLabel = "KEY",
            description = "In a jar: the methods to list. For native code the table is complete.")
    private List<String> patchable = new ArrayList<>();

    @Mixin
    private NestedJarOption libraries = new NestedJarOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Path named = output;
        Path to = named == null ? TableFile.beside(file) : named;
        if (Files.exists(to) && Files.exists(file) && Files.isSameFile(to, file)) {
            throw new CommandFailure(to + " is the file itself; name another output");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (SiteSearch.isNative(file)) {
            if (!patchable.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "--patchable is for jars; the table of native code is always complete");
            }
            SiteTable table = ofModule();
            TableFile.write(table, to);
            out.println(to + ": " + Count.of(table.patchables().size(), "patchable", "patchables") + ", "
                    + Count.of(table.siteCount(), "site", "sites") + ", build "
                    + table.buildId().orElseThrow());
        } else {
            Table table = ofArchive();
            write(TableWriter.write(table), to);
            out.println(to + ": " + Count.of(table.rows().size(), "patchable", "patchables") + ", "
                    + Count.of(table.siteCount(), "site", "sites"));
        }
        return ExitCode.OK;
    }

    private static void write(byte[] table, Path to) {
        try (Staging staging = Staging.file(to, null)) {
            Files.write(staging.path(), table);
            staging.publish();
        } catch (IOException e) {
            throw new CommandFailure(to + " cannot be written: " + FileFailure.reason(e), e);
        }
    }

    private SiteTable ofModule() throws IOException {
        ElfFile elf = ElfFile.read(file);
        if (elf.type() == ElfType.RELOCATABLE) {
            throw new CommandFailure(
                    file + ": an object file has no table of its own; link it, and write the table of the result");
        }
        if (elf.buildId().isEmpty()) {
            throw new CommandFailure(file + ": has no build id to identify its table; link with -Wl,--build-id");
        }
        SiteTable table = Collector.collect(elf);
        for (String gap : table.gaps()) {
            new Notices(spec).accept(file + ": " + gap);
        }
        return table;
    }

    private Table ofArchive() {
        try (Archive archive = Archive.open(file, libraries.jars())) {
            List<KeyPattern> keys = ArgumentParser.parseAll(spec, patchable, KeyPattern::parse);
            Optional<Table> stored = keys.isEmpty() ? archive.table() : Optional.empty();
            if (stored.isPresent()) {
                return stored.get();
            }
            ScanResult result = archive.scan(Selection.ofPatchable(keys));
            NoMatch.require(result.unmatched(), List.of(file));
            return result.table();
        }
    }
}
