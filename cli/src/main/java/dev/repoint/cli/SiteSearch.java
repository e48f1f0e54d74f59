package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.output.StatusLine;
import dev.repoint.cli.report.ArchiveResult;
import dev.repoint.cli.report.NativeResult;
import dev.repoint.cli.report.SearchResult;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.file.FileFailure;
import dev.repoint.elf.file.FileKind;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Rejection;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.site.SourceLines;
import dev.repoint.machine.site.SymbolPattern;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.NestedJars;
import dev.repoint.weaver.archive.ScanResult;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import dev.repoint.weaver.table.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks for patchables in files of both kinds.
final class SiteSearch {

    /// What is looked for.
    ///
    /// @param key    as a key of a method; null if it is none, and there are files of native code that may have
    ///     it
    /// @param symbol as a symbol
    record Wanted(@Nullable KeyPattern key, SymbolPattern symbol) {}

    private final List<Wanted> wanted;
    private final List<KeyPattern> keys = new ArrayList<>();
    private final @Nullable Path table;
    private final NestedJars libraries;
    private final Consumer<String> notices;
    private final boolean[] matched;
    private boolean hasFailed;
    private final List<SiteTable> modules = new ArrayList<>();
    private final List<Path> archives = new ArrayList<>();

    /// @param wanted what to look for; if there is nothing, it finds all that is of interest
    /// @param table  a file that has the table, or null
    /// @param libraries which jars inside a jar are looked into
    /// @param notices takes what is not a result
    SiteSearch(List<Wanted> wanted, @Nullable Path table, NestedJars libraries, Consumer<String> notices) {
        this.libraries = libraries;
        this.wanted = List.copyOf(wanted);
        this.table = table;
        this.notices = notices;
        this.matched = new boolean[wanted.size()];
        for (Wanted each : wanted) {
            if (each.key != null) {
                keys.add(each.key);
            }
        }
    }

    /// Whether a file is one of native code.
    static boolean isNative(Path file) throws IOException {
        return Files.isRegularFile(file) && ElfFile.looksLikeElf(file);
    }

    /// What the files have. Of several, one that cannot be read is said, and the others are looked at.
    ///
    /// @param status shows how far it is
    /// @throws CommandFailure if something that was asked for is in none of them
    List<SearchResult> in(List<Path> files, StatusLine status) throws IOException {
        List<SearchResult> results = new ArrayList<>();
        int done = 0;
        for (Path file : files) {
            status.show("reading", done++, files.size(), files.size() == 1 ? "file" : "files");
            try {
                results.add(isNative(file) ? collected(file) : scanned(file, status));
            } catch (IOException | WeaveException | CommandFailure e) {
                if (files.size() == 1) {
                    throw e;
                }
                hasFailed = true;
                notices.accept(Errors.message(e));
            }
        }
        for (int i = 0; i < matched.length; i++) {
            if (!matched[i]) {
                throw unmatched(wanted.get(i), files);
            }
        }
        return results;
    }

    /// Whether one of the files could not be read.
    boolean hasFailed() {
        return hasFailed;
    }

    private CommandFailure unmatched(Wanted missed, List<Path> files) {
        KeyPattern key = missed.key;
        if (modules.isEmpty() && key != null) {
            NoMatch.require(List.of(key), archives);
        }
        Set<String> names = new TreeSet<>();
        for (SiteTable module : modules) {
            for (Patchable each : module.patchables()) {
                names.add(each.key().symbol());
            }
        }
        String where = files.size() == 1 ? files.getFirst().toString() : "any of the " + files.size() + " files";
        String question = NearNames.question(missed.symbol.text(), names);
        return new CommandFailure("key '" + missed.symbol + "' matches nothing in " + where
                + (question.isEmpty() ? "; repoint sites --patchable '**' lists all patchables" : question));
    }

    private NativeResult collected(Path file) throws IOException {
        ElfFile elf = ElfFile.read(file);
        SiteTable all = ModuleTable.of(file, elf, table, notices);
        modules.add(all);
        for (String gap : all.gaps()) {
            notices.accept(file + ": " + gap);
        }
        List<Patchable> patchables = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        for (Patchable each : all.patchables()) {
            if (wanted.isEmpty() ? !each.sites().isEmpty() : matches(each.key())) {
                patchables.add(each);
            }
        }
        for (Rejection each : all.rejections()) {
            if (wanted.isEmpty() || matches(each.key())) {
                rejections.add(each);
            }
        }
        if (!wanted.isEmpty()) {
            patchables = withLines(elf, patchables);
        }
        return new NativeResult(file, all, patchables, rejections, !wanted.isEmpty());
    }

    /// Of what was asked for alone: reading all lines of a program takes as long as collecting its sites.
    private List<Patchable> withLines(ElfFile elf, List<Patchable> patchables) {
        try {
            SourceLines lines = SourceLines.of(elf);
            List<Patchable> known = new ArrayList<>();
            for (Patchable each : patchables) {
                known.add(lines.in(each));
            }
            return known;
        } catch (ElfFormatException e) {
            notices.accept(e.getMessage() + "; lines are not shown");
            return patchables;
        }
    }

    private boolean matches(NativeKey key) {
        boolean any = false;
        for (int i = 0; i < matched.length; i++) {
            if (!wanted.get(i).symbol.matches(key)) {
                continue;
            }
            matched[i] = true;
            any = true;
        }
        return any;
    }

    private ArchiveResult scanned(Path file, StatusLine status) throws IOException {
        try (Archive archive = Archive.open(file, libraries)) {
            archives.add(file);
            archive.listen((step, done, all) -> status.show(step + " " + file.getFileName(), done, all, "classes"));
            Path named = table;
            if (wanted.isEmpty() || !keys.isEmpty()) {
                DirectLines.tell(archive, keys, notices);
            }
            Optional<Table> stored = named != null
                    ? Optional.of(TableReader.read(bytes(named), named.toString()))
                    : wanted.isEmpty() ? archive.table() : Optional.empty();
            if (stored.isPresent()) {
                ScanResult chosen = new ScanResult(chosen(stored.get()), List.of(), archive.classCount());
                return new ArchiveResult(file, archive.format(), chosen);
            }
            if (!wanted.isEmpty() && keys.isEmpty()) { // nothing that a method could be called
                return new ArchiveResult(
                        file, archive.format(), new ScanResult(Table.EMPTY, List.of(), archive.classCount()));
            }
            ScanResult result = archive.scan(Selection.ofPatchable(keys));
            CaveatLines.tell(
                    archive, result.table().rows().stream().map(TableRow::key).toList(), keys, notices);
            for (int i = 0; i < matched.length; i++) {
                KeyPattern key = wanted.get(i).key;
                matched[i] |= key != null && !result.unmatched().contains(key);
            }
            return new ArchiveResult(file, archive.format(), result);
        }
    }

    private static byte[] bytes(Path table) throws IOException {
        try {
            FileKind.requireReadable(table);
            return Files.readAllBytes(table);
        } catch (IOException e) {
            throw new CommandFailure("--table " + table + " cannot be read: " + FileFailure.reason(e), e);
        }
    }

    /// The rows of a table that were asked for.
    private Table chosen(Table stored) {
        if (wanted.isEmpty()) {
            return stored;
        }
        List<TableRow> rows = new ArrayList<>();
        for (TableRow row : stored.rows()) {
            boolean any = false;
            for (int i = 0; i < matched.length; i++) {
                KeyPattern key = wanted.get(i).key;
                if (key == null || !key.matches(row.key())) {
                    continue;
                }
                matched[i] = true;
                any = true;
            }
            if (any) {
                rows.add(row);
            }
        }
        return new Table(rows, stored.rejected());
    }
}
