package dev.repoint.linux.ptrace;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.MappingQuery;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.processor.RemoteRegisters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where stopped threads go on that are about to run an instruction that will not be there any more: at its copy.
///
/// 1. The instruction pointer of a thread.
/// 2. The one of a thread that will make a system call once more when it runs on.
/// 3. Words on its stacks: return addresses, and the instruction pointers that a handler of a signal will
///    return to. A word that looks like one and is not read as one does no harm.
///
/// Stacks are searched from the stack pointer up; if that is not on the stack that the thread was started with
/// (as in a handler with a stack of its own), the thread's own stack is searched, too. Stacks that no thread is
/// on, as those of coroutines, are not found.
public final class ThreadMoves implements AutoCloseable {

    /// So much of a stack is searched at most.
    private static final long DEEPEST = 8L << 20;

    private final long pid;
    private final RemoteMemory memory;
    private final Map<Long, Long> places = new TreeMap<>();
    private final Map<Long, Long> restarts = new TreeMap<>();
    private final long lowest;
    private final long highest;
    /// Null if it is of no use.
    private final @Nullable MappingQuery query;
    /// The address behind the stack that the kernel gave the process; it stays.
    private final long stackEnd;
    private @Nullable Mappings mappings;

    /// A place that threads leave.
    ///
    /// @param from      an instruction that changes
    /// @param to        the same instruction elsewhere
    /// @param isRestart whether only a thread goes there that will make the system call before it once more
    public record Move(long from, long to, boolean isRestart) {}

    /// @param moves all of a patch
    public ThreadMoves(long pid, RemoteMemory memory, List<Move> moves) {
        this.pid = pid;
        this.memory = memory;
        moves.forEach(each -> (each.isRestart ? restarts : places).put(each.from, each.to));
        lowest = places.keySet().stream().mapToLong(each -> each).min().orElse(0);
        highest = places.keySet().stream().mapToLong(each -> each).max().orElse(0);
        query = places.isEmpty() ? null : MappingQuery.open(pid);
        stackEnd = query == null
                ? 0
                : known().all().stream()
                        .filter(ThreadMoves::isStack)
                        .mapToLong(Mapping::end)
                        .findFirst()
                        .orElse(0);
    }

    private static boolean isStack(Mapping mapping) {
        return mapping.path().equals("[stack]");
    }

    boolean isEmpty() {
        return places.isEmpty() && restarts.isEmpty();
    }

    /// Forgets what was mapped at the last stop.
    void begin() {
        mappings = null;
    }

    /// Sends one thread where it goes on.
    void apply(Tracee thread) {
        RemoteRegisters registers = thread.registers();
        long at = registers.programCounter();
        Long to = places.get(at);
        if (to == null && registers.waitsIn() >= 0) {
            to = restarts.get(at);
        }
        if (to != null) {
            registers.programCounter(to);
            if (!thread.writeRegisters(registers) && !thread.isGone()) {
                throw new TraceException(
                        "thread %d does not let its instruction pointer be changed".formatted(thread.tid()));
            }
        }
        if (!places.isEmpty()) {
            stacks(registers);
        }
    }

    /// Memory that may be written.
    ///
    /// @param isFirst whether it is the stack that the kernel gave the process
    private record Stack(long start, long end, boolean isFirst) {}

    private void stacks(RemoteRegisters registers) {
        long top = registers.stackPointer();
        Stack stack = stack(top);
        if (stack != null) {
            search(Math.max(stack.start(), top - Processors.remote().redZone()), stack.end());
        }
        Stack own = stack(registers.threadPointer());
        boolean isOnOwn = stack != null && (stack.isFirst() || stack.equals(own));
        if (isOnOwn) {
            return;
        }
        if (own != null) {
            long end = registers.threadPointer();
            search(Math.max(own.start(), end - DEEPEST), end);
        }
        for (Mapping each : known().all()) {
            if (isStack(each)) {
                search(each.start(), each.end());
            }
        }
    }

    private void search(long from, long end) {
        long start = from & -Long.BYTES;
        long length = Math.min(end - start, DEEPEST) & -Long.BYTES;
        if (length <= 0) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment words = arena.allocate(length, Memory.PAGE);
            memory.read(start, words);
            for (long i = 0; i < length; i += Long.BYTES) {
                long word = words.get(ValueLayout.JAVA_LONG, i);
                Long to = word >= lowest && word <= highest ? places.get(word) : null;
                if (to != null) {
                    memory.write(start + i, to.longValue());
                }
            }
        } catch (CallFailedException e) {
            throw new TraceException(
                    "the stack at 0x%x of process %d cannot be read: %s".formatted(start, pid, e.getMessage()));
        }
    }

    private @Nullable Stack stack(long address) {
        if (query != null) {
            MappingQuery.Found found = query.at(address);
            return found == null || !found.isWritable()
                    ? null
                    : new Stack(found.start(), found.end(), found.end() == stackEnd);
        }
        Mapping found = known().containing(address, 1);
        if (found == null || !found.isWritable()) {
            mappings = null; // it may have come meanwhile
            found = known().containing(address, 1);
        }
        return found != null && found.isWritable() ? new Stack(found.start(), found.end(), isStack(found)) : null;
    }

    /// What is mapped: read when threads have stopped, because stacks come and go with threads.
    private Mappings known() {
        Mappings all = mappings;
        if (all == null) {
            try {
                all = Mappings.of(pid);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            mappings = all;
        }
        return all;
    }

    @Override
    public void close() {
        if (query != null) {
            query.close();
        }
    }
}
