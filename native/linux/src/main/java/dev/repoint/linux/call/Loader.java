package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/// The loader of libraries: `dlopen(3)`, `dlsym(3)`, `dl_iterate_phdr(3)`.
public final class Loader {

    /// `RTLD_DEFAULT`: the whole program, in the order in which the loader searches.
    public static final long EVERYWHERE = 0;
    /// `RTLD_NOW`: bind every function at once.
    public static final int NOW = 0x2;
    /// `RTLD_NOLOAD`: only if it is loaded already.
    public static final int NOLOAD = 0x4;
    /// `RTLD_NODELETE`: it stays loaded for ever.
    public static final int NODELETE = 0x1000;

    private static final long LONGEST_TEXT = 1 << 16;
    /// `offsetof(struct dl_phdr_info, dlpi_tls_modid)`: all that is read here.
    private static final long INFO_SIZE = 48;
    /// The fields of `struct link_map` that are read here: `l_addr`, `l_name`.
    private static final long LINK_MAP_SIZE = 16;
    private static final int RTLD_DI_LINKMAP = 2;
    private static final MethodHandle DLOPEN =
            Libc.plain("dlopen", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT));
    private static final MethodHandle DLSYM = Libc.plain("dlsym", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS));
    private static final MethodHandle DLVSYM =
            Libc.plain("dlvsym", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS));
    private static final MethodHandle DLCLOSE = Libc.plain("dlclose", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle DLERROR = Libc.plain("dlerror", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle DLINFO =
            Libc.plain("dlinfo", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS));
    private static final MethodHandle ITERATE =
            Libc.plain("dl_iterate_phdr", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

    /// A program or library that is loaded.
    ///
    /// @param bias     what is added to the addresses of its file
    /// @param name     the path as the loader knows it; empty for the program itself
    /// @param segments the address of its program headers
    /// @param count    how many program headers there are
    public record Loaded(long bias, String name, long segments, int count) {}

    private Loader() {}

    /// Opens a library.
    ///
    /// @param path  of the file
    /// @param flags of [#NOW], [#NOLOAD], [#NODELETE]
    /// @return the handle
    /// @throws CallFailedException if there is no such library, or with [#NOLOAD] if it is not loaded
    public static long open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            long handle = (long) DLOPEN.invokeExact(arena.allocateFrom(path), flags);
            if (handle == 0) {
                String why = error();
                throw new CallFailedException("dlopen", 0, why.isEmpty() ? path + " is not loaded" : why);
            }
            return handle;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Gives a handle back: a library without handles is unloaded.
    ///
    /// @param handle of [#open]
    public static void close(long handle) {
        try {
            int failed = (int) DLCLOSE.invokeExact(handle);
            if (failed != 0) {
                throw new CallFailedException("dlclose", 0, error());
            }
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// The handle of the program itself, through which everything is found that was loaded with it.
    public static long program() {
        try {
            return (long) DLOPEN.invokeExact(MemorySegment.NULL, NOW);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// What a handle stands for.
    ///
    /// @param handle of [#open]
    public static Loaded loaded(long handle) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment map = arena.allocate(ADDRESS);
            int failed = (int) DLINFO.invokeExact(handle, RTLD_DI_LINKMAP, map);
            if (failed != 0) {
                throw new CallFailedException("dlinfo", 0, error());
            }
            MemorySegment fields = map.get(ADDRESS, 0).reinterpret(LINK_MAP_SIZE);
            long bias = fields.get(JAVA_LONG, 0);
            String name = fields.get(ADDRESS, 8).reinterpret(LONGEST_TEXT).getString(0);
            for (Loaded each : loaded()) {
                if (each.bias == bias && each.name.equals(name)) {
                    return each;
                }
            }
            throw new CallFailedException("dlinfo", 0, name + " is not loaded");
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// The address of a symbol; of a function that is chosen when it is first needed, the one that was chosen.
    ///
    /// @param handle of [#open], or [#EVERYWHERE]
    /// @return 0 if there is none
    public static long symbol(long handle, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) DLSYM.invokeExact(handle, arena.allocateFrom(name));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// The same for a version.
    ///
    /// @param version empty for the default one
    public static long symbol(long handle, String name, String version) {
        if (version.isEmpty()) {
            return symbol(handle, name);
        }
        try (Arena arena = Arena.ofConfined()) {
            return (long) DLVSYM.invokeExact(handle, arena.allocateFrom(name), arena.allocateFrom(version));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// All that is loaded now, the program itself first.
    public static List<Loaded> loaded() {
        List<Loaded> found = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle each = MethodHandles.lookup()
                    .findStatic(
                            Loader.class,
                            "add",
                            MethodType.methodType(
                                    int.class, List.class, MemorySegment.class, long.class, MemorySegment.class));
            MemorySegment callback = Linker.nativeLinker()
                    .upcallStub(
                            each.bindTo(found), FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS), arena);
            var _ = (int) ITERATE.invokeExact(callback, MemorySegment.NULL);
            return List.copyOf(found);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Called by the loader for each.
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"})
    private static int add(List<Loaded> found, MemorySegment info, long size, MemorySegment data) {
        MemorySegment fields = info.reinterpret(INFO_SIZE);
        String name = fields.get(ADDRESS, 8).reinterpret(LONGEST_TEXT).getString(0);
        found.add(new Loaded(fields.get(JAVA_LONG, 0), name, fields.get(JAVA_LONG, 16), fields.get(JAVA_SHORT, 24)));
        return 0;
    }

    private static String error() throws Throwable {
        MemorySegment text = (MemorySegment) DLERROR.invokeExact();
        return text.address() == 0 ? "" : text.reinterpret(LONGEST_TEXT).getString(0);
    }
}
