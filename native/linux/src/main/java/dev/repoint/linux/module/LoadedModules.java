package dev.repoint.linux.module;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.Note;
import dev.repoint.elf.Segment;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is loaded in this process, and the modules of it that were looked at. Used by one thread at a time.
public final class LoadedModules {

    private static final long PROGRAM_HEADERS = 32; // e_phoff
    private static final long PROGRAM_HEADER_SIZE = 56; // sizeof(Elf64_Phdr)
    private static final String KERNEL = "linux-vdso.so.1";
    private static final String DELETED = " (deleted)";

    private final List<LoadedModule> known = new ArrayList<>();

    /// What is loaded and has a file, the program first.
    public List<Loader.Loaded> all() {
        return Loader.loaded().stream()
                .filter(each -> !each.name().equals(KERNEL))
                .toList();
    }

    /// The module of what is loaded; the same one each time.
    ///
    /// @throws ElfException if its file is not there any more, or is not the one that was loaded
    public LoadedModule open(Loader.Loaded loaded) throws ElfException {
        for (LoadedModule each : known) {
            // At the place of one that was unloaded there can be another one of its name.
            if (each.is(loaded)
                    && (each.isPinned() || isSameHeaders(loaded, each.file()) && isSameId(loaded, each.file()))) {
                return each;
            }
        }
        Path path = path(loaded);
        ElfFile file = ElfFile.read(path);
        requireSame(loaded, path, file);
        LoadedModule module = new LoadedModule(loaded, path, file);
        known.add(module);
        return module;
    }

    /// Whether a module is still loaded.
    public boolean isLoaded(LoadedModule module) {
        return module.isPinned() || all().stream().anyMatch(module::is);
    }

    /// What the loader calls by a name: the name or path of its file, or the name in its dynamic section.
    ///
    /// @param name such as `libz.so.1` or `/usr/lib/libz.so.1`; empty for the program itself
    public Optional<Loader.Loaded> find(String name) {
        List<Loader.Loaded> all = all();
        for (Loader.Loaded each : all) {
            if (each.name().equals(name)) {
                return Optional.of(each);
            }
        }
        for (Loader.Loaded each : all) {
            if (!each.name().isEmpty()
                    && String.valueOf(Path.of(each.name()).getFileName()).equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /// What contains an address.
    public Optional<Loader.Loaded> containing(long address) {
        for (Loader.Loaded each : all()) {
            for (int i = 0; i < each.count(); i++) {
                long header = each.segments() + PROGRAM_HEADER_SIZE * i;
                boolean isLoaded = (int) Memory.bytesAsWord(header, Integer.BYTES) == Segment.PT_LOAD;
                long start = each.bias() + Memory.word(header + 16); // p_vaddr
                if (isLoaded && Long.compareUnsigned(address - start, Memory.word(header + 40)) < 0) { // p_memsz
                    return Optional.of(each);
                }
            }
        }
        return Optional.empty();
    }

    /// The file as the kernel knows it: the loader may know a relative path only, and for the program none.
    private static Path path(Loader.Loaded loaded) throws ElfException {
        Mapping mapping = Mappings.now().containing(loaded.segments(), 1);
        String path = mapping == null ? "" : mapping.path();
        if (path.endsWith(DELETED)) {
            throw new ElfException(path.substring(0, path.length() - DELETED.length())
                    + ": the file was deleted or replaced since it was loaded, so its sites are not known;"
                    + " put the file back that was loaded");
        }
        if (!path.startsWith("/")) {
            throw new ElfException((loaded.name().isEmpty() ? "the program" : loaded.name())
                    + ": was not loaded from a file, so its sites are not known");
        }
        return Path.of(path);
    }

    /// Compares what is mapped with the file: the program headers, then the build id, or without one the code
    /// itself.
    private static void requireSame(Loader.Loaded loaded, Path path, ElfFile file) throws ElfException {
        if (!isSame(loaded, file)) {
            throw new ElfException(path + ": this is not the file that was loaded; it was changed or replaced since");
        }
    }

    private static boolean isSame(Loader.Loaded loaded, ElfFile file) {
        return isSameHeaders(loaded, file)
                && (buildId(file) == null ? isSameCode(loaded, file) : isSameId(loaded, file));
    }

    private static boolean isSameHeaders(Loader.Loaded loaded, ElfFile file) {
        MemorySegment bytes = file.bytes();
        long headers = bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, PROGRAM_HEADERS);
        long size = loaded.count() * PROGRAM_HEADER_SIZE;
        return file.segments().size() == loaded.count()
                && bytes.asSlice(headers, size).mismatch(Memory.range(loaded.segments(), size)) < 0;
    }

    /// True as well if it has none.
    private static boolean isSameId(Loader.Loaded loaded, ElfFile file) {
        Note id = buildId(file);
        return id == null || isSameBytes(loaded, file, id.offset(), id.size());
    }

    private static boolean isSameCode(Loader.Loaded loaded, ElfFile file) {
        for (Segment segment : file.segments()) {
            boolean isCode = segment.isLoaded() && segment.isExecutable() && !segment.isWritable();
            if (isCode && !isSameBytes(loaded, file, segment.offset(), segment.fileSize())) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Note buildId(ElfFile file) {
        for (Note note : file.notes()) {
            boolean isLoaded = file.addressOf(note.offset()).isPresent();
            if (isLoaded && note.type() == Note.NT_GNU_BUILD_ID && note.owner().equals("GNU")) {
                return note;
            }
        }
        return null;
    }

    private static boolean isSameBytes(Loader.Loaded loaded, ElfFile file, FileOffset offset, long size) {
        return file.addressOf(offset)
                .map(address -> Memory.range(loaded.bias() + address.value(), size))
                .map(mapped -> mapped.mismatch(file.bytes().asSlice(offset.value(), size)) < 0)
                .orElse(false);
    }
}
