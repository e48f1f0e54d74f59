package dev.repoint.linux.ledger;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.refusal.ProcessRefusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Memory of ours in another process: anonymous pages that may be read and run, and are written through
/// `/proc/PID/mem`. They are found again by what they begin with.
///
/// | at | what |
/// | --- | --- |
/// | 0 | the magic number, which is written last |
/// | 8 | the version of the layout, then the kind; 4 bytes each |
/// | 16 | the size in bytes |
/// | 24 | of code, the offset of the first free byte; of the [Ledger]'s slots, which they are |
///
/// @param address of the first byte
/// @param size    in bytes
public record Chunk(long address, Kind kind, long size) {

    /// What it holds.
    public enum Kind {
        /// The [Ledger]'s slots and rows.
        HOME(1),
        /// Entries and veneers.
        CODE(2),
        /// The [Ledger]'s records.
        RECORDS(3);

        /// What it is in memory.
        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /// The kind of a number; null if there is none.
        private static @Nullable Kind of(int number) {
            for (Kind each : values()) {
                if (each.number == number) {
                    return each;
                }
            }
            return null;
        }
    }

    /// `Repoint` and a line feed, the first byte lowest.
    static final long MAGIC = 0x0a_74_6e_69_6f_70_65_52L;
    static final int VERSION = 3;
    static final int VERSION_AND_KIND = 8;
    static final int SIZE = 16;
    public static final int NEXT = 24;
    /// Where what it holds begins.
    public static final int HEADER = 64;

    /// The address behind the last byte.
    public long end() {
        return address + size;
    }

    /// All that a process has.
    public static List<Chunk> all(RemoteMemory memory, Mappings mappings) {
        List<Chunk> all = new ArrayList<>();
        for (Mapping each : mappings.all()) {
            if (each.path().isEmpty() && each.isExecutable() && !each.isWritable() && each.isReadable()) {
                try {
                    Chunk chunk = at(memory, each.start(), mappings);
                    if (chunk != null) {
                        all.add(chunk);
                    }
                } catch (CallFailedException e) {
                    // it has gone meanwhile, and was none of ours, which stay
                }
            }
        }
        return all;
    }

    private static @Nullable Chunk at(RemoteMemory memory, long address, Mappings mappings) {
        if (memory.word(address) != MAGIC) {
            return null;
        }
        long numbers = memory.word(address + VERSION_AND_KIND);
        long size = memory.word(address + SIZE);
        Kind kind = Kind.of((int) (numbers >>> Integer.SIZE));
        if ((int) numbers != VERSION || kind == null || !isMapped(mappings, address, size)) {
            throw ProcessRefusal.of(
                    "",
                    "the process was patched by another version of Repoint, with layout " + (int) numbers
                            + " of its memory and not " + VERSION + "; use that version, or restart the process");
        }
        return new Chunk(address, kind, size);
    }

    /// A page of it may have another protection now ([RunningPhases]), and so be a mapping of its own.
    private static boolean isMapped(Mappings mappings, long address, long size) {
        long at = address;
        while (at < address + size) {
            Mapping part = mappings.containing(at, 1);
            if (part == null || !part.path().isEmpty()) {
                return false;
            }
            at = part.end();
        }
        return true;
    }

    /// Makes pages that were just mapped one.
    ///
    /// @param next what stands at [#NEXT]
    public static Chunk create(RemoteMemory memory, long address, Kind kind, long size, long next) {
        memory.write(address + SIZE, size);
        memory.write(address + NEXT, next);
        memory.write(address + VERSION_AND_KIND, (long) kind.number << Integer.SIZE | VERSION);
        memory.write(address, MAGIC);
        return new Chunk(address, kind, size);
    }
}
