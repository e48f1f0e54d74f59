package dev.repoint.linux.patcher;

import dev.repoint.elf.ElfException;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.ptrace.RemoteCall;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.RemoteTask;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.machine.entry.CopyUnwind;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.entry.MovedCopy;
import dev.repoint.machine.instruction.OutOfRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
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
    /// @param done is given the keys of those that it knows then
    /// @return why it was not told, so that a backtrace from inside of a copy ends there; empty if it was
    /// @throws OutOfRange if there is no room
    Optional<String> register(Consumer<LedgerKey> done) throws OutOfRange {
        Map<Long, List<Unregistered>> modules = new LinkedHashMap<>();
        unregistered.forEach(each ->
                modules.computeIfAbsent(each.bias, _ -> new ArrayList<>()).add(each));
        unregistered.clear();
        for (List<Unregistered> copies : modules.values()) {
            Optional<String> obstacle;
            try {
                long table = table(copies);
                obstacle = table == 0 ? Optional.empty() : register(table, inside(copies));
            } catch (IOException e) {
                obstacle = Optional.of(String.valueOf(e.getMessage()));
            }
            if (obstacle.isPresent()) {
                return obstacle;
            }
            copies.forEach(each -> done.accept(each.key));
        }
        return Optional.empty();
    }

    private Optional<String> register(long frames, long inside) throws IOException, ElfException, OutOfRange {
        try {
            Unwinder unwinder = Unwinder.find(pid);
            if (unwinder == null) {
                LibraryLoad.byName(pid, memory, codeArena, Unwinder.LIBRARY, isForced);
                unwinder = Unwinder.find(pid);
            }
            if (unwinder == null) {
                return Optional.of("process " + pid + " has no unwinder that can be told of it");
            }
            OptionalLong found = RemoteCall.call(
                    pid,
                    memory,
                    codeArena.code(RemoteCall.code()),
                    List.of(
                            new RemoteCall.Call(unwinder.registerFrame(), frames),
                            new RemoteCall.Call(unwinder.findEntry(), inside, RemoteCall.BUFFER)),
                    RemoteTask.calling(isForced));
            if (found.isEmpty()) {
                return Optional.of("no thread of process " + pid + " was idle");
            }
            return found.getAsLong() != 0 ? Optional.empty() : Optional.of("its unwinder does not find the copy");
        } catch (TraceException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// A table for the copies of one module, and behind it those of landing pads.
    ///
    /// @return its address; 0 if none of them needs an entry
    private long table(List<Unregistered> copies) throws ElfException, OutOfRange {
        List<CopyUnwind> unwinds = new ArrayList<>();
        int length = CopyUnwind.terminator().length;
        long lowest = 0;
        long highest = Long.MAX_VALUE;
        for (Unregistered each : copies) {
            Optional<CopyUnwind> unwind = CopyUnwind.of(each.module, each.patch, each.copy);
            if (unwind.isPresent()) {
                unwinds.add(unwind.get());
                length += unwind.get().framesLength() + unwind.get().exceptionsLength() + ALIGNMENT;
                lowest = Math.max(lowest, each.copy.address() + each.bias - REACH);
                highest = Math.min(highest, each.copy.address() + each.bias + REACH);
            }
        }
        long bias = copies.getFirst().bias;
        return unwinds.isEmpty() ? 0 : codeArena.code(length, at -> table(unwinds, at - bias), lowest, highest);
    }

    /// An address in a copy that has an unwind entry.
    private static long inside(List<Unregistered> copies) throws ElfException {
        for (Unregistered each : copies) {
            if (CopyUnwind.of(each.module, each.patch, each.copy).isPresent()) {
                return each.copy.address() + each.bias;
            }
        }
        return 0;
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
