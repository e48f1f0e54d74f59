package dev.repoint.internal.policy;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.SafeText;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.report.FileFailure;
import dev.repoint.internal.report.FileKind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the operator's policy stands, and whether changes of it are applied.
///
/// | setting | |
/// | --- | --- |
/// | agent option `policyfile=FILE` | the file; wins over the settings below |
/// | system property `repoint.policy` | the file |
/// | environment variable `REPOINT_POLICY` | the file, where the property is not set |
/// | system property `repoint.policy.watch`, agent option `watch=true` | whether changes are applied |
///
/// Immutable.
///
/// @param path absolute
/// @param watched whether changes are applied
public record PolicyFile(Path path, boolean watched) {

    static final String PROPERTY = "repoint.policy";
    static final String WATCH_PROPERTY = "repoint.policy.watch";
    static final String VARIABLE = "REPOINT_POLICY";

    /// The file that the settings name, or null.
    static @Nullable PolicyFile ofSettings() {
        String property = System.getProperty(PROPERTY);
        String name = property == null ? System.getenv(VARIABLE) : property;
        if (name == null || name.isBlank()) {
            if (Boolean.getBoolean(WATCH_PROPERTY)) {
                log(
                        System.Logger.Level.WARNING,
                        WATCH_PROPERTY + " is set, but no file to watch: name it by " + PROPERTY + " or " + VARIABLE);
            }
            return null;
        }
        try {
            return new PolicyFile(Path.of(name.strip()).toAbsolutePath(), Boolean.getBoolean(WATCH_PROPERTY));
        } catch (InvalidPathException e) {
            log(System.Logger.Level.ERROR, "no policy is applied: '" + name + "' is no path: " + e.getReason());
            return null;
        }
    }

    /// Applies a file, or that of the settings.
    ///
    /// @param file the file, or null for that of the settings
    /// @return the keys that it names
    /// @throws PatchException if it cannot be read, or is to be watched and is not named
    public static List<KeyPattern> use(@Nullable Path file, boolean watched) {
        PolicyFile of = file == null ? ofSettings() : new PolicyFile(file.toAbsolutePath(), watched);
        if (of == null && watched) {
            throw new PatchException(
                    "agent option 'watch': there is no policy file to watch; name it by policyfile=FILE, by " + PROPERTY
                            + " or by " + VARIABLE);
        }
        if (of == null) {
            return List.of();
        }
        PolicyFile used = new PolicyFile(of.path, of.watched || watched);
        String text = used.text();
        PolicyAccess.warn(used.path);
        OperatorPolicy policy = OperatorPolicy.parse(used.path.toString(), text);
        Weaving.prepare(policy.keys());
        if (!Sources.start(used)) {
            int unused = SourceUpdate.apply(policy);
            used.watch(text);
        }
        return policy.keys();
    }

    /// The content.
    ///
    /// @throws PatchException if it cannot be read
    String text() {
        try {
            FileKind.requireReadable(path);
            String text = Files.readString(path);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new PatchException(path + ": there is no such file; create it, or leave " + PROPERTY + " out", e);
        } catch (CharacterCodingException e) {
            throw new PatchException(path + " is not written in UTF-8; write it so", e);
        } catch (IOException e) {
            throw new PatchException(path + " cannot be read: " + FileFailure.reason(e), e);
        }
    }

    /// What it says when the first patchable is linked. Where it cannot be read this is logged, as nobody could
    /// do anything about an exception there.
    Start atStart() {
        String text = "";
        try {
            text = text();
            PolicyAccess.warn(path);
            return new Start(OperatorPolicy.parse(path.toString(), text), text);
        } catch (RuntimeException e) {
            String message = e instanceof PatchException ? String.valueOf(e.getMessage()) : path + ": " + e;
            log(System.Logger.Level.ERROR, "no policy is applied: " + message);
            return new Start(OperatorPolicy.failed(path.toString(), message), text);
        }
    }

    /// The policy at the start, with the text that it was read from.
    record Start(OperatorPolicy policy, String text) {}

    /// Watches the file from now on, if that is wanted.
    ///
    /// @param applied the content that is known
    void watch(String applied) {
        if (watched) {
            new PolicyWatch(path, applied).start();
        }
    }

    static void log(System.Logger.Level level, String line) {
        System.getLogger("dev.repoint").log(level, SafeText.of(line));
    }
}
