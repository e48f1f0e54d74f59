package dev.repoint.weaver.archive;

import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;

/// Weaves a directory of classes in place, any number of times.
///
/// Another folder keeps the original classes, so the weaver always works on the output of the compiler. The result
/// depends only on the classes and the selection, not on earlier weaving. A class that was compiled again is woven
/// again. A class that is no longer selected gets its original back. The rows of a deleted class disappear from the
/// table. If a file already has the right content, it is not written, and keeps its time.
public final class InPlaceWeaving {

    private InPlaceWeaving() {}

    /// The result for a directory.
    ///
    /// @param summary what was woven
    /// @param table the current patchables of the directory
    /// @param written the names of the files that were written or removed, or would be; sorted
    public record Outcome(WeaveSummary summary, Table table, SortedSet<String> written) {}

    /// Weaves.
    ///
    /// @param directory the classes
    /// @param kept the folder for the originals, outside the directory. It is created if necessary
    /// @param classPath the source of classes that are neither in the directory nor in the JDK
    /// @param selection what to weave
    /// @param write whether to write the changes, or only to compute them
    /// @return the result
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
