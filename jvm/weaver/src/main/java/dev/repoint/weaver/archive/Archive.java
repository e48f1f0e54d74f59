package dev.repoint.weaver.archive;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.internal.policy.IndexedOffer;
import dev.repoint.internal.report.FileFailure;
import dev.repoint.internal.report.FileKind;
import dev.repoint.weaver.Caveat;
import dev.repoint.weaver.ClassScanner;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A jar, a directory of classes, or a class file, to be scanned or woven. Which of them it is, its content
/// decides.
///
/// Nothing is loaded. Classes are resolved among those of the file, each seeing what its place in the file lets
/// it see (a multi-release version sees its own and earlier ones), and the running JDK's.
///
/// Not thread-safe. Holds the file open until it is closed.
public final class Archive implements AutoCloseable {

    private final WholeContents contents;
    private final Classes classes;
    private WorkListener listener = WorkListener.NONE;

    private Archive(WholeContents contents) {
        this.contents = contents;
        this.classes = new Classes(contents);
    }

    /// Opens a file.
    ///
    /// @param file a jar, a directory or a class file
    /// @return the open file
    /// @throws WeaveException if it is not there, cannot be read, or is something else
    public static Archive open(Path file) {
        return open(file, NestedJars.ALL);
    }

    /// Opens a file, and looks into some of the jars inside it only.
    ///
    /// @param file a jar, a directory or a class file
    /// @param libraries which ones
    /// @return the open file
    /// @throws WeaveException if it is not there, cannot be read, is something else, or holds no such jar
    public static Archive open(Path file, NestedJars libraries) {
        return new Archive(Contents.open(file, libraries));
    }

    /// Has somebody told how far work is, from now on.
    public void listen(WorkListener told) {
        listener = told;
    }

    /// The file.
    ///
    /// @return as it was given
    public Path file() {
        return contents.file();
    }

    /// What the file is.
    ///
    /// @return its format
    public ArchiveFormat format() {
        return contents.format();
    }

    /// The classes that a class at the root of the file sees.
    ///
    /// @return the file's own and the JDK's; valid until the archive is closed
    public ClassSource classes() {
        return classes.from(Location.BASE);
    }

    /// The patchables that a selection names, with every place that uses them.
    ///
    /// Patterns of [Selection#patchable()] name what the file declares, and what it uses of other files, the
    /// JDK's among them. One that starts with `**` names nobody's methods in particular, and covers what the
    /// file declares.
    ///
    /// @param selection what to look for; `in` restricts where uses are looked for
    /// @return the table, and the patterns that were of no use
    /// @throws WeaveException if the file cannot be read; the message names the entry
    public ScanResult scan(Selection selection) {
        ClassEntries entries = new ClassEntries(contents, classes, listener);
        Survey survey = new Survey(classes, entries, selection, true).run();
        List<Rejected> rejected = new ArrayList<>();
        survey.rejections().forEach(each -> rejected.add(Rejected.of(each)));
        entries.rejected().forEach((name, reason) -> rejected.add(new Rejected(contents.place(name), reason)));
        contents.unreadable().forEach((name, reason) -> rejected.add(new Rejected(contents.place(name), reason)));
        return new ScanResult(
                new Table(survey.rows(any -> true), rejected), survey.unmatched(), entries.count(), entries.newer());
    }

    /// Weaves the file into another one.
    ///
    /// The output appears under its name when it is complete; if something fails, nothing is left. Where
    /// nothing was woven it is a copy, byte for byte: so weaving what was woven changes nothing. The table is
    /// put into a jar or a directory, where it takes in one that is there already. The same input and selection
    /// give the same bytes.
    ///
    /// A jar keeps the order, times, comments, extra fields and methods of its entries; `module-info` stays as
    /// it is. The libraries of an application, in `BOOT-INF/lib/` or `WEB-INF/lib/`, are woven as if their
    /// classes were the file's own, and get the runtime beside them if they lack it; other jars inside it stay
    /// as they are. An existing file is replaced; into an existing directory the files are put, replacing those
    /// of the same name.
    ///
    /// @param selection what to weave
    /// @param output where to; not the file itself, nor inside it
    /// @param stripSignatures whether a signed jar may be woven, and loses its signatures
    /// @return what was done; classes that could not be read are copied, and are among the rejected
    /// @throws WeaveException if the jar is signed and may not be stripped, an entry cannot be read, or the
    ///     output cannot be written; the message names file and entry
    public WeaveSummary weave(Selection selection, Path output, boolean stripSignatures) {
        checkApart(output);
        return new ArchiveOutput(contents, new ArchiveWeaving(contents, classes, selection, listener))
                .write(output, stripSignatures);
    }

    /// Writes a file in which patchables lead elsewhere from the first call on: they are woven, and what they
    /// lead to is put beside the offers, as the best of them. It needs the runtime and no agent. An operator's
    /// policy, and the program, still have the last word. `default` takes back what an earlier patch has
    /// decided.
    ///
    /// @param changes what is to lead where; each key names what the file declares
    /// @param output where to; not the file itself, nor inside it; null to check all of it and write nothing
    /// @param stripSignatures whether a signed jar may be patched, and loses its signatures
    /// @return what was done
    /// @throws WeaveException if one of them cannot be patched, or its target is not there or does not fit, as
    ///     far as class files tell; or as for [#weave]. Nothing is written then
    public WeaveSummary patch(List<Policy> changes, @Nullable Path output, boolean stripSignatures) {
        if (output != null) {
            checkApart(output);
        }
        if (format() == ArchiveFormat.CLASS) {
            throw new WeaveException(
                    file() + " is a single class file, and cannot store targets; patch its jar or folder");
        }
        Selection selection =
                Selection.ofPatchable(changes.stream().map(Policy::key).toList());
        return new ArchiveOutput(contents, new ArchiveWeaving(contents, classes, selection, listener))
                .patch(changes, output, stripSignatures);
    }

    /// What a patch of methods would not reach: forwarders, copies of inline functions, fields that are read
    /// beside their accessors.
    ///
    /// @param keys the methods
    /// @param isNamed of which ones what depends on the class's own code is told as well; for the others only
    ///     what a compiler has made
    /// @return sorted
    /// @throws WeaveException if an entry cannot be read
    public SortedSet<Caveat> caveats(Collection<Key> keys, Predicate<Key> isNamed) {
        return new CaveatSearch(new ClassEntries(contents, classes, WorkListener.NONE)).find(Set.copyOf(keys), isNamed);
    }

    /// The keys of all methods and static fields that the file declares, as candidates for what a mistyped
    /// pattern meant.
    ///
    /// @return the keys, sorted; without those of classes that cannot be read
    public SortedSet<Key> members() {
        SortedSet<Key> members = new TreeSet<>();
        ClassScanner scanner = new ClassScanner(Selection.ofAnnotated(), classes());
        new ClassEntries(contents, classes, listener).forEach(entry -> members.addAll(scanner.members(entry.bytes())));
        return members;
    }

    /// Looks whether a pattern that matches nothing may mean something of a class file that is of a later Java
    /// than the JDK's.
    ///
    /// @param pattern what was looked for
    /// @throws WeaveException if there is one; the message names its version
    public void requireReadable(KeyPattern pattern) {
        ClassScanner scanner = new ClassScanner(Selection.ofAnnotated(), classes());
        ClassEntries entries = new ClassEntries(contents, classes);
        entries.forEach(entry -> {
            if (pattern.matchesOwner(entry.internalName().replace('/', '.'))) {
                List<Key> unused = scanner.members(entry.bytes());
            }
        });
        if (!entries.newer().isEmpty()) {
            throw new WeaveException(entries.newer());
        }
    }

    /// The table that weaving has left in the file.
    ///
    /// @return empty if the file has none
    /// @throws WeaveException if it is malformed; the message names the line
    public Optional<Table> table() {
        byte[] text = contents.read(Table.ENTRY);
        return text == null ? Optional.empty() : Optional.of(TableReader.read(text, contents.place(Table.ENTRY)));
    }

    /// What the index of the file offers, and what was decided for it; from the best one on.
    ///
    /// @return empty if it has no index
    /// @throws WeaveException if a line is malformed; the message names it
    public List<Decision> decisions() {
        byte[] text = contents.read(contents.index());
        if (text == null) {
            return List.of();
        }
        try {
            return new String(text, StandardCharsets.UTF_8)
                    .lines()
                    .filter(IndexedOffer::isOffer)
                    .map(IndexedOffer::parse)
                    .sorted(Comparator.comparing(IndexedOffer::priority).reversed())
                    .map(Decision::of)
                    .toList();
        } catch (PatchException e) {
            throw new WeaveException(contents.place(contents.index()) + ": " + e.getMessage(), e);
        }
    }

    /// Whether it is a signed jar.
    public boolean isSigned() {
        return format() == ArchiveFormat.JAR
                && !Signatures.among(contents.names()).isEmpty();
    }

    /// The number of entries that ought to be class files.
    ///
    /// @return 0 or more
    public int classCount() {
        return new ClassEntries(contents, classes).count();
    }

    /// Releases the file.
    @Override
    public void close() {
        contents.close();
    }

    private void checkApart(Path output) {
        boolean directory = format() == ArchiveFormat.DIRECTORY;
        FileKind kind = FileKind.of(output);
        if (directory && kind != FileKind.FOLDER && kind != FileKind.MISSING) {
            throw new WeaveException(output + " is " + kind.text() + "; name a directory");
        }
        if (!directory && kind == FileKind.FOLDER) {
            throw new WeaveException(output + " is a directory; name a file");
        }
        try {
            Path from = file().toRealPath();
            Path to = realPath(output);
            if (to.equals(from)) {
                throw new WeaveException(output + " is the input; name another output");
            }
            if (directory && (to.startsWith(from) || from.startsWith(to))) {
                throw new WeaveException(output + (to.startsWith(from) ? " lies inside " : " contains ") + file()
                        + "; name an output beside it");
            }
        } catch (IOException e) {
            throw new WeaveException(output + " cannot be written: " + FileFailure.reason(e), e);
        }
    }

    private static Path realPath(Path output) throws IOException {
        if (Files.exists(output)) {
            return output.toRealPath();
        }
        Path absolute = output.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent != null && Files.exists(parent) ? parent.toRealPath().resolve(absolute.getFileName()) : absolute;
    }
}
