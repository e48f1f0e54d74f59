package dev.repoint.internal.policy;

import dev.repoint.PatchException;
import dev.repoint.SafeText;
import dev.repoint.internal.report.FileFailure;
import dev.repoint.internal.report.FileKind;
import dev.repoint.internal.report.PatchRefusal;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Where the operator's policy stands, and whether changes of it are applied.
///
/// Immutable.
///
/// @param path absolute
/// @param watched whether changes are applied
record PolicyFile(Path path, boolean watched) {

    /// The system property that names it.
    static final String PROPERTY = "repoint.policy";
    static final String WATCH_PROPERTY = "repoint.policy.watch";
    static final String VARIABLE = "REPOINT_POLICY";

    /// The content.
    ///
    /// @throws PatchException if it cannot be read
    String text() {
        try {
            FileKind.requireReadable(path);
            String text = Files.readString(path);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new PatchRefusal(path + ": there is no such file; create it, or leave " + PROPERTY + " out", e);
        } catch (CharacterCodingException e) {
            throw new PatchRefusal(path + " is not written in UTF-8; write it so", e);
        } catch (IOException e) {
            throw new PatchRefusal(path + " cannot be read: " + FileFailure.reason(e), e);
        }
    }

    static void log(System.Logger.Level level, String line) {
        System.getLogger("dev.repoint").log(level, SafeText.of(line));
    }
}
