package dev.repoint.linux;

import dev.repoint.elf.BuildId;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.NativeKey;
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

/// A library, or the program itself, that is loaded in this process: where native patchables are looked up.
///
/// {@snippet :
/// NativeModule library = NativeModule.load(Path.of("libsum.so"));
/// NativePatchable checksum = library.patchable("checksum");
/// checksum.set(NativeTarget.symbol("checksum_simd"));
/// }
///
/// What is mapped is compared with the file when a module is opened: a file that was replaced since is refused.
/// The table is read from the file beside it (`libsum.so.sites`), or collected when it is first needed. A
/// module that was patched, or that holds a target, is never unloaded.
///
/// Needs x86-64 Linux, and native access for its module (`--enable-native-access=dev.repoint.linux`).
/// Thread-safe.
public final class NativeModule {

    private final LoadedModule module;

    private NativeModule(LoadedModule module) {
        this.module = module;
    }

    /// Loads a library, with all its functions bound at once. Sites in it that refer to what was set already
    /// are pointed there before this returns; its constructors have run by then.
    ///
    /// @throws NativePatchException if it cannot be loaded
    public static NativeModule load(Path library) {
        return new NativeModule(NativeRegistry.all()
                .load(Objects.requireNonNull(library, "library")
                        .toAbsolutePath()
                        .toString()));
    }

    /// A module that somebody has loaded.
    ///
    /// @param name as the loader knows it, with or without its folders: `libz.so.1`
    /// @throws NativePatchException if none is called so, or its file is not the one that was loaded
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
    /// @throws NativePatchException if its file is not the one that was started
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

    /// Finds libraries that were loaded since by others than [#load], and points those of their sites elsewhere
    /// that refer to what was set.
    ///
    /// @return how many places were changed
    /// @throws NativePatchException if one of them cannot be changed; then none was
    public static int refresh() {
        return NativeRegistry.all().refresh();
    }

    /// The patchables of this process that were ever set, by module and key.
    public static List<NativeState> states() {
        return NativeRegistry.all().states();
    }

    /// How others call it: the name in its dynamic section, else that of its file.
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

    /// What it offers to others by a name, or those that it needs do: to be called through
    /// [java.lang.foreign.Linker#downcallHandle(MemorySegment, java.lang.foreign.FunctionDescriptor,
    /// java.lang.foreign.Linker.Option...)]. The module stays loaded from now on.
    ///
    /// @throws NativePatchException if the module was unloaded already
    public Optional<MemorySegment> symbol(String name) {
        Objects.requireNonNull(name, "name");
        long address = NativeRegistry.all().files().symbol(module, name);
        return address == 0 ? Optional.empty() : Optional.of(MemorySegment.ofAddress(address));
    }

    /// A handle that calls a function of it with the types of a Java method, so that a patchable of Java leads
    /// there in one call:
    ///
    /// {@snippet :
    /// crc.set(zlib.handle("crc32", crc.type(), HandleOption.CRITICAL));
    /// }
    ///
    /// Each Java type is passed as the C type that is like it: `boolean` as `bool`, `byte`, `short`, `int` and
    /// `long` as the integer of its size, `char` as `uint16_t`, `float` and `double` as such, `MemorySegment`
    /// as an address, and where the call is critical an array of numbers as the address of its contents.
    /// Nothing can check that the function is of that type.
    ///
    /// Calls that the function makes reach what its patchables lead to. The handle itself leads to the function
    /// for ever, also where the function is a patchable: of a hook it is the default. The module stays loaded
    /// for as long as the process lives.
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

    /// The same for a function whose C types are other ones. Integers and `float` become wider ones, and keep
    /// their sign. `boolean` becomes an integer, 1 or 0; as a result it is whether the integer is not 0.
    ///
    /// @param c the type of the function
    /// @throws NativePatchException if there is no such function, or a Java type cannot be adapted to the C
    ///     type in its place
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

    /// A function or pointer by its key.
    ///
    /// @param key such as `crc32`, `util.c:crc32`, `ops+8`; the version of an import may be left out
    /// @throws NativePatchException if there is none, or more than one
    public NativePatchable patchable(String key) {
        Objects.requireNonNull(key, "key");
        NativeKey parsed = NativeKey.parse(key);
        NativeKey meant = NativeTargetResolver.meant(module, parsed, name() + ": " + key);
        Patchable row = table().find(meant).orElseThrow(() -> unknown(key, parsed));
        return new NativePatchable(NativeRegistry.all().point(module, row));
    }

    /// The functions and pointers whose keys match a pattern, by key.
    ///
    /// @param pattern such as `crc*`
    public List<NativePatchable> patchables(String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        List<NativePatchable> found = new ArrayList<>();
        for (Patchable row : table().matching(SymbolPattern.parse(pattern))) {
            found.add(new NativePatchable(NativeRegistry.all().point(module, row)));
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

    private NativePatchException unknown(String key, NativeKey parsed) {
        List<String> same = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Patchable each : table().patchables()) {
            names.add(each.key().text());
            if (each.key().symbol().equals(parsed.symbol())) {
                same.add(each.key().text());
            }
        }
        return NativePatchException.of(
                name() + ": " + key,
                same.isEmpty()
                        ? "there is no such function or pointer" + NearNames.question(key, names)
                        : "there are several of that name; write " + String.join(" or ", same));
    }

    @Override
    public String toString() {
        return module.toString();
    }
}
