package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// What is mapped in this process, one question at a time: the ioctl `PROCMAP_QUERY` of `/proc/self/maps`, from
/// Linux 6.11 on. Not thread-safe.
public final class ProcessMaps {

    private static final int O_CLOEXEC = 0x80000;
    private static final int ENOENT = 2;
    /// `_IOWR('f', 17, struct procmap_query)`.
    private static final long PROCMAP_QUERY = 0xc068_6611L;
    private static final long QUERY_SIZE = 104;
    private static final long QUERY_ADDRESS = 16;
    private static final long START = 24;
    private static final long END = 32;
    private static final long FLAGS = 40;
    private static final MethodHandle OPEN =
            Libc.variadic("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle IOCTL =
            Libc.variadic("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));

    private final int file;
    private final MemorySegment query = Arena.ofAuto().allocate(QUERY_SIZE, Long.BYTES);

    private ProcessMaps(int file) {
        this.file = file;
    }

    /// Opens it, for as long as the process lives.
    ///
    /// @throws CallFailedException if `/proc` is not there, or a sandbox forbids it
    public static ProcessMaps open() {
        MemorySegment state = Libc.state();
        try (Arena arena = Arena.ofConfined()) {
            int file = (int) OPEN.invokeExact(state, arena.allocateFrom("/proc/self/maps"), O_CLOEXEC);
            return new ProcessMaps((int) Libc.checked("open of /proc/self/maps", file, state));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Asks what holds an address. The answer stands in [#start], [#end] and [#protection] until the next
    /// question.
    ///
    /// @return whether anything is mapped there
    /// @throws CallFailedException if the kernel does not show them
    public boolean find(long address) {
        MemorySegment state = Libc.state();
        query.fill((byte) 0);
        query.set(JAVA_LONG, 0, QUERY_SIZE);
        query.set(JAVA_LONG, QUERY_ADDRESS, address);
        try {
            int result = (int) IOCTL.invokeExact(state, file, PROCMAP_QUERY, query);
            Libc.checked("PROCMAP_QUERY", result, state);
            return true;
        } catch (CallFailedException e) {
            if (e.errno() == ENOENT) {
                return false;
            }
            throw e;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// The first address of what was found.
    public long start() {
        return query.get(JAVA_LONG, START);
    }

    /// The address behind its last byte.
    public long end() {
        return query.get(JAVA_LONG, END);
    }

    /// What may be done with it: of [Memory#READ], [Memory#WRITE], [Memory#EXECUTE], which are the kernel's
    /// numbers here too.
    public int protection() {
        return (int) query.get(JAVA_LONG, FLAGS) & (Memory.READ | Memory.WRITE | Memory.EXECUTE);
    }
}
