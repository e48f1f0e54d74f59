package dev.repoint.cli;

import dev.repoint.KeySyntax;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Which keys a running process has: those of Java where it is a JVM, and those of native code.
enum ProcessKind {

    /// It runs Java, and libraries of native code.
    JVM,
    /// It runs native code alone.
    NATIVE;

    private static final Path PROC = Path.of("/proc/self");
    private static final Pattern NAME = Pattern.compile("\\w+");
    private static final Pattern LIBRARY = Pattern.compile("\\.so(\\.[0-9.]+)?$");

    /// What is typed, by the half that it belongs to.
    ///
    /// @param java       keys of Java, or changes of them
    /// @param nativeCode keys of native code, or changes of them
    record Split(List<String> java, List<String> nativeCode) {}

    /// The kind of a process; it is not touched. Where there is no `/proc`, only JVMs can be patched.
    ///
    /// @throws NativePatchException if there is no such process
    static ProcessKind of(long pid) {
        if (!Files.isDirectory(PROC) || OtherProcess.isJvm(pid)) {
            return JVM;
        }
        ProcessFacts.of(pid); // one that is missing has no kind
        return NATIVE;
    }

    /// Tells keys of a process of this kind from each other: in a JVM those of native code name their module,
    /// as in `libz.so.1:crc32`. A colon of a key of Java stands behind its parameters, or behind a class and a
    /// field's name.
    ///
    /// @param typed    `KEY` or `KEY=TARGET`
    /// @param isChange whether a target has to stand behind each
    /// @throws CommandFailure if a key is of neither half
    Split split(List<String> typed, boolean isChange) {
        if (this == NATIVE) {
            return new Split(List.of(), typed);
        }
        List<String> java = new ArrayList<>();
        List<String> nativeCode = new ArrayList<>();
        for (String each : typed) {
            int equals = KeySyntax.indexOf(each, '=', 0);
            String key = each.substring(0, equals < 0 ? each.length() : equals);
            boolean isNative = namesModule(key);
            if (!isNative && isChange == equals > 0 && NAME.matcher(key).matches()) {
                throw new CommandFailure("'" + key + "' is no key: a Java key has a class, as in com.acme.Crc.update,"
                        + " and a native key in a JVM has its library, as in libz.so.1:crc32");
            }
            (isNative ? nativeCode : java).add(each);
        }
        return new Split(java, nativeCode);
    }

    private static boolean namesModule(String key) {
        int colon = KeySyntax.indexOf(key, ':', 0);
        int open = KeySyntax.indexOf(key, '(', 0);
        String first = key.substring(0, Math.max(0, colon));
        boolean isOfJava = open >= 0 && open < colon
                || first.startsWith("**")
                || first.indexOf('.') > 0
                        && first.indexOf('/') < 0
                        && !LIBRARY.matcher(first).find();
        return colon > 0 && !isOfJava;
    }

    /// The same for what is to change at one moment.
    ///
    /// @throws CommandFailure if both halves are concerned, or neither
    Split oneOf(List<String> typed, boolean isChange) {
        Split split = split(typed, isChange);
        if (!split.java.isEmpty() && !split.nativeCode.isEmpty()) {
            throw new CommandFailure(
                    "'" + split.java.getFirst() + "' is a Java key, and '" + split.nativeCode.getFirst()
                            + "' is a native key: they do not change at one moment; write two commands");
        }
        return split;
    }

    /// Refuses an option of the other half.
    ///
    /// @throws ParameterException if it was given
    static void requireAbsent(CommandSpec spec, boolean isGiven, String option, String use) {
        if (isGiven) {
            throw new ParameterException(spec.commandLine(), option + " is for " + use);
        }
    }
}
