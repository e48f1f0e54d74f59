package dev.repoint.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The encoding that the JVM takes the names of files in: that of its locale, for good. The launcher sees to it
/// that this is UTF-8 where it would be ASCII; names in other encodings cannot be told to the JVM at all.
final class Encoding {

    private static final char REPLACEMENT = '\ufffd';

    private Encoding() {}

    /// What to say of arguments that could not be decoded: the JVM puts a character of its own in the place of
    /// such bytes.
    ///
    /// @return null if all were, or name files nevertheless
    static @Nullable String complaint(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].indexOf(REPLACEMENT) >= 0 && !isFile(arguments[i])) {
                return "argument " + (i + 1) + ", '" + arguments[i] + "', has bytes that are not of the encoding "
                        + name() + "; " + remedy();
            }
        }
        return null;
    }

    /// What to say of a name that the encoding does not have.
    static String unnameable(InvalidPathException failure) {
        return "'" + failure.getInput() + "' cannot be the name of a file in the encoding " + name() + "; " + remedy();
    }

    private static boolean isFile(String argument) {
        try {
            return Files.exists(Path.of(argument));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String name() {
        return System.getProperty("sun.jnu.encoding", "of this system");
    }

    private static String remedy() {
        return "UTF-8".equals(name())
                ? "give the file another name, or make a link to it that has one"
                : "run it with LC_ALL=C.UTF-8";
    }
}
