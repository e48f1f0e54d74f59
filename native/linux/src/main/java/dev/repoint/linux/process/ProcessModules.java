package dev.repoint.linux.process;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Segment;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.file.FileFailure;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.ledger.Ledger;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.memory.FileSource;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.module.ChosenFunctions;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.ptrace.AuxiliaryVector;
import dev.repoint.linux.ptrace.LinkMaps;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.refusal.ProcessRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What another process has loaded: the program first, then its libraries in the order in which the loader
/// looks through them ([Namespaces]). Nothing is opened before it is asked for. Used by one thread at a time.
final class ProcessModules {

    private static final int MAGIC = 0x464c_457f; // "\177ELF", the first byte lowest
    private static final int MACHINE = 18; // e_machine
    private static final int NO_ELF = -1;
    /// What a branch reaches.
    private static final long LARGEST = 1L << 31;
    private static final Pattern NUMBER = Pattern.compile("#[1-9][0-9]{0,5}$");

    private final long pid;
    private final RemoteMemory memory;
    private final List<Opened> opened = new ArrayList<>();
    private @Nullable Look look;

    /// What was opened, and the mapping that it begins with.
    private record Opened(Mapping mapping, ProcessModule module) {}

    /// What a look has found.
    ///
    /// @param modules    whose files are what was loaded, in order
    /// @param namespaces the same ones, as the loader has them
    /// @param bases      of all files that are mapped and may be modules, those included that could not be
    ///     opened, by address
    /// @param unknown those that could not be looked at, one line each
    /// @param foreign files for other machines
    private record Look(
            List<ProcessModule> modules,
            Namespaces namespaces,
            Map<Long, String> bases,
            List<String> unknown,
            Set<String> foreign) {}

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
        Map<Long, String> bases = new HashMap<>();
        Set<String> foreign = new LinkedHashSet<>();
        int ours = Processors.remote().machineNumber();
        long end = 0;
        for (Mapping each : all) {
            int machine = !each.isFirstOfFile() || each.start() < end ? NO_ELF : machine(each);
            if (machine != ours && machine != NO_ELF) {
                foreign.add(FileSource.withoutMark(each.path()));
            }
            boolean isOfFile = isCode(each, all);
            if (machine != ours || !isOfFile && !mayBeMoved(each, all)) {
                continue;
            }
            try {
                ProcessModule module = open(each, ledger, isOfFile ? null : new Mappings(all));
                if (module != null) {
                    bases.put(each.start(), module.path().toString());
                    found.add(module);
                    end = module.at(lastSegment(module.file()).address())
                            + lastSegment(module.file()).memorySize();
                }
            } catch (ElfException e) {
                bases.put(each.start(), FileSource.withoutMark(each.path()));
                failed.add(String.valueOf(e.getMessage()));
            }
        }
        if (found.isEmpty()) {
            throw ProcessRefusal.of(
                    "",
                    failed.isEmpty() ? "process " + pid + " has no program mapped; did it end?" : failed.getFirst());
        }
        foreign.forEach(
                each -> failed.add(each + ": it is for another machine; programs in an emulator cannot be patched"));
        AuxiliaryVector vector = AuxiliaryVector.of(pid);
        Namespaces namespaces = namespaces(found, vector, new Mappings(all));
        List<ProcessModule> modules = namespaces.all();
        ProcessModule program = modules.getFirst();
        if (program.contains(vector.value(AuxiliaryVector.PROGRAM_HEADERS))) {
            program.startedAs(ProgramName.name(pid, memory, vector, program.source(), program.builtName()));
        }
        number(modules);
        return new Look(modules, namespaces, bases, List.copyOf(failed), foreign);
    }

    private Namespaces namespaces(List<ProcessModule> found, AuxiliaryVector vector, Mappings mappings) {
        long debug = LinkMaps.find(vector, memory, mappings);
        for (ProcessModule each : found) {
            debug = debug == 0 ? debugOf(each) : debug;
        }
        return Namespaces.of(found, programOf(found), LinkMaps.read(memory, debug));
    }

    /// Where the lists of the loader are if it is the loader that was started, and the program is its argument:
    /// glibc and musl have names for them.
    private long debugOf(ProcessModule module) {
        for (Symbol each : module.file().dynamicSymbols().named("_r_debug")) {
            if (each.isDefined()) {
                return module.at(each.value());
            }
        }
        for (Symbol each : module.file().dynamicSymbols().named("_dl_debug_addr")) {
            if (each.isDefined()) {
                return module.word(module.at(each.value()));
            }
        }
        return 0;
    }

    private static void number(List<ProcessModule> modules) {
        Map<String, Integer> counts = new HashMap<>();
        modules.forEach(each -> each.number(counts.merge(each.ownName(), 1, Integer::sum)));
    }

    private List<Mapping> mappings() {
        try {
            return Mappings.of(pid).all();
        } catch (IOException e) {
            throw ProcessRefusal.because("", "", "what process " + pid + " has mapped cannot be read; did it end?", e);
        }
    }

    /// All whose files are what was loaded, the program first.
    List<ProcessModule> all() {
        return look().modules;
    }

    /// The same ones, as the loader has them.
    Namespaces namespaces() {
        return look().namespaces;
    }

    /// The one that a patchable of the ledger is in.
    ///
    /// @return empty if it is not loaded any more, or its file is not what was loaded
    Optional<ProcessModule> of(LedgerKey key) {
        return all().stream()
                .filter(each -> each.base() == key.base() && each.key(key.key()).equals(key))
                .findFirst();
    }

    /// Whether a patchable of the ledger is in a module that cannot be opened: then its state is not known.
    boolean isHidden(LedgerKey key) {
        boolean isOpen = all().stream().anyMatch(each -> each.base() == key.base());
        return !isOpen && key.module().equals(look().bases.get(key.base()));
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

    /// A module by the name in its dynamic section, by that of its file, or by its path; if there are several,
    /// `#2` behind that means the second one.
    Optional<ProcessModule> find(String name) {
        for (ProcessModule each : all()) {
            if (each.name().equals(name)) {
                return Optional.of(each);
            }
        }
        List<ProcessModule> same = called(name);
        int mark = name.lastIndexOf('#');
        if (same.isEmpty() && mark > 0 && NUMBER.matcher(name).find(mark)) {
            int number = Integer.parseInt(name.substring(mark + 1));
            return called(name.substring(0, mark)).stream().skip(number - 1).findFirst();
        }
        return same.stream().findFirst();
    }

    /// All that people call so, in order.
    List<ProcessModule> called(String name) {
        return all().stream().filter(each -> each.isCalled(name)).toList();
    }

    /// The module that an address lies in.
    Optional<ProcessModule> containing(long address) {
        return all().stream().filter(each -> each.contains(address)).findFirst();
    }

    /// The function that an indirect one has chosen.
    ///
    /// @param resolver the address of the indirect function
    /// @return 0 if no slot in the process holds it yet
    long chosen(ProcessModule module, long resolver, List<String> names) {
        return all().stream()
                .mapToLong(each -> ChosenFunctions.in(each, module, resolver, names))
                .filter(each -> each != 0)
                .findFirst()
                .orElse(0);
    }

    private static boolean isCode(Mapping first, List<Mapping> all) {
        return all.stream().anyMatch(each -> each.isExecutable() && each.path().equals(first.path()));
    }

    /// Whether there is code behind a mapping that no file is behind.
    private static boolean mayBeMoved(Mapping first, List<Mapping> all) {
        return all.stream()
                .anyMatch(each -> each.isExecutable()
                        && (each.inode() == 0 || each.path().startsWith("/anon_hugepage"))
                        && each.start() > first.start()
                        && each.start() - first.start() < LARGEST);
    }

    /// The machine that a mapped file is for; [#NO_ELF] if it is none of the kind.
    private int machine(Mapping mapping) {
        try {
            return (int) memory.word(mapping.start()) == MAGIC
                    ? (int) memory.word(mapping.start() + MACHINE) & 0xffff
                    : NO_ELF;
        } catch (CallFailedException e) {
            return NO_ELF; // it may not be read, or is gone
        }
    }

    /// @param moved what is mapped, if no code of the file is: it may have been moved
    /// @return null if it is mapped as data
    private @Nullable ProcessModule open(Mapping mapping, List<LedgerEntry> ledger, @Nullable Mappings moved)
            throws ElfException {
        for (Opened each : opened) {
            boolean isSame = each.mapping.start() == mapping.start()
                    && each.mapping.path().equals(mapping.path())
                    && each.module.isMoved() == (moved != null);
            if (isSame && MappedFile.isSame(memory, each.module, ledger)) {
                return each.module;
            }
        }
        Path source = FileSource.of(pid, mapping);
        ElfFile file = ElfFile.read(source);
        ProcessModule module = new ProcessModule(mapping, source, file, bias(mapping, file), memory, moved != null);
        if (moved != null && !hasCode(module, moved)) {
            return null;
        }
        boolean isSame = MappedFile.isSame(memory, module, ledger);
        if (moved != null && !(isSame && isSameCode(module, ledger))) {
            throw new ElfException(
                    module.path() + ": its code was copied to memory that no file is behind, as programs do"
                            + " that want large pages, and is not what the file holds: it cannot be patched");
        }
        if (!isSame) {
            throw new ElfException(module.path() + ": this is not the file that process " + pid
                    + " has loaded; it was changed or replaced since: put the file back, or restart the process");
        }
        opened.add(new Opened(mapping, module));
        return module;
    }

    private boolean isSameCode(ProcessModule module, List<LedgerEntry> ledger) {
        try {
            return MappedFile.isSameCode(memory, module, ledger);
        } catch (CallFailedException e) {
            return false;
        }
    }

    private static boolean hasCode(ProcessModule module, Mappings mappings) {
        long[] code = module.codeRange();
        for (long at = code[0]; at < code[1]; ) {
            Mapping part = mappings.containing(at, 1);
            if (part == null || !part.isExecutable()) {
                return false;
            }
            at = part.end();
        }
        return code[0] < code[1];
    }

    /// What the loader has added to addresses: 0 for a program that is linked to be at one place.
    private static long bias(Mapping mapping, ElfFile file) {
        for (Segment segment : file.segments()) {
            if (segment.isLoaded()) {
                return mapping.start()
                        - (segment.address().value() - segment.offset().value());
            }
        }
        return mapping.start();
    }

    private static Segment lastSegment(ElfFile file) {
        return file.segments().stream()
                .filter(Segment::isLoaded)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private ProcessModule programOf(List<ProcessModule> found) {
        try {
            Path program =
                    Path.of(FileSource.withoutMark(Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe"))
                            .toString()));
            for (ProcessModule each : found) {
                if (each.path().equals(program)) {
                    return each;
                }
            }
        } catch (IOException e) {
            throw ProcessRefusal.of(
                    "", "the program of process " + pid + " cannot be identified: " + FileFailure.reason(e));
        }
        // Its file is not what runs: then keys are those of libraries alone.
        return found.getFirst();
    }
}
