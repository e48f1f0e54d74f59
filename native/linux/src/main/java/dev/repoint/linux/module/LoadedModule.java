package dev.repoint.linux.module;

import dev.repoint.elf.ElfFile;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.call.Memory;
import java.nio.file.Path;

/// A program or library that is loaded in this process. What is mapped was compared with the file.
///
/// It stays what it is until it is unloaded; [#pin] sees to it that it never is. Not thread-safe.
public final class LoadedModule extends MappedModule {

    private final Loader.Loaded loaded;
    private boolean isPinned;

    LoadedModule(Loader.Loaded loaded, Path path, ElfFile file) {
        super(path, path, file, loaded.bias());
        this.loaded = loaded;
    }

    /// Whether it is the program itself, which is never unloaded.
    public boolean isProgram() {
        return loaded.name().isEmpty();
    }

    /// The address of a symbol that the loader knows: of this module, else of those that it needs.
    ///
    /// @return 0 if there is none
    public long symbol(String name) {
        long handle = handle(0);
        try {
            return Loader.symbol(handle, name);
        } finally {
            Loader.close(handle);
        }
    }

    /// Sees to it that it stays loaded for as long as the process lives.
    ///
    /// @throws dev.repoint.linux.call.CallFailedException if it was unloaded already
    public void pin() {
        if (!isPinned) {
            handle(Loader.NODELETE);
            isPinned = true;
        }
    }

    /// Whether it stays loaded for as long as the process lives.
    boolean isPinned() {
        return isPinned;
    }

    private long handle(int flags) {
        return isProgram() ? Loader.program() : Loader.open(loaded.name(), Loader.NOW | Loader.NOLOAD | flags);
    }

    /// Whether it is the same one, still loaded at the same place.
    boolean is(Loader.Loaded other) {
        return loaded.equals(other);
    }

    @Override
    public long word(long address) {
        return Memory.word(address);
    }
}
