package dev.repoint.weaver.archive;

import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;

/// Weaves a directory of classes where it is, as often as a build likes.
///
/// What the classes were before is kept in another folder, so that each is always woven from what the compiler
/// wrote, and the outcome depends on the classes and the selection alone, not on what was woven before: a class
/// that was compiled again is woven again, one that is no longer selected gets its original back, and what a
/// deleted class had goes out of the table. A file that already is what it should be is not touched, and keeps
/// its time.
public final class InPlaceWeaving {

    private InPlaceWeaving() {}

    /// What became of a directory.
    ///
    /// @param summary what was woven
    /// @param table what the directory has of patchables now
    /// @param written the names of the files that were written or removed, or would be; sorted
    public record Outcome(WeaveSummary summary, Table table, SortedSet<String> written) {}

    /// Weaves.
    ///
    /// @param directory the classes
    /// @param kept the folder for what they were; outside the directory. It is made where it is missing
    /// @param classPath where classes are looked for that are neither there nor in the JDK
    /// @param selection what to weave
    /// @param write whether to change anything, or only to say what would change
    /// @return what was done, or would be
    /// @throws WeaveException if the directory cannot be read or written; the message names the file
    public static Outcome run(Path directory, Path kept, ClassPath classPath, Selection selection, boolean write) {
        if (kept.toAbsolutePath()
                .normalize()
                .startsWith(directory.toAbsolutePath().normalize())) {
            throw new WeaveException(
                    kept + " lies inside " + directory + "; keep the original classes in a folder beside it");
        }
        try (OriginalContents contents = OriginalContents.open(directory, kept)) {
            ArchiveWeaving weaving = new ArchiveWeaving(contents, new Classes(contents, classPath), selection)
                    .run()
                    .requireNoneNewer();
            Map<String, byte[]> changed = weaving.changed();
            byte[] text = changed.getOrDefault(Table.ENTRY, contents.read(Table.ENTRY));
            Table table = text == null ? Table.EMPTY : TableReader.read(text, contents.place(Table.ENTRY));
            SortedSet<String> written = contents.publish(changed, write);
            return new Outcome(weaving.summary(!written.isEmpty(), false), table, written);
        }
    }
}
