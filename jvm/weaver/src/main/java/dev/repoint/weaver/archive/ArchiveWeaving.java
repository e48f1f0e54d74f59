package dev.repoint.weaver.archive;

import dev.repoint.KeyPattern;
import dev.repoint.weaver.Finding;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.Weaver;
import dev.repoint.weaver.archive.ClassEntries.ClassEntry;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import dev.repoint.weaver.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The weaving of one file: its classes, then its table, then the output.
final class ArchiveWeaving {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Contents contents;
    private final Classes classes;
    private final ClassEntries entries;
    private final Selection selection;
    private final Weaver weaver;
    private final Map<String, byte[]> changed = new HashMap<>();
    private final List<PatchedEntry> patched = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private int woven;
    private long bytesBefore;
    private long bytesAfter;

    ArchiveWeaving(Contents contents, Classes classes, Selection selection) {
        this.contents = contents;
        this.classes = classes;
        this.entries = new ClassEntries(contents, classes);
        this.selection = selection;
        this.weaver = Weaver.of(selection);
    }

    WeaveSummary run(Path output, boolean stripSignatures) {
        List<String> signatures = signatures(stripSignatures);
        entries.forEach(this::weave);
        Survey survey = new Survey(classes, entries, selection, false).run();
        boolean change = woven > 0 || !signatures.isEmpty();
        try (Staging staging = Staging.beside(output)) {
            if (change) {
                addTable(survey);
                write(staging.path(), signatures);
            } else {
                copy(staging.path());
            }
            staging.publish();
        } catch (IOException e) {
            throw new WeaveException(output + " cannot be written: " + e, e);
        }
        List<Rejected> rejected = Stream.concat(
                rejections.stream().map(Rejected::of),
                unreadable().map(each -> new Rejected(contents.place(each.subject()), each.reason())))
                .toList();
        return new WeaveSummary(
                contents.format(),
                change,
                entries.count(),
                woven,
                patched,
                sites,
                rejected,
                survey.unmatched(),
                !signatures.isEmpty(),
                bytesBefore,
                bytesAfter);
    }

    private List<String> signatures(boolean strip) {
        List<String> signatures =
                contents.format() == ArchiveFormat.JAR ? Signatures.among(contents.names()) : List.of();
        if (!signatures.isEmpty() && !strip) {
            throw new WeaveException(contents.file() + " is signed (" + signatures.getFirst()
                    + "): woven classes would not match the signature; ask for it to be stripped");
        }
        return signatures;
    }

    private void weave(ClassEntry entry) {
        WeaveResult result = weaver.weave(entry.bytes(), classes.from(entry.location()), Phase.LOAD);
        bytesBefore += entry.bytes().length;
        bytesAfter += result.bytes().length;
        patched.addAll(result.entries());
        sites.addAll(result.sites());
        rejections.addAll(result.rejections());
        if (result.changed()) {
            woven++;
            changed.put(entry.name(), result.bytes());
        }
    }

    /// What is patchable in the output: by its entry, or since its calls were asked for.
    private void addTable(Survey survey) {
        if (woven == 0 || contents.format() == ArchiveFormat.CLASS) {
            return;
        }
        List<Rejected> rejected = Stream.concat(rejections.stream().map(Rejected::of), unreadable())
                .toList();
        Table table = new Table(survey.rows(this::isPatched), rejected);
        byte[] earlier = contents.read(Table.ENTRY);
        if (earlier != null) {
            table = table.and(TableReader.read(earlier, contents.place(Table.ENTRY)));
        }
        changed.put(Table.ENTRY, TableWriter.write(table));
    }

    private boolean isPatched(Finding finding) {
        if (finding.safety() == Safety.ENTRY) {
            return true;
        }
        for (KeyPattern pattern : selection.sites()) {
            if (pattern.matches(finding.key())) {
                return true;
            }
        }
        return false;
    }

    private Stream<Rejected> unreadable() {
        return entries.rejected().entrySet().stream().map(each -> new Rejected(each.getKey(), each.getValue()));
    }

    private void write(Path to, List<String> signatures) throws IOException {
        switch (contents) {
            case JarContents jar -> {
                byte[] manifest = jar.read(MANIFEST);
                if (!signatures.isEmpty() && manifest != null) {
                    changed.put(MANIFEST, Signatures.withoutDigests(manifest));
                }
                JarWriter.write(jar, to, changed, Set.copyOf(signatures));
            }
            case DirectoryContents directory -> DirectoryWriter.write(directory, to, changed);
            case SingleClass file -> Files.write(to, changed.getOrDefault(file.names().getFirst(), file.bytes()));
        }
    }

    private void copy(Path to) throws IOException {
        if (contents instanceof DirectoryContents directory) {
            DirectoryWriter.write(directory, to, Map.of());
        } else {
            Files.copy(contents.file(), to);
        }
    }
}
