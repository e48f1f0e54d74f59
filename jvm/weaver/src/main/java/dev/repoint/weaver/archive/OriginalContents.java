package dev.repoint.weaver.archive;

import dev.repoint.internal.policy.IndexedOffer;
import dev.repoint.internal.report.FileFailure;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.table.Table;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The original content of a directory whose classes are woven in place.
final class OriginalContents implements Contents {

    private final DirectoryContents directory;
    private final Originals originals;
    private final Set<String> woven = new HashSet<>();
    private final byte @Nullable [] table;

    private OriginalContents(DirectoryContents directory, Originals originals) {
        this.directory = directory;
        this.originals = originals;
        for (String name : originals.names()) {
            byte[] now = directory.read(name);
            if (now != null && originals.areOf(name, now)) {
                woven.add(name);
            }
        }
        byte[] earlier = original(Table.ENTRY);
        this.table = earlier == null ? null : EarlierTable.of(earlier, directory);
    }

    /// Opens a directory.
    ///
    /// @param kept the folder of the originals
    static OriginalContents open(Path directory, Path kept) {
        try {
            return new OriginalContents(DirectoryContents.open(directory), Originals.in(kept));
        } catch (IOException e) {
            throw new WeaveException(kept + " cannot be read: " + FileFailure.reason(e), e);
        }
    }

    /// Writes the woven content to the directory. It does not write a file that already has the right content.
    ///
    /// @param changed the new content of entries that differ from their originals
    /// @param write whether to write, or only to compute the names
    /// @return the names of the files that were written or removed, or would be, sorted
    SortedSet<String> publish(Map<String, byte[]> changed, boolean write) {
        Map<String, byte @Nullable []> wanted = new TreeMap<>();
        Map<String, byte @Nullable []> before = new TreeMap<>();
        for (String name : woven) {
            wanted.put(name, read(name));
        }
        wanted.put(Table.ENTRY, table);
        wanted.putAll(changed);
        changed.keySet().forEach(name -> before.put(name, read(name)));
        SortedSet<String> differing = new TreeSet<>();
        wanted.forEach((name, bytes) -> {
            if (!Arrays.equals(bytes, directory.read(name))) {
                differing.add(name);
            }
        });
        if (write) {
            try {
                originals.keep(changed, before);
                for (String name : differing) {
                    put(name, wanted.get(name));
                }
            } catch (IOException e) {
                throw new WeaveException(file() + " cannot be woven in place: " + FileFailure.reason(e), e);
            }
        }
        return differing;
    }

    private void put(String name, byte @Nullable [] bytes) throws IOException {
        Path file = directory.path(name);
        if (bytes != null) {
            Originals.replace(file, bytes);
            return;
        }
        Files.delete(file);
        for (Path folder = file.getParent(); folder != null && !folder.equals(file()); folder = folder.getParent()) {
            try {
                Files.delete(folder);
            } catch (DirectoryNotEmptyException e) {
                return; // something else lies there
            }
        }
    }

    @Override
    public ArchiveFormat format() {
        return ArchiveFormat.DIRECTORY;
    }

    @Override
    public Path file() {
        return directory.file();
    }

    @Override
    public List<String> names() {
        return directory.names();
    }

    @Override
    public byte @Nullable [] read(String name) {
        return name.equals(Table.ENTRY) ? table : original(name);
    }

    @Override
    public String place(String name) {
        return directory.place(name);
    }

    @Override
    public void close() {
        directory.close();
    }

    private byte @Nullable [] original(String name) {
        if (!woven.contains(name)) {
            return directory.read(name);
        }
        try {
            byte[] original = originals.read(name);
            return original == null && !isAdded(name) ? directory.read(name) : original;
        } catch (IOException e) {
            throw new WeaveException("the original of " + place(name) + " cannot be read: " + FileFailure.reason(e), e);
        }
    }

    /// Whether weaving may have added a file.
    private static boolean isAdded(String name) {
        return name.equals(Table.ENTRY) || name.equals(IndexedOffer.ENTRY);
    }
}
