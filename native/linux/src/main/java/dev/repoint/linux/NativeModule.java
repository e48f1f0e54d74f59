package dev.repoint.linux;

import dev.repoint.elf.BuildId;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.site.SymbolPattern;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A library or program that is loaded in this process, with its native patchables.
///
/// {@snippet :
/// NativeModule library = NativeModule.load(Path.of("libsum.so"));
/// NativePatchable checksum = library.patchable("checksum");
/// checksum.set(NativeTarget.symbol("checksum_simd"));
/// }
///
/// Repoint compares the mapped code with the file, and refuses a file that was replaced after loading. It reads the
/// table from the file beside it (`libsum.so.sites`), or collects it at first use. A module that you patched, or that
/// holds a target, is never unloaded.
///
/// Needs Linux on x86-64 or AArch64, and native access for its module (`--enable-native-access=dev.repoint.linux`).
/// Thread-safe.
public final class NativeModule {

    private final LoadedModule module;

    private NativeModule(LoadedModule module) {
        this.module = module;
    }

    /// Loads a library, with all its functions bound at once. Its sites of patchables that are set are redirected
    /// before this returns; its constructors run before that.
    ///
    /// @throws NativePatchException if it cannot be loaded or redirected
    public static NativeModule load(Path library) {
        return new NativeModule(NativeRegistry.all()
                .load(Objects.requireNonNull(library, "library")
                        .toAbsolutePath()
                        .toString()));
    }

    /// A module that is loaded already.
    ///
    /// @param name as the loader knows it, with or without its folders: `libz.so.1`
    /// @throws NativePatchException if none has that name, or its file was replaced
    public static NativeModule find(String name) {
        Objects.requireNonNull(name, "name");
        Loader.Loaded loaded = NativeRegistry.all()
                .files()
                .find(name)
                .orElseThrow(() -> NativePatchException.of(
                        "", "nothing is loaded that is called " + name + NearNames.question(name, loaded())));
        return new NativeModule(NativeRegistry.all().files().open(loaded));
    }

    /// The program itself.
    ///
    /// @throws NativePatchException if its file was replaced
    public static NativeModule program() {
        return find("");
    }

    /// The names of the libraries that are loaded now, without folders.
    public static List<String> loaded() {
        return NativeRegistry.all().files().all().stream()
                .map(Loader.Loaded::name)
                .filter(each -> !each.isEmpty())
                .map(each -> String.valueOf(Path.of(each).getFileName()))
                .toList();
    }

    /// Finds libraries that other code has loaded, and redirects their sites of patchables that are set.
    ///
    /// @return the number of changed places
    /// @throws NativePatchException if one of them cannot be changed; nothing has changed then
    public static int refresh() {
        return NativeRegistry.all().refresh();
    }

    /// The patchables of this process that were ever set, by module and key.
    public static List<NativeState> states() {
        return NativeRegistry.all().states();
    }

    /// The name in its dynamic section, else that of its file.
    public String name() {
        return module.name();
    }

    /// Its file.
    public Path path() {
        return module.path();
    }

    /// The identity of its build, if it has one.
    public Optional<BuildId> buildId() {
        return module.file().buildId();
    }

    /// The address of a symbol that it, or a library that it needs, exports. You can call a function there by
    /// [java.lang.foreign.Linker#downcallHandle(MemorySegment, java.lang.foreign.FunctionDescriptor,
    /// java.lang.foreign.Linker.Option...)]. The module stays loaded for ever.
    ///
    /// @throws NativePatchException if the module was unloaded already
    public Optional<MemorySegment> symbol(String name) {
        Objects.requireNonNull(name, "name");
        long address = NativeRegistry.all().files().symbol(module, name);
        return address == 0 ? Optional.empty() : Optional.of(MemorySegment.ofAddress(address));
    }

    /// A handle that calls a function of the module with the types of a Java method, for example as target of a
    /// patchable of Java:
    ///
    /// {@snippet :
    /// crc.set(Target.of(zlib.handle("crc32", crc.type(), HandleOption.CRITICAL)));
    /// }
    ///
    /// The handle passes each Java type as the C type that is like it: `boolean` as `bool`, `byte`, `short`, `int`
    /// and `long` as the integer of its size, `char` as `uint16_t`, `float` and `double` as such, `MemorySegment` as
    /// an address, and in a critical call an array of numbers as the address of its contents. Repoint cannot check
    /// the type of the function.
    ///
    /// Patched calls inside the function follow their current targets. If the function is patched at its entry, the
    /// handle reaches the target, as every caller does. Otherwise the handle itself always calls the function:
    /// a handle of a hook calls its default. The module stays loaded for ever.
    ///
    /// @param function its name, as for [NativeTarget#symbol]
    /// @param type     of the handle
    /// @throws NativePatchException if there is no such function, or one of the Java types cannot be passed
    public MethodHandle handle(String function, MethodType type, HandleOption... options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(type, "type");
        Downcall call = new Downcall(name() + ": " + function, type, Set.of(options));
        return call.of(NativeRegistry.all().function(module, function), call.fitting());
    }

    /// A handle as above, for a function with other C types. It widens integers and `float`, with their sign. It
    /// passes `boolean` as the integer 1 or 0; as a result, any integer but 0 is true.
    ///
    /// @param c the type of the function
    /// @throws NativePatchException if there is no such function, or a Java type cannot be adapted to its C type
    public MethodHandle handle(String function, MethodType type, FunctionDescriptor c, HandleOption... options) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(c, "c");
        Downcall call = new Downcall(name() + ": " + function, type, Set.of(options));
        return call.of(NativeRegistry.all().function(module, function), c);
    }

    /// Its table.
    ///
    /// @throws NativePatchException if the table beside its file is malformed
    public SiteTable table() {
        return NativeRegistry.all().files().table(module);
    }

    /// A function or pointer by its key. Its sites are patched if they are every caller that can be known: if it is
    /// declared as a hook, imported or a pointer, or the module was built so that relocations name its calls. Of any
    /// other function the entry is patched, if that is possible.
    ///
    /// @param key such as `crc32`, `util.c:crc32`, `ops+8`; you may leave out the version of an import
    /// @throws IllegalArgumentException if the key has no symbol
    /// @throws NativePatchException if there is none, or more than one; or it can be patched nowhere
    public NativePatchable patchable(String key) {
        return PatchableFinder.of(module, key, PatchChoice.BEST);
    }

    /// A function or pointer that is patched as you say. The sites and the entry of a function are two
    /// patchables: calls that the sites redirect do not come to the entry.
    ///
    /// A patch at the entry redirects every caller: in all modules, also through pointers, also in the JVM itself
    /// if it calls the function. So name functions that you know. Every exported function can be patched so, and
    /// every local one that a symbol, a debug file or an unwind entry tells of. If the function has several names, all
    /// of them are redirected, and you have to [agree to that][PatchChoice#withAllNames].
    ///
    /// {@snippet :
    /// NativeModule.find("libz.so.1").patchable("crc32", PatchChoice.ENTRY).set(NativeTarget.symbol("my_crc32"));
    /// }
    ///
    /// @param key as for [#patchable(String)], or the address of a function in the module: `libz.so.1+0x1234`
    /// @param choice what is patched
    /// @throws IllegalArgumentException if the key has no symbol
    /// @throws NativePatchException if there is none, or more than one; or it cannot be patched so
    public NativePatchable patchable(String key, PatchChoice choice) {
        return PatchableFinder.of(module, key, Objects.requireNonNull(choice, "choice"));
    }

    /// The functions and pointers of the table whose keys match a pattern, ordered by key.
    ///
    /// @param pattern such as `crc*`
    public List<NativePatchable> patchables(String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        List<NativePatchable> found = new ArrayList<>();
        for (Patchable row : table().matching(SymbolPattern.parse(pattern))) {
            found.add(PatchableFinder.of(module, row));
        }
        return found;
    }

    /// A variable whose members are pointers to functions.
    ///
    /// @param variable its name
    /// @throws NativePatchException if there is no such variable
    public NativeOperations operations(String variable) {
        return NativeOperations.of(module, Objects.requireNonNull(variable, "variable"));
    }

    @Override
    public String toString() {
        return module.toString();
    }
}
