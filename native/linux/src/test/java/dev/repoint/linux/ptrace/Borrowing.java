package dev.repoint.linux.ptrace;

import dev.repoint.linux.platform.Processors;

/// A program of these tests: borrows threads of another process for a system call that does nothing, again and
/// again, until it has done so often enough or is killed. Arguments: the process, how often. Prints that it
/// begins.
public final class Borrowing {

    /// So many that a kill finds the thread in one of them more often than not.
    private static final int CALLS = 500;

    private Borrowing() {}

    static void main(String[] arguments) {
        long pid = Long.parseLong(arguments[0]);
        long getpid = Processors.remote().call("getpid").number();
        int rounds = Integer.parseInt(arguments[1]);
        try (RemoteMemory memory = RemoteMemory.openForWriting(pid)) {
            for (int i = 0; i < rounds; i++) {
                SafePoint place = i % 2 == 0 ? SafePoint.IDLE : SafePoint.ANY;
                TracingThread.run(() ->
                        ThreadBorrower.tryDuring(pid, memory, place, 4096, RemoteTask.mapping(false), thread -> {
                            for (int call = 0; call < CALLS; call++) {
                                if (thread.call(getpid) != pid) {
                                    throw new AssertionError("another process answered");
                                }
                            }
                            return pid;
                        }));
                if (i == 0) {
                    System.out.println("borrowing");
                }
            }
        }
        System.out.println("done");
    }
}
