package dev.repoint.agent.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The file `.attach_pidN` by which a JVM knows that somebody wants to attach. The JDK takes it away when it
/// has attached; this does if the command is interrupted before.
final class AttachFile {

    private final List<Path> places;
    private final Thread hook = new Thread(this::remove, "repoint-attach");

    private AttachFile(List<Path> places) {
        this.places = places;
    }

    /// Watches over the file of a process, wherever the JDK may put it.
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

    /// Ends the watch: the JDK has taken the file away.
    void release() {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The command is ending, and the hook runs.
        }
    }

    private void remove() {
        for (Path place : places) {
            try {
                Files.deleteIfExists(place);
            } catch (IOException e) {
                // It is not ours, or not to be seen from here.
            }
        }
    }
}
