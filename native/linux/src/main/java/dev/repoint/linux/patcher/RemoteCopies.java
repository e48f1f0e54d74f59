package dev.repoint.linux.patcher;

import dev.repoint.elf.ElfException;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.ptrace.Patience;
import dev.repoint.linux.ptrace.RemoteCall;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.RemoteTask;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.linux.unwind.UnwindRange;
import dev.repoint.linux.unwind.Unwinder;
import dev.repoint.machine.entry.CopyUnwind;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.entry.MovedCopy;
import dev.repoint.machine.instruction.OutOfRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// The copies of first instructions in another process. Used by one thread at a time.
///
/// A copy is written before anything leads to it, is never freed, and is used again. So is its unwind entry,
/// which is registered with the unwinder of the process before a thread can be in the copy.
final class RemoteCopies {

    private static final int ALIGNMENT = 8;
    /// What an unwind entry can be away from its code, with room for both.
    private static final long REACH = Integer.MAX_VALUE - (1L << 20);

    private final long pid;
    private final RemoteMemory memory;
    private final RemoteCodeArena codeArena;
    private final RemoteUnwindIndex index;
    private final List<Unregistered> unregistered = new ArrayList<>();
    private boolean isForced;

    /// A copy whose unwind entry the process does not know yet.
    ///
    /// @param bias what is added to addresses of the file
    private record Unregistered(LedgerKey key, EntryModule module, EntryPatch patch, MovedCopy copy, long bias) {}

    RemoteCopies(long pid, RemoteMemory memory, RemoteCodeArena codeArena) {
        this.pid = pid;
        this.memory = memory;
        this.codeArena = codeArena;
        this.index = new RemoteUnwindIndex(pid, memory, codeArena);
    }

    void force(boolean isForced) {
        this.isForced = isForced;
    }

    /// Brings a copy into the process.
    ///
    /// @param bias what is added to addresses of the file
    /// @return the copy, with addresses of the file
    /// @throws OutOfRange if there is no room within reach
    MovedCopy write(EntryPatch patch, long bias) throws OutOfRange {
        long place = codeArena.code(
                patch.copyLength(),
                address -> patch.copy(address - bias).bytes(),
                Math.max(patch.lowest() + bias, 0),
                patch.highest() + bias);
        return patch.copy(place - bias);
    }

    /// Remembers a copy that the unwinder does not know.
    void add(LedgerKey key, EntryModule module, EntryPatch patch, MovedCopy copy, long bias) {
        unregistered.add(new Unregistered(key, module, patch, copy, bias));
    }

    /// A copy that an earlier patch has brought.
    ///
    /// @param place where it stands
    /// @return with addresses of the file; empty if something else stands there
    Optional<MovedCopy> at(EntryPatch patch, long place, long bias) {
        try {
            MovedCopy copy = patch.copy(place - bias);
            return codeArena.has(place, copy.bytes()) ? Optional.of(copy) : Optional.empty();
        } catch (OutOfRange e) {
            return Optional.empty();
        }
    }

    /// Tells the unwinder of the process about all copies that it does not know, before anything leads to them.
    ///
    /// @param patience with the threads, if one has to help
    /// @param told     is given the keys of those that it knows then
    /// @param untold   is given the others
    /// @return why it was not told, so that a backtrace from inside of a copy ends there; empty if it was
    /// @throws OutOfRange if there is no room
    Optional<String> register(Patience patience, Consumer<LedgerKey> told, Consumer<LedgerKey> untold)
            throws OutOfRange {
        if (unregistered.isEmpty()) {
            return Optional.empty();
        }
        Map<Long, List<Unregistered>> modules = new LinkedHashMap<>();
        unregistered.forEach(each ->
                modules.computeIfAbsent(each.bias, _ -> new ArrayList<>()).add(each));
        List<Unregistered> all = List.copyOf(unregistered);
        unregistered.clear();
        Optional<String> obstacle = register(modules.values(), patience);
        all.forEach(each -> (obstacle.isEmpty() ? told : untold).accept(each.key));
        return obstacle;
    }

    private Optional<String> register(Collection<List<Unregistered>> modules, Patience patience) throws OutOfRange {
        try {
            List<Table> tables = new ArrayList<>();
            for (List<Unregistered> copies : modules) {
                table(copies).ifPresent(tables::add);
            }
            return tables.isEmpty() ? Optional.empty() : register(tables, patience);
        } catch (IOException | TraceException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> register(List<Table> tables, Patience patience)
            throws IOException, ElfException, OutOfRange {
        Unwinder unwinder = Unwinder.find(pid);
        if (unwinder == null) {
            LibraryLoad.byName(pid, memory, codeArena, Unwinder.LIBRARY, patience, isForced);
            unwinder = Unwinder.find(pid);
        }
        if (unwinder == null) {
            return Optional.of("process " + pid + " has no unwinder that can be told of it");
        }
        if (index.serves(unwinder)) {
            List<UnwindRange> ranges = new ArrayList<>();
            tables.forEach(each -> ranges.addAll(each.ranges));
            index.add(unwinder, ranges);
            return Optional.empty();
        }
        for (Table each : tables) {
            OptionalLong found = RemoteCall.call(
                    pid,
                    memory,
                    codeArena.code(RemoteCall.code()),
                    List.of(
                            new RemoteCall.Call(unwinder.registerFrame(), each.address),
                            new RemoteCall.Call(
                                    unwinder.findEntry(), each.ranges.getFirst().start(), RemoteCall.BUFFER)),
                    patience,
                    RemoteTask.calling(isForced));
            if (found.isEmpty()) {
                return Optional.of("no thread of process " + pid + " was idle" + patience.text());
            }
            if (found.getAsLong() == 0) {
                return Optional.of("its unwinder does not find the copy");
            }
        }
        return Optional.empty();
    }

    /// Unwind entries in the process.
    ///
    /// @param address of the first
    /// @param ranges  what they describe; not empty
    private record Table(long address, List<UnwindRange> ranges) {}

    /// A table for the copies of one module, and behind it those of landing pads.
    ///
    /// @return empty if none of them needs an entry
    private Optional<Table> table(List<Unregistered> copies) throws ElfException, OutOfRange {
        Map<Unregistered, CopyUnwind> unwinds = new LinkedHashMap<>();
        int length = CopyUnwind.terminator().length;
        long lowest = 0;
        long highest = Long.MAX_VALUE;
        for (Unregistered each : copies) {
            Optional<CopyUnwind> unwind = CopyUnwind.of(each.module, each.patch, each.copy);
            if (unwind.isPresent()) {
                unwinds.put(each, unwind.get());
                length += unwind.get().framesLength() + unwind.get().exceptionsLength() + ALIGNMENT;
                lowest = Math.max(lowest, each.copy.address() + each.bias - REACH);
                highest = Math.min(highest, each.copy.address() + each.bias + REACH);
            }
        }
        if (unwinds.isEmpty()) {
            return Optional.empty();
        }
        long bias = copies.getFirst().bias;
        List<byte[]> written = new ArrayList<>();
        long address = codeArena.code(
                length,
                at -> {
                    byte[] bytes = table(List.copyOf(unwinds.values()), at - bias);
                    written.add(bytes);
                    return bytes;
                },
                lowest,
                highest);
        return Optional.of(new Table(address, ranges(unwinds, written.getLast(), address)));
    }

    private static List<UnwindRange> ranges(Map<Unregistered, CopyUnwind> unwinds, byte[] table, long address) {
        List<UnwindRange> ranges = new ArrayList<>();
        int at = 0;
        for (Map.Entry<Unregistered, CopyUnwind> each : unwinds.entrySet()) {
            int length = each.getValue().framesLength();
            long bias = each.getKey().bias;
            MovedCopy copy = each.getKey().copy;
            ranges.add(UnwindRange.of(
                    copy.address() + bias,
                    copy.end() + bias,
                    Arrays.copyOfRange(table, at, at + length),
                    address + at));
            at += length;
        }
        return ranges;
    }

    private static byte[] table(List<CopyUnwind> unwinds, long address) throws OutOfRange {
        int exceptions = CopyUnwind.terminator().length;
        for (CopyUnwind each : unwinds) {
            exceptions += each.framesLength();
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        ByteArrayOutputStream landings = new ByteArrayOutputStream();
        for (CopyUnwind each : unwinds) {
            while ((exceptions + landings.size()) % ALIGNMENT != 0) {
                landings.write(0);
            }
            long landing = address + exceptions + landings.size();
            frames.writeBytes(each.frames(address + frames.size(), landing));
            landings.writeBytes(each.exceptions(landing));
        }
        frames.writeBytes(CopyUnwind.terminator());
        frames.writeBytes(landings.toByteArray());
        return frames.toByteArray();
    }
}
