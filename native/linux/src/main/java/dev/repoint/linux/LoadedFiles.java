package dev.repoint.linux;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.module.LoadedModules;
import dev.repoint.machine.site.SiteTable;
import java.util.List;
import java.util.Optional;

/// The modules of this process: loads and opens them, and keeps those loaded that are in use. Each failure is a
/// [NativePatchException]. Guarded by the lock of [NativeRegistry].
final class LoadedFiles {

    private final Object lock;
    private final LoadedModules modules = new LoadedModules();

    LoadedFiles(Object lock) {
        this.lock = lock;
    }

    /// Loads a library. One that fails after that is given back to the loader.
    ///
    /// @param loaded runs before the library counts as loaded
    LoadedModule load(String path, Runnable loaded) {
        synchronized (lock) {
            long handle = 0;
            try {
                handle = Loader.open(path, Loader.NOW);
                LoadedModule module = modules.open(Loader.loaded(handle));
                loaded.run();
                handle = 0;
                return module;
            } catch (ElfException e) {
                throw NativePatchException.because("", "", e);
            } catch (CallFailedException e) {
                throw NativePatchException.because("", "", "the library cannot be loaded", e);
            } finally {
                if (handle != 0) {
                    Loader.close(handle);
                }
            }
        }
    }

    /// All that is loaded now.
    List<Loader.Loaded> all() {
        synchronized (lock) {
            return modules.all();
        }
    }

    /// What is loaded by a name, with or without its folders.
    Optional<Loader.Loaded> find(String name) {
        synchronized (lock) {
            return modules.find(name);
        }
    }

    /// What an address lies in.
    Optional<Loader.Loaded> containing(long address) {
        synchronized (lock) {
            return modules.containing(address);
        }
    }

    /// Whether a module has not been unloaded.
    boolean isLoaded(LoadedModule module) {
        synchronized (lock) {
            return modules.isLoaded(module);
        }
    }

    /// Opens a module.
    ///
    /// @throws NativePatchException if its file is not the one that was loaded
    LoadedModule open(Loader.Loaded loaded) {
        synchronized (lock) {
            try {
                return modules.open(loaded);
            } catch (ElfException e) {
                throw NativePatchException.because("", "", e);
            }
        }
    }

    /// The table of a module.
    ///
    /// @throws NativePatchException if the table beside it is malformed
    SiteTable table(LoadedModule module) {
        synchronized (lock) {
            try {
                return module.table();
            } catch (ElfException e) {
                throw NativePatchException.because("", "", e);
            }
        }
    }

    /// The address of a symbol of a module, or of one that it needs; 0 if there is none.
    ///
    /// @throws NativePatchException if the module was unloaded
    long symbol(LoadedModule module, String name) {
        synchronized (lock) {
            pin(module, module.name() + ": " + name);
            return module.symbol(name);
        }
    }

    /// A word of a module's data, as it is now.
    ///
    /// @throws NativePatchException if the module was unloaded
    long word(LoadedModule module, Address address) {
        synchronized (lock) {
            pin(module, module.name());
            return module.word(module.at(address));
        }
    }

    /// Keeps a module loaded for ever.
    ///
    /// @param key for messages
    /// @throws NativePatchException if the module was unloaded
    void pin(LoadedModule module, String key) {
        synchronized (lock) {
            try {
                module.pin();
            } catch (CallFailedException e) {
                throw NativePatchException.because(key, "", "its module cannot be kept loaded", e);
            }
        }
    }
}
