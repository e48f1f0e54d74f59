package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.ptrace.RemoteMemory;
import java.nio.file.Path;

/// Has another process load a library.
final class LibraryLoad {

    private LibraryLoad() {}

    static LoadedLibrary into(long pid, RemoteMemory memory, Room room, Path library) {
        throw NativePatchException.of("",
                "libraries cannot be loaded into another process yet; load it with LD_PRELOAD");
    }
}
