package dev.repoint.internal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// What a path leads to, through symbolic links. Only a regular file is read or written: to open a pipe could
/// wait for ever, and a file that is put in the place of a device destroys that.
public enum FileKind {

    /// Nothing.
    MISSING("nothing"),
    /// A file that has content.
    REGULAR("a file"),
    /// A folder.
    FOLDER("a folder"),
    /// A named pipe, or the end of one that a process has open.
    PIPE("a pipe"),
    /// A socket.
    SOCKET("a socket"),
    /// A device, of characters or blocks.
    DEVICE("a device"),
    /// Something else.
    OTHER("something else");

    private static final int TYPE = 0xf000; // S_IFMT of inode(7), as are the numbers below
    private static final int FIFO = 0x1000;
    private static final int CHARACTERS = 0x2000;
    private static final int BLOCKS = 0x6000;
    private static final int SOCK = 0xc000;

    private final String text;

    FileKind(String text) {
        this.text = text;
    }

    /// What a path leads to.
    ///
    /// @return [#MISSING] too if it cannot be looked at: who opens it then hears why
    public static FileKind of(Path path) {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return found.isRegularFile() ? REGULAR : found.isDirectory() ? FOLDER : special(path);
        } catch (IOException e) {
            return MISSING;
        }
    }

    /// Refuses what is neither a regular file nor missing.
    ///
    /// @param path what is to be read
    /// @throws IOException if it is something else; the message is what comes behind the path
    public static void requireReadable(Path path) throws IOException {
        FileKind kind = of(path);
        if (kind != REGULAR && kind != MISSING) {
            throw new IOException("it is " + kind.text + "; name a file");
        }
    }

    /// Refuses as output what is neither a regular file nor a new name.
    ///
    /// @param path what is to be written
    /// @throws IOException if it is something else; the message is what comes behind the path
    public static void requireWritable(Path path) throws IOException {
        if (path.toString().equals("-")) {
            throw new IOException("it is not a name of standard output here; name a file to write");
        }
        FileKind kind = of(path);
        if (kind != REGULAR && kind != MISSING) {
            throw new IOException("it is " + kind.text + "; name a file to write");
        }
        if (kind == MISSING && Files.isSymbolicLink(path)) {
            throw new IOException("it is a symbolic link to a missing file; remove it, or name another file");
        }
    }

    /// How messages call it.
    public String text() {
        return text;
    }

    private static FileKind special(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return OTHER;
        }
        int mode = (Integer) Files.getAttribute(path, "unix:mode", new LinkOption[0]);
        return switch (mode & TYPE) {
            case FIFO -> PIPE;
            case CHARACTERS, BLOCKS -> DEVICE;
            case SOCK -> SOCKET;
            default -> OTHER;
        };
    }
}
