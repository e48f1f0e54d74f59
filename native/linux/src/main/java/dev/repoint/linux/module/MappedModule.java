package dev.repoint.linux.module;

import dev.repoint.elf.Address;
import dev.repoint.elf.Dynamic;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Segment;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.site.TableBinding;
import dev.repoint.machine.table.TableFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A program or library in the memory of a process, be it this one or another, with the file that it was loaded
/// from. Not thread-safe.
public abstract class MappedModule {

    private final Path path;
    private final Path source;
    private final ElfFile file;
    private final long bias;
    private @Nullable SiteTable table;
    private @Nullable LinkageJumps jumps;

    /// @param path   of its file, as the process knows it
    /// @param source where that file can be read
    /// @param file   what it holds
    /// @param bias   what is added to its addresses
    protected MappedModule(Path path, Path source, ElfFile file, long bias) {
        this.path = path;
        this.source = source;
        this.file = file;
        this.bias = bias;
    }

    /// How others call it: the name in its dynamic section, else that of its file.
    public String name() {
        return file.dynamic().flatMap(Dynamic::soname).orElse(String.valueOf(path.getFileName()));
    }

    /// Its file.
    public Path path() {
        return path;
    }

    /// Where its file can be read.
    public Path source() {
        return source;
    }

    /// What its file holds.
    public ElfFile file() {
        return file;
    }

    /// What is added to the addresses of the file.
    public long bias() {
        return bias;
    }

    /// Where something of the file is in memory.
    public long at(Address address) {
        return bias + address.value();
    }

    /// The instruction set.
    public Architecture architecture() {
        return Architectures.of(file.machine());
    }

    /// Whether an address lies in one of its segments.
    public boolean contains(long address) {
        return segmentAt(address) != null;
    }

    /// Whether an address lies in its code.
    public boolean containsCode(long address) {
        Segment segment = segmentAt(address);
        return segment != null && segment.isExecutable();
    }

    private @Nullable Segment segmentAt(long address) {
        Address place = new Address(address - bias);
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
            Path beside = TableFile.beside(source);
            SiteTable found = Files.isRegularFile(beside) ? TableFile.read(beside) : null;
            known = found != null && TableBinding.fits(found, file)
                    ? TableBinding.bind(found, beside.toString(), file)
                    : Collector.collect(file);
            table = known;
        }
        return known;
    }

    /// Whether slots that jumps of the procedure linkage table read are changed, and not those jumps: that
    /// needs no stop, costs the jump, and asks that the loader has filled them for good.
    public boolean changesSlots() {
        return false;
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

    /// Whether the words that the loader fills hold what it found, and not yet the way to look for it.
    ///
    /// @param value of a slot
    public boolean isBound(long value) {
        return value != 0 && !(containsCode(value) && jumps().isInTable(value - bias));
    }

    /// A word of 8 bytes of its data, as it is now.
    ///
    /// @param address in the process; a multiple of 8
    public abstract long word(long address);

    @Override
    public String toString() {
        return name() + " at 0x" + Long.toHexString(bias);
    }
}
