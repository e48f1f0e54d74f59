package dev.repoint.linux.ptrace;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Steps that a borrowed thread of another process makes one after the other, while its other threads run on:
/// words are stored at once, which nothing from outside can promise, and pages get the protection that this
/// needs.
///
/// The thread makes all of them without help, and then waits for a moment to be returned to where it was; if
/// this process is killed meanwhile, it makes them to the end and goes back by itself. They end early at one
/// that cannot be made. Not thread-safe.
public final class RemoteSteps {

    /// How many steps there may be.
    public static final int MOST = (BorrowedThread.RESERVE - Long.BYTES) / (4 * Long.BYTES) - 1;

    private static final long SYS_MPROTECT = 10;
    private static final int STORE = -1;
    private static final int STORE_IF = -2;
    private static final int END = -3;
    private static final int STEP = 4 * Long.BYTES;
    private static final long SPARE_STACK = 4096;
    /// What the thread runs. A step is four words: the number of a system call, which has to return 0, and its
    /// arguments; or what is to be done with a word, its address, what it has to hold, and what it is to hold.
    /// Before the steps is a word for the address of the step behind the last one that was looked at.
    private static final byte[] CODE = {
        0x49,
        (byte) 0x89,
        (byte) 0xfc, // mov %rdi,%r12
        0x48,
        (byte) 0x8d,
        0x5f,
        0x08, // lea 8(%rdi),%rbx
        0x48,
        (byte) 0x8b,
        0x03, // next: mov (%rbx),%rax
        0x48,
        (byte) 0x8b,
        0x7b,
        0x08, // mov 8(%rbx),%rdi
        0x48,
        (byte) 0x8b,
        0x73,
        0x10, // mov 16(%rbx),%rsi
        0x48,
        (byte) 0x8b,
        0x53,
        0x18, // mov 24(%rbx),%rdx
        0x48,
        (byte) 0x83,
        (byte) 0xc3,
        STEP, // add $32,%rbx
        0x48,
        (byte) 0x85,
        (byte) 0xc0, // test %rax,%rax
        0x78,
        0x09, // js word
        0x0f,
        0x05, // syscall
        0x48,
        (byte) 0x85,
        (byte) 0xc0, // test %rax,%rax
        0x74,
        (byte) 0xe1, // je next
        (byte) 0xeb,
        0x19, // jmp end
        0x48,
        (byte) 0x83,
        (byte) 0xf8,
        END, // word: cmp $END,%rax
        0x74,
        0x13, // je end
        0x49,
        (byte) 0x89,
        (byte) 0xc1, // mov %rax,%r9
        0x48,
        (byte) 0x89,
        (byte) 0xf0, // mov %rsi,%rax
        (byte) 0xf0,
        0x48,
        0x0f,
        (byte) 0xb1,
        0x17, // lock cmpxchg %rdx,(%rdi)
        0x74,
        (byte) 0xcc, // je next
        0x49,
        (byte) 0x83,
        (byte) 0xf9,
        STORE_IF, // cmp $STORE_IF,%r9
        0x74,
        (byte) 0xc6, // je next
        0x49,
        (byte) 0x89,
        0x1c,
        0x24, // end: mov %rbx,(%r12)
        0x68,
        (byte) 0xa0,
        (byte) 0x86,
        0x01,
        0, // push $100000: microseconds
        0x6a,
        0, // push $0: seconds
        0x31,
        (byte) 0xff, // xor %edi,%edi: of nothing
        0x31,
        (byte) 0xf6, // xor %esi,%esi
        0x31,
        (byte) 0xd2, // xor %edx,%edx
        0x45,
        0x31,
        (byte) 0xd2, // xor %r10d,%r10d
        0x49,
        (byte) 0x89,
        (byte) 0xe0, // mov %rsp,%r8
        (byte) 0xb8,
        23,
        0,
        0,
        0, // mov $23,%eax: select, which leaves the restart block of what the thread waits in alone
        0x0f,
        0x05, // syscall
        0x48,
        (byte) 0x83,
        (byte) 0xc4,
        0x10, // add $16,%rsp
        (byte) 0xc3 // ret: where the frame is
    };

    private final List<long[]> steps = new ArrayList<>();

    /// How far they came.
    ///
    /// @param steps how many were made, from the first one on
    /// @param nanos for how long the thread was borrowed
    public record Made(int steps, long nanos) {}

    /// The code that has to stand in the process, where it may be run.
    public static byte[] code() {
        return CODE.clone();
    }

    /// How many there are.
    public int count() {
        return steps.size();
    }

    /// Gives whole pages another protection.
    ///
    /// @param protection of `sys/mman.h`
    public RemoteSteps protect(long address, long size, long protection) {
        return add(SYS_MPROTECT, address, size, protection);
    }

    /// Stores a word, which may be written; all ends here if it does not hold what it has to.
    ///
    /// @param address a multiple of 8
    public RemoteSteps store(long address, long expected, long next) {
        return add(STORE, address, expected, next);
    }

    /// Stores a word, which may be written, if it holds what is expected.
    ///
    /// @param address a multiple of 8
    public RemoteSteps storeIf(long address, long expected, long next) {
        return add(STORE_IF, address, expected, next);
    }

    private RemoteSteps add(long... step) {
        steps.add(step);
        return this;
    }

    /// Has a thread make them: best one that waits.
    ///
    /// @param code the address of [#code]
    /// @return empty if no thread can be borrowed: nothing was done
    /// @throws IllegalStateException if there are more than [#MOST]
    /// @throws TraceException        if the thread ends meanwhile, or does not come back; then it is not known
    ///     how far it came
    public Optional<Made> run(long pid, RemoteMemory memory, long code) {
        if (steps.size() > MOST) {
            throw new IllegalStateException(steps.size() + " steps");
        }
        try (Arena arena = Arena.ofShared()) {
            MemorySegment list = list(arena);
            RemoteTask task = RemoteTask.storing(false);
            ThreadBorrower.Work<Integer> work = thread -> {
                memory.write(thread.reserve(), list);
                long end = thread.runAlone(memory, code, CODE.length, thread.reserve());
                return end == 0 ? 0 : made(end - thread.reserve() - Long.BYTES);
            };
            return TracingThread.run(() -> ThreadBorrower.tryDuring(
                                    pid, memory, SafePoint.WAITING, SPARE_STACK, task, work)
                            .or(() -> ThreadBorrower.tryDuring(pid, memory, SafePoint.ANY, SPARE_STACK, task, work)))
                    .map(lent -> new Made(lent.result(), lent.nanos()));
        }
    }

    /// @param length of the steps that were looked at, in bytes
    private int made(long length) {
        long looked = length / STEP;
        if (length % STEP != 0 || looked < 1 || looked > steps.size() + 1) {
            throw new TraceException(
                    "the thread that was borrowed went back before it was asked how far it came, because this"
                            + " process had no processor for a tenth of a second; check its state");
        }
        return (int) looked - 1;
    }

    private MemorySegment list(Arena arena) {
        MemorySegment list = arena.allocate(Long.BYTES + (steps.size() + 1L) * STEP, Long.BYTES);
        for (int i = 0; i < steps.size(); i++) {
            MemorySegment.copy(MemorySegment.ofArray(steps.get(i)), 0, list, Long.BYTES + (long) i * STEP, STEP);
        }
        list.set(ValueLayout.JAVA_LONG, Long.BYTES + (long) steps.size() * STEP, END);
        return list;
    }
}
