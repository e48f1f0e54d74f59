package dev.repoint.weaver.archive;

import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.scan.ClassScanner;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The class files among the entries of a file. If a class file cannot be read, this class remembers the reason and
/// skips it from then on.
final class ClassEntries {

    private final Contents contents;
    private final Classes classes;
    private final List<String> names;
    private final WorkListener listener;
    private final SortedMap<String, String> rejected = new TreeMap<>();
    private final SortedSet<String> newer = new TreeSet<>();

    /// One class file.
    ///
    /// @param name the entry
    /// @param bytes its content
    /// @param internalName the class in it
    /// @param location its location
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record ClassEntry(String name, byte[] bytes, String internalName, Location location) {}

    /// Visits a class file.
    interface Visitor {

        /// @throws WeaveException if the class file is malformed
        void visit(ClassEntry entry);
    }

    ClassEntries(Contents contents, Classes classes) {
        this(contents, classes, WorkListener.NONE);
    }

    /// @param listener receives each visited entry
    ClassEntries(Contents contents, Classes classes, WorkListener listener) {
        this.listener = listener;
        this.contents = contents;
        this.classes = classes;
        this.names = contents.names().stream().filter(contents::isClass).toList();
    }

    /// Visits all class files in the order of the file. If the visitor throws a [WeaveException], the entry is
    /// rejected.
    void forEach(Visitor visitor) {
        forEach("reading", visitor);
    }

    /// The same, with progress for the listener.
    void forEach(String step, Visitor visitor) {
        int done = 0;
        for (String name : names) {
            if (!rejected.containsKey(name)) {
                visit(name, visitor);
            }
            listener.done(step, ++done, names.size());
        }
    }

    /// The number of entries that should be class files, including those that cannot be read.
    int count() {
        return names.size();
    }

    /// The entries that cannot be read as class files, with the reasons.
    SortedMap<String, String> rejected() {
        return rejected;
    }

    /// The message about class files of a later Java.
    ///
    /// @return one line, or empty if there are none
    String newer() {
        if (newer.isEmpty()) {
            return "";
        }
        String first = newer.first();
        return contents.place(first) + ": " + rejected.get(first)
                + (newer.size() == 1 ? "" : " (and " + (newer.size() - 1) + " more)");
    }

    private void visit(String name, Visitor visitor) {
        byte[] bytes = contents.read(name);
        if (bytes == null) {
            throw new WeaveException(contents.place(name) + " is gone");
        }
        try {
            ClassEntry entry = entry(name, bytes);
            if (entry != null) {
                visitor.visit(entry);
            }
        } catch (WeaveException e) {
            rejected.put(name, String.valueOf(e.getMessage()));
            if (e.isOfNewerClass()) {
                newer.add(name);
            }
        } catch (RuntimeException e) {
            throw new WeaveException(contents.place(name) + ": " + e, e);
        }
    }

    private @Nullable ClassEntry entry(String name, byte[] bytes) {
        String internalName = ClassScanner.internalName(bytes);
        return internalName.equals("module-info")
                ? null
                : new ClassEntry(name, bytes, internalName, classes.locationOf(name, internalName));
    }
}
