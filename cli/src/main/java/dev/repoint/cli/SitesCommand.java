package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.SyntaxException;
import dev.repoint.agent.control.ControlException;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.output.StatusLine;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.report.ArchiveResult;
import dev.repoint.cli.report.SearchResult;
import dev.repoint.cli.report.SitesJson;
import dev.repoint.cli.report.SitesText;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.linux.NativePatchException;
import dev.repoint.machine.site.SymbolPattern;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint sites`: the table of a file, or of what a running process has loaded.
@Command(
        name = "sites",
        header = "Lists patchables of files or of a process, and their sites.",
        abbreviateSynopsis = true,
        description = {
            "",
            "Without --patchable, lists: in jars and classes the methods with @Patchable and",
            "the woven ones; in native code all with sites; of a process, its program. In",
            "native code hook, noipa and import are safe to patch; plain gives the reason.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repoint sites app.jar lib.jar --patchable 'com.acme.Crc.*' --json",
            "  repoint sites boot.jar --patchable 'org.lib.**' --only 'lib-*.jar'",
            "  repoint sites server libcrc.so --patchable 'crc32*'",
            "  repoint sites /usr/sbin/nginx --entries --patchable 'ngx_http_*'",
            "  repoint sites 4711 --patchable 'libz.so.1:crc32*'"
        })
final class SitesCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE or PID",
            description = "Jars, classes; programs, libraries, object files; a process.")
    private List<String> subjects = new ArrayList<>();

    @Option(names = "--patchable", paramLabel = "KEY", description = "The patchables to list; wildcards are allowed.")
    private List<String> patchable = new ArrayList<>();

    @Option(names = "--table", paramLabel = "TABLE", description = "The table of the file. Default: FILE.sites.")
    private @Nullable Path table;

    @Option(names = "--entries", description = "Lists functions, with a verdict on each entry.")
    private boolean entries;

    @Option(names = "--debug-dir", paramLabel = "DIR", description = "With --entries: looks for debug files here, too.")
    private List<Path> debugFolders = new ArrayList<>();

    @Mixin
    private NestedJarOption libraries = new NestedJarOption();

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Option(names = "--summary", description = "Writes only numbers.")
    private boolean summary;

    private boolean hasFailed;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (json && summary) {
            throw new ParameterException(spec.commandLine(), "--json and --summary exclude each other");
        }
        if (table != null && (subjects.size() != 1 || FileOrProcess.isProcess(subjects.getFirst()))) {
            throw new ParameterException(spec.commandLine(), "--table is for one file");
        }
        List<SearchResult> results = results();
        boolean jvm = false;
        boolean empty = patchable.isEmpty();
        for (SearchResult each : results) {
            jvm |= each instanceof ArchiveResult;
            empty &= each.isEmpty();
        }
        if (empty && jvm) {
            new Notices(spec)
                    .accept("no method carries @Patchable; --patchable '**' lists all methods that can be patched");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            SitesJson.print(results, out);
        } else {
            new SitesText(out, Style.ofOutput()).print(results, summary);
        }
        for (SearchResult each : results) {
            if (each instanceof ArchiveResult scanned
                    && !scanned.result().newer().isEmpty()) {
                throw new CommandFailure(scanned.result().newer());
            }
        }
        return hasFailed ? ExitCode.FAILURE : ExitCode.OK;
    }

    private List<SearchResult> results() throws IOException {
        List<Path> files = subjects.stream()
                .filter(each -> !FileOrProcess.isProcess(each))
                .map(Path::of)
                .toList();
        List<SearchResult> results = new ArrayList<>();
        ProcessKind.requireAbsent(spec, !debugFolders.isEmpty() && !entries, "--debug-dir", "--entries");
        if (entries) {
            return entries(files);
        }
        if (!files.isEmpty()) {
            SiteSearch search = search(files);
            try (StatusLine status = StatusLine.on(spec.commandLine().getErr())) {
                results.addAll(search.in(files, status));
            }
            hasFailed = search.hasFailed();
        }
        for (String each : subjects) {
            if (FileOrProcess.isProcess(each)) {
                results.addAll(process(Long.parseLong(each)));
            }
        }
        return results;
    }

    private List<SearchResult> entries(List<Path> files) throws IOException {
        ProcessKind.requireAbsent(spec, table != null, "--table", "sites");
        List<SymbolPattern> patterns =
                patchable.stream().map(SymbolPattern::parse).toList();
        EntrySearch search = new EntrySearch(patterns, DebugFiles.of(debugFolders), new Notices(spec));
        List<SearchResult> results = new ArrayList<>();
        for (Path file : files) {
            if (!SiteSearch.isNative(file)) {
                throw new CommandFailure(file + " is no native code: --entries lists the functions of such files");
            }
            results.add(search.in(file));
        }
        if (files.size() < subjects.size()) {
            throw new CommandFailure("--entries is for files; name the program or library of the process");
        }
        return results;
    }

    /// Of several subjects, one that cannot be looked into is said, and the others are reported.
    private List<SearchResult> process(long pid) {
        try {
            return new ProcessSearch(pid, text -> Objects.requireNonNull(key(text, false)), new Notices(spec))
                    .find(patchable);
        } catch (CommandFailure | ControlException | NativePatchException e) {
            if (subjects.size() == 1) {
                throw e;
            }
            hasFailed = true;
            new Notices(spec).accept(Errors.message(e));
            return List.of();
        }
    }

    /// What is no key of a method is wrong only where nothing but methods is looked for: it may be a symbol.
    private SiteSearch search(List<Path> files) throws IOException {
        boolean jvm = false;
        boolean nativeCode = false;
        for (Path file : files) {
            try {
                if (SiteSearch.isNative(file)) {
                    nativeCode = true;
                } else if (Files.exists(file)) {
                    jvm = true;
                }
            } catch (IOException e) {
                // That is said when its turn comes.
            }
        }
        List<SiteSearch.Wanted> wanted = new ArrayList<>();
        for (String text : patchable) {
            if (text.isBlank()) {
                throw new ParameterException(spec.commandLine(), "--patchable: a key is missing");
            }
            wanted.add(new SiteSearch.Wanted(jvm ? key(text, nativeCode) : null, SymbolPattern.parse(text)));
        }
        return new SiteSearch(wanted, table, libraries.jars(), new Notices(spec));
    }

    private @Nullable KeyPattern key(String text, boolean mayBeSymbol) {
        try {
            return KeyPattern.parse(text);
        } catch (SyntaxException e) {
            if (mayBeSymbol) {
                return null;
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
