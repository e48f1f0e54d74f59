package dev.repoint.internal.report;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What went wrong with a file, in words that need no knowledge of Java: what comes behind the path in a
/// message.
public final class FileFailure {

    private static final String TOO_MANY_LINKS = "Too many levels of symbolic links";

    private FileFailure() {}

    /// The reason of a failure to read or write.
    ///
    /// @return words without the path, unless it is another file that was in the way
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "there is no " + named(missing.getFile());
        }
        if (failure instanceof AccessDeniedException denied) {
            return "access to " + named(denied.getFile()) + " is denied";
        }
        if (failure instanceof FileAlreadyExistsException exists) {
            return named(exists.getFile()) + " exists already";
        }
        if (failure instanceof DirectoryNotEmptyException full) {
            return named(full.getFile()) + " is a folder that is not empty";
        }
        if (failure instanceof NotDirectoryException file) {
            return named(file.getFile()) + " is no folder";
        }
        if (failure instanceof FileSystemLoopException loop) {
            // Java 27 also throws it for a file that cannot be opened, with these words behind the name.
            return String.valueOf(loop.getFile()).contains(TOO_MANY_LINKS)
                    ? words(TOO_MANY_LINKS)
                    : "symbolic links form a circle at " + named(loop.getFile());
        }
        if (failure instanceof FileSystemException other) {
            return uncapitalised(words(other.getReason()));
        }
        if (failure instanceof FileNotFoundException other) {
            return uncapitalised(words(inParentheses(other.getMessage())));
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not written in UTF-8";
        }
        if (failure instanceof ClosedChannelException) {
            return "it was closed meanwhile";
        }
        if (failure instanceof EOFException) {
            return "it ends too early";
        }
        return words(failure.getMessage());
    }

    /// The same of a failure that a walk through folders wraps.
    public static String reason(UncheckedIOException failure) {
        IOException cause = failure.getCause();
        return cause == null ? "it failed" : reason(cause);
    }

    /// The words of the operating system in ours, where they are those of the C library in English.
    private static String words(@Nullable String text) {
        String reason = text == null ? "" : text.strip();
        return switch (reason) {
            case "" -> "it failed, and the system does not say why";
            case "No space left on device" -> "no space is left on its disk";
            case "Disk quota exceeded" -> "the quota of its disk is used up";
            case "Read-only file system" -> "its file system can only be read";
            case TOO_MANY_LINKS, TOO_MANY_LINKS + " or unable to access attributes of symbolic link" ->
                "its symbolic links form a circle";
            case "File name too long" -> "its name is too long";
            case "Not a directory" -> "a part of its path is no folder";
            case "Is a directory" -> "it is a folder";
            case "No such file or directory" -> "there is no such file or folder";
            case "Permission denied", "Operation not permitted" -> "access is denied";
            case "Bad file descriptor", "Stream Closed" -> "it is closed";
            case "Broken pipe" -> "nobody reads it any more";
            default -> reason;
        };
    }

    private static String uncapitalised(String text) {
        return text.length() > 1 && Character.isLowerCase(text.charAt(1))
                ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
                : text;
    }

    /// `path (reason)` is what the older classes of the JDK say.
    private static @Nullable String inParentheses(@Nullable String text) {
        if (text == null || !text.endsWith(")") || !text.contains(" (")) {
            return text;
        }
        return text.substring(text.lastIndexOf(" (") + 2, text.length() - 1);
    }

    private static String named(@Nullable String file) {
        return file == null ? "file" : file;
    }
}
