package dev.repoint.agent.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The file `.attach_pidN`. It tells a JVM that a command wants to attach. After attaching the JDK removes it; if
/// the command is interrupted before, this class does.
final class AttachFile {

    private final List<Path> places;
    private final Thread hook = new Thread(this::remove, "repoint-attach");

    private AttachFile(List<Path> places) {
        this.places = places;
    }

    /// Watches the file of a process, in all folders that the JDK may use.
    static AttachFile of(TargetProcess process) {
        String name = ".attach_pid";
        List<Path> places = new ArrayList<>();
        for (long pid : List.of(process.handle().pid(), process.innerPid())) {
            places.add(Path.of("/tmp", name + pid));
            places.add(process.root().resolve("tmp").resolve(name + pid));
            places.add(process.root().resolveSibling("cwd").resolve(name + pid));
        }
        AttachFile file = new AttachFile(places);
        Runtime.getRuntime().addShutdownHook(file.hook);
        return file;
    }

    /// Ends the watch, because the JDK has removed the file.
    void release() {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The command ends, and the hook runs.
        }
    }

    private void remove() {
        for (Path place : places) {
            try {
                Files.deleteIfExists(place);
            } catch (IOException e) {
                // The file belongs to another user, or is not visible from here.
            }
        }
    }
}
