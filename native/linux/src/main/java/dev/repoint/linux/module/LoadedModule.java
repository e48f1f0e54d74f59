package dev.repoint.linux.module;

import dev.repoint.elf.Address;
import dev.repoint.elf.Dynamic;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Segment;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.call.Memory;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.site.TableBinding;
import dev.repoint.machine.table.TableFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A program or library that is loaded, with the file that it was loaded from. What is mapped was compared with the file.
///
/// It stays what it is until it is unloaded; [#pin] sees to it that it never is. Not thread-safe.
public final class LoadedModule {

    private final Loader.Loaded loaded;
    private final Path path;
    private final ElfFile file;
    private @Nullable SiteTable table;
    private @Nullable LinkageJumps jumps;
    private boolean isPinned;

    LoadedModule(Loader.Loaded loaded, Path path, ElfFile file) {
        this.loaded = loaded;
        this.path = path;
        this.file = file;
    }

    /// How others call it: the name in its dynamic section, else that of its file.
    public String name() {
        return file.dynamic().flatMap(Dynamic::soname).orElse(String.valueOf(path.getFileName()));
    }

    /// Its file.
    public Path path() {
        return path;
    }

    /// What its file holds.
    public ElfFile file() {
        return file;
    }

    /// What is added to the addresses of the file.
    public long bias() {
        return loaded.bias();
    }

    /// Where something of the file is in memory.
    public long at(Address address) {
        return loaded.bias() + address.value();
    }

    /// The instruction set.
    public Architecture architecture() {
        return Architectures.of(file.machine());
    }

    /// Whether it is the program itself, which is never unloaded.
    public boolean isProgram() {
        return loaded.name().isEmpty();
    }

    /// Whether an address of this process lies in one of its segments.
    public boolean contains(long address) {
        return segmentAt(address) != null;
    }

    /// Whether an address of this process lies in its code.
    public boolean containsCode(long address) {
        Segment segment = segmentAt(address);
        return segment != null && segment.isExecutable();
    }

    private @Nullable Segment segmentAt(long address) {
        Address place = new Address(address - loaded.bias());
        for (Segment segment : file.segments()) {
            if (segment.isLoaded() && segment.contains(place)) {
                return segment;
            }
        }
        return null;
    }

    /// The lowest and the highest address of its code.
    public long[] codeRange() {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (Segment segment : file.segments()) {
            if (segment.isLoaded() && segment.isExecutable()) {
                low = Math.min(low, at(segment.address()));
                high = Math.max(high, at(segment.address()) + segment.memorySize());
            }
        }
        return new long[] {low, high};
    }

    /// Its table: read from the file beside it if that is one of this build, else collected.
    ///
    /// @throws ElfException if the table beside it is malformed
    public SiteTable table() throws ElfException {
        SiteTable known = table;
        if (known == null) {
            Path beside = TableFile.beside(path);
            SiteTable found = Files.isRegularFile(beside) ? TableFile.read(beside) : null;
            known = found != null && TableBinding.fits(found, file)
                    ? TableBinding.bind(found, beside.toString(), file)
                    : Collector.collect(file);
            table = known;
        }
        return known;
    }

    /// The entries of its procedure linkage tables.
    public LinkageJumps jumps() {
        LinkageJumps known = jumps;
        if (known == null) {
            known = new LinkageJumps(file, architecture());
            jumps = known;
        }
        return known;
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

    /// Whether the words that the loader fills hold what it found, and not yet the way to look for it.
    ///
    /// @param value of a slot
    public boolean isBound(long value) {
        return value != 0 && !(containsCode(value) && jumps().isInTable(value - loaded.bias()));
    }

    /// A word of 8 bytes of its data, as it is now.
    ///
    /// @param address in this process; a multiple of 8
    public long word(long address) {
        return Memory.word(address);
    }

    @Override
    public String toString() {
        return name() + " at 0x" + Long.toHexString(loaded.bias());
    }
}
