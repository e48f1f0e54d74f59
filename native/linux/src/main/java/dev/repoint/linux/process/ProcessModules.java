package dev.repoint.linux.process;

import dev.repoint.elf.Dynamic;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileFailure;
import dev.repoint.elf.Segment;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.machine.site.NativeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What another process has loaded: the program first, then its libraries in the order in which the loader looks through
/// them. Nothing is opened before it is asked for. Used by one thread at a time.
final class ProcessModules {

    private static final int MAGIC = 0x464c_457f; // "\177ELF", the first byte lowest
    private static final int MACHINE = 18; // e_machine
    private static final int X86_64 = 62; // EM_X86_64
    private static final int NO_ELF = -1;

    private final long pid;
    private final RemoteMemory memory;
    private final List<Opened> opened = new ArrayList<>();
    private final Map<String, Optional<String>> names = new HashMap<>();
    private @Nullable Look look;

    /// What was opened, and the mapping that it begins with.
    private record Opened(Mapping mapping, ProcessModule module) {}

    /// What a look has found.
    ///
    /// @param modules whose files are what was loaded, in order
    /// @param unknown those that could not be looked at, one line each
    /// @param foreign files for other machines
    private record Look(List<ProcessModule> modules, List<String> unknown, Set<String> foreign) {}

    ProcessModules(long pid, RemoteMemory memory) {
        this.pid = pid;
        this.memory = memory;
    }

    /// Looks again when something is asked next.
    void refresh() {
        look = null;
    }

    private Look look() {
        Look known = look;
        if (known == null) {
            known = lookNow();
            look = known;
        }
        return known;
    }

    private Look lookNow() {
        List<Mapping> all = mappings();
        List<LedgerEntry> ledger = Ledger.read(pid);
        List<ProcessModule> found = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        Set<String> foreign = new LinkedHashSet<>();
        long end = 0;
        for (Mapping each : all) {
            int machine = each.offset() != 0 || each.start() < end ? NO_ELF : machine(each);
            if (machine != X86_64 && machine != NO_ELF) {
                foreign.add(MappedFile.withoutMark(each.path()));
            }
            if (machine != X86_64 || !isCode(each, all)) {
                continue;
            }
            try {
                ProcessModule module = open(each, ledger);
                found.add(module);
                end = module.at(lastSegment(module.file()).address()) + lastSegment(module.file()).memorySize();
            } catch (ElfException e) {
                failed.add(String.valueOf(e.getMessage()));
            }
        }
        if (found.isEmpty()) {
            throw NativePatchException.of("", failed.isEmpty()
                    ? "process " + pid + " has no program mapped; did it end?"
                    : failed.getFirst());
        }
        foreign.forEach(
                each -> failed.add(each + ": it is for another machine; what an emulator runs cannot be patched"));
        return new Look(inSearchOrder(found), List.copyOf(failed), foreign);
    }

    private List<Mapping> mappings() {
        try {
            return Mappings.of(pid).all();
        } catch (IOException e) {
            throw NativePatchException.because("", "",
                    "what process " + pid + " has mapped cannot be read; did it end?", e);
        }
    }

    /// All whose files are what was loaded, the program first.
    List<ProcessModule> all() {
        return look().modules;
    }

    /// The name of the module whose file has a path; it alone is opened for that, and only the first time.
    ///
    /// @return empty if it is not loaded, or its file is not what was loaded
    Optional<String> name(String path) {
        return names.computeIfAbsent(path, wanted -> {
            for (Mapping each : mappings()) {
                if (each.offset() == 0 && MappedFile.withoutMark(each.path()).equals(wanted)
                        && machine(each) == X86_64) {
                    try {
                        return Optional.of(open(each, Ledger.read(pid)).name());
                    } catch (ElfException e) {
                        return Optional.empty();
                    }
                }
            }
            return Optional.empty();
        });
    }

    /// The process.
    long pid() {
        return pid;
    }

    /// Those that could not be looked at, one line each.
    List<String> unknown() {
        return look().unknown;
    }

    /// Files for other machines: an emulator has mapped the programs that it runs.
    Set<String> foreign() {
        return look().foreign;
    }

    /// The program itself.
    ProcessModule program() {
        return all().getFirst();
    }

    /// A module by the name in its dynamic section, by that of its file, or by its path.
    Optional<ProcessModule> find(String name) {
        return all().stream().filter(each -> isCalled(each, name)).findFirst();
    }

    private static boolean isCalled(ProcessModule module, String name) {
        return module.name().equals(name) || module.path().toString().equals(name)
                || String.valueOf(module.path().getFileName()).equals(name);
    }

    /// The module that an address lies in.
    Optional<ProcessModule> containing(long address) {
        return all().stream().filter(each -> each.contains(address)).findFirst();
    }

    /// Where the loader finds a symbol that a module offers to others.
    ///
    /// @return the first module that has it, and its symbol; null if none has
    @Nullable Exported exported(String name) {
        return exported(NativeKey.of(name));
    }

    /// The same for a version.
    ///
    /// @param key with the version; without one the default one is found
    @Nullable Exported exported(NativeKey key) {
        for (ProcessModule each : all()) {
            SymbolTable symbols = each.file().dynamicSymbols();
            Symbol found = null;
            for (Symbol symbol : symbols.named(key.symbol())) {
                boolean isMeant = symbol.isDefined() && symbols.isInSection(symbol.index())
                        && (key.version().isEmpty() || symbol.version().isEmpty()
                                || symbol.version().equals(key.version()));
                if (isMeant && (found == null || symbols.isDefaultVersion(symbol.index()))) {
                    found = symbol;
                }
            }
            if (found != null) {
                return new Exported(each, found);
            }
        }
        return null;
    }

    /// A symbol that a module offers to others.
    record Exported(ProcessModule module, Symbol symbol) {
        long address() {
            return module.at(symbol.value());
        }
    }

    private static boolean isCode(Mapping first, List<Mapping> all) {
        return all.stream().anyMatch(each -> each.isExecutable() && each.path().equals(first.path()));
    }

    /// The machine that a mapped file is for; [#NO_ELF] if it is none of the kind.
    private int machine(Mapping mapping) {
        try {
            return mapping.path().startsWith("/") && (int) memory.word(mapping.start()) == MAGIC
                    ? (int) memory.word(mapping.start() + MACHINE) & 0xffff
                    : NO_ELF;
        } catch (CallFailedException e) {
            return NO_ELF; // it may not be read, or is gone
        }
    }

    private ProcessModule open(Mapping mapping, List<LedgerEntry> ledger) throws ElfException {
        for (Opened each : opened) {
            boolean isSame = each.mapping.start() == mapping.start() && each.mapping.path().equals(mapping.path());
            if (isSame && MappedFile.isSame(memory, each.module, List.of())) {
                return each.module;
            }
        }
        Path path = Path.of(MappedFile.withoutMark(mapping.path()));
        Path source = MappedFile.source(pid, mapping);
        ElfFile file = ElfFile.read(source);
        ProcessModule module = new ProcessModule(path, source, file, bias(mapping, file), memory);
        if (!MappedFile.isSame(memory, module, ledger)) {
            throw new ElfException(path + ": this is not the file that process " + pid
                    + " has loaded; it was changed or replaced since: put the file back, or restart the process");
        }
        opened.add(new Opened(mapping, module));
        return module;
    }

    /// What the loader has added to addresses: 0 for a program that is linked to be at one place.
    private static long bias(Mapping mapping, ElfFile file) {
        for (Segment segment : file.segments()) {
            if (segment.isLoaded()) {
                return mapping.start() - (segment.address().value() - segment.offset().value());
            }
        }
        return mapping.start();
    }

    private static Segment lastSegment(ElfFile file) {
        return file.segments().stream().filter(Segment::isLoaded).reduce((first, second) -> second).orElseThrow();
    }

    /// Breadth first over what each needs, as the loader does; what was loaded later comes last.
    private List<ProcessModule> inSearchOrder(List<ProcessModule> found) {
        Set<ProcessModule> ordered = new LinkedHashSet<>();
        Deque<ProcessModule> next = new ArrayDeque<>();
        next.add(programOf(found));
        while (!next.isEmpty()) {
            ProcessModule module = next.remove();
            if (ordered.add(module)) {
                for (String name : module.file().dynamic().map(Dynamic::needed).orElse(List.of())) {
                    found.stream().filter(each -> isCalled(each, name)).findFirst().ifPresent(next::add);
                }
            }
        }
        ordered.addAll(found);
        return List.copyOf(ordered);
    }

    private ProcessModule programOf(List<ProcessModule> found) {
        try {
            Path program = Path.of(MappedFile.withoutMark(
                    Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe")).toString()));
            for (ProcessModule each : found) {
                if (each.path().equals(program)) {
                    return each;
                }
            }
        } catch (IOException e) {
            throw NativePatchException.of("",
                    "the program of process " + pid + " cannot be told: " + FileFailure.reason(e));
        }
        // Its file is not what runs: then keys are those of libraries alone.
        return found.getFirst();
    }
}
