package dev.repoint.weaver.archive;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.internal.policy.IndexedOffer;
import dev.repoint.internal.report.FileFailure;
import dev.repoint.internal.report.FileKind;
import dev.repoint.weaver.Caveat;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.direct.DirectRow;
import dev.repoint.weaver.scan.ClassScanner;
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

/// A jar, a directory of classes, or a class file, for scanning or weaving. Its content decides which of them it is.
///
/// Repoint loads no class. It resolves classes among those of the file and those of the running JDK. Each class sees
/// the classes that its place in the file allows: a version of a multi-release jar sees its own and earlier classes.
///
/// Not thread-safe. Keeps the file open until you close the archive.
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
    /// @throws WeaveException if it does not exist, cannot be read, or has another format
    public static Archive open(Path file) {
        return open(file, NestedJars.ALL);
    }

    /// Opens a file, and reads only selected jars inside it.
    ///
    /// @param file a jar, a directory or a class file
    /// @param libraries selects the jars
    /// @return the open file
    /// @throws WeaveException if it does not exist, cannot be read, has another format, or contains no such jar
    public static Archive open(Path file, NestedJars libraries) {
        return new Archive(Contents.open(file, libraries));
    }

    /// Sets the listener for the progress of work.
    public void listen(WorkListener told) {
        listener = told;
    }

    /// The file.
    ///
    /// @return the path that was passed to [#open]
    public Path file() {
        return contents.file();
    }

    /// The format of the file.
    ///
    /// @return the format
    public ArchiveFormat format() {
        return contents.format();
    }

    /// The classes that a class at the root of the file sees.
    ///
    /// @return the classes of the file and of the JDK; valid until you close the archive
    public ClassSource classes() {
        return classes.from(Location.BASE);
    }

    /// The patchables that a selection names, with all places that use them.
    ///
    /// Patterns of [Selection#patchable()] match methods and fields that the file declares, and those of other files
    /// and of the JDK that it uses. A pattern that begins with `**` matches only those that the file declares.
    ///
    /// @param selection the patchables; `in` limits the classes whose uses are listed
    /// @return the table, and the patterns that match nothing
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
    /// The output gets its name when it is complete. After a failure nothing remains. If nothing is woven, the
    /// output is a copy, byte for byte: so if you weave a woven file again, it does not change. A jar or directory
    /// gets the table, together with the rows of an earlier table. The same input and selection give the same bytes.
    ///
    /// A jar keeps the order, times, comments, extra fields and methods of its entries. `module-info` does not
    /// change. The libraries of an application, in `BOOT-INF/lib/` or `WEB-INF/lib/`, are woven like the file's own
    /// classes, and get the runtime if they lack it. Other jars inside the file do not change. The output replaces
    /// an existing file. In an existing directory it replaces the files with the same names.
    ///
    /// @param selection what to weave
    /// @param output the new file; not the file itself, nor inside it
    /// @param stripSignatures whether to weave a signed jar and remove its signatures
    /// @return the result. Classes that cannot be read are copied, and are among the rejected
    /// @throws WeaveException if the jar is signed and `stripSignatures` is false, an entry cannot be read, or the
    ///     output cannot be written; the message names file and entry
    public WeaveSummary weave(Selection selection, Path output, boolean stripSignatures) {
        checkApart(output);
        return new ArchiveOutput(contents, new ArchiveWeaving(contents, classes, selection, listener))
                .write(output, stripSignatures);
    }

    /// Writes a copy of the file whose patchables have other targets from the first call on. It weaves the
    /// patchables, and stores the targets in the index, before all offers. The program then needs the runtime and no
    /// agent. An operator's policy and the program can still override the targets. The target `default` removes the
    /// target of an earlier patch.
    ///
    /// @param changes the targets; each key names a method or field that the file declares
    /// @param output the new file; not the file itself, nor inside it; null to check everything and write nothing
    /// @param stripSignatures whether to patch a signed jar and remove its signatures
    /// @return the result
    /// @throws WeaveException if a key cannot be patched, or its target does not exist or does not fit, as far as
    ///     class files show; or as for [#weave]. Then nothing is written
    public WeaveSummary patch(List<Policy> changes, @Nullable Path output, boolean stripSignatures) {
        if (output != null) {
            checkApart(output);
        }
        if (format() == ArchiveFormat.CLASS) {
            throw new WeaveException(
                    file() + " is a single class file, and cannot store targets; patch its jar or folder");
        }
        DirectPatch.requireNone(contents, changes);
        Selection selection =
                Selection.ofPatchable(changes.stream().map(Policy::key).toList());
        return new ArchiveOutput(contents, new ArchiveWeaving(contents, classes, selection, listener))
                .patch(changes, output, stripSignatures);
    }

    /// Writes a copy of the file whose calls of methods are pointed at other methods. The program then needs no
    /// runtime, and nothing can change the targets later.
    ///
    /// @param changes the targets, which are static methods; each key names a method that the file declares or calls
    /// @param isClosed whether no class outside of the file extends one of its classes
    /// @param force whether to write although some calls still reach a method
    /// @param output the new file; not the file itself, nor inside it; null to check everything and write nothing
    /// @param stripSignatures whether to patch a signed jar and remove its signatures
    /// @return the result; without an output if a method is refused, or if calls still reach one and `force` is false
    /// @throws WeaveException if a key names no method, or as for [#weave]. Then nothing is written
    public DirectSummary point(
            List<Policy> changes, boolean isClosed, boolean force, @Nullable Path output, boolean stripSignatures) {
        if (output != null) {
            checkApart(output);
        }
        return new DirectPatch(contents, classes, changes, isClosed, listener).run(output, force, stripSignatures);
    }

    /// The methods whose calls earlier patches have pointed at targets.
    ///
    /// @return in the order of their keys
    /// @throws WeaveException if the record is malformed; the message names the line
    public List<DirectRow> pointed() {
        return DirectPatch.earlier(contents);
    }

    /// The calls that a patch of methods would not reach: forwarders, copies of inline functions, direct reads of
    /// fields with accessors.
    ///
    /// @param keys the methods
    /// @param isNamed selects the methods for all reports. For the others, the result contains only code that a
    ///     compiler made
    /// @return the reports, sorted
    /// @throws WeaveException if an entry cannot be read
    public SortedSet<Caveat> caveats(Collection<Key> keys, Predicate<Key> isNamed) {
        return new CaveatSearch(new ClassEntries(contents, classes, WorkListener.NONE)).find(Set.copyOf(keys), isNamed);
    }

    /// The keys of all methods and static fields that the file declares. They are candidates for the correction of a
    /// mistyped pattern.
    ///
    /// @return the keys, sorted; without those of classes that cannot be read
    public SortedSet<Key> members() {
        SortedSet<Key> members = new TreeSet<>();
        ClassScanner scanner = new ClassScanner(Selection.ofAnnotated(), classes());
        new ClassEntries(contents, classes, listener).forEach(entry -> members.addAll(scanner.members(entry.bytes())));
        return members;
    }

    /// The key of the class file for one that is written as the source of another language has it.
    ///
    /// @param policy a change
    /// @return the same change, with the key of the class file
    /// @throws WeaveException if the key means several members; the message names them
    public Policy resolved(Policy policy) {
        return new SourceKeys(contents.file(), new ClassEntries(contents, classes)).resolved(policy);
    }

    /// Checks whether a pattern that matches nothing may refer to a class file of a later Java than the JDK's.
    ///
    /// @param pattern the pattern
    /// @throws WeaveException if there is such a class file; the message names its version
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

    /// The table of a woven file.
    ///
    /// @return empty if the file has none
    /// @throws WeaveException if it is malformed; the message names the line
    public Optional<Table> table() {
        byte[] text = contents.read(Table.ENTRY);
        return text == null ? Optional.empty() : Optional.of(TableReader.read(text, contents.place(Table.ENTRY)));
    }

    /// The offers in the index of the file, and the targets that were set for it; the best first.
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
        } catch (PatchException | SyntaxException e) {
            throw new WeaveException(contents.place(contents.index()) + ": " + e.getMessage(), e);
        }
    }

    /// Whether the jar is signed.
    public boolean isSigned() {
        return format() == ArchiveFormat.JAR
                && !Signatures.among(contents.names()).isEmpty();
    }

    /// The number of entries that should be class files.
    ///
    /// @return 0 or more
    public int classCount() {
        return new ClassEntries(contents, classes).count();
    }

    /// Closes the file.
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
