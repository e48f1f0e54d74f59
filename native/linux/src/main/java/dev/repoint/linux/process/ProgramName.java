package dev.repoint.linux.process;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.memory.FileSource;
import dev.repoint.linux.ptrace.AuxiliaryVector;
import dev.repoint.linux.ptrace.RemoteMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// The name that a program was started by. Where that is a symbolic link, the kernel shows only its
/// target: one file may be many programs.
final class ProgramName {

    private static final int LONGEST_PATH = 4096;
    /// What fits into the name of a thread.
    private static final int LONGEST_NAME = 15;

    private ProgramName() {}

    /// Its name.
    ///
    /// @param source where the file of the program can be read
    /// @param file   the name of that file
    /// @return the name of the file if it was started by that, or by an unknown name
    static String name(long pid, RemoteMemory memory, AuxiliaryVector vector, Path source, String file) {
        try {
            String path = text(memory, vector.value(AuxiliaryVector.EXECUTED));
            String name = path.substring(path.lastIndexOf('/') + 1);
            boolean isOther = !name.isEmpty() && !name.equals(file);
            return isOther && (leadsTo(pid, path, source) || isKnownTo(pid, name)) ? name : file;
        } catch (CallFailedException | InvalidPathException e) {
            return file;
        }
    }

    private static String text(RemoteMemory memory, long address) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; address != 0 && i < LONGEST_PATH; i++) {
            byte next = memory.read(address + i, 1)[0];
            if (next == 0) {
                break;
            }
            text.write(next);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static boolean leadsTo(long pid, String path, Path source) {
        Path process = Path.of("/proc", Long.toString(pid));
        Path started = path.startsWith("/")
                ? FileSource.below(process.resolve("root"), Path.of(path))
                : process.resolve("cwd").resolve(path);
        try {
            return Files.isSameFile(started, source);
        } catch (IOException e) {
            return false; // it has another working folder now, or the link is gone
        }
    }

    /// Whether the process calls itself so in two other places. A script does not: its first argument is the
    /// interpreter.
    private static boolean isKnownTo(long pid, String name) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            String thread = Files.readString(process.resolve("comm")).strip();
            String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            int end = line.indexOf('\0');
            String first = end < 0 ? line : line.substring(0, end);
            String words = first.strip();
            int space = words.indexOf(' ');
            String command = space < 0 ? words : words.substring(0, space);
            return thread.equals(name.substring(0, Math.min(name.length(), LONGEST_NAME)))
                    && command.substring(command.lastIndexOf('/') + 1).equals(name);
        } catch (IOException e) {
            return false;
        }
    }
}
