package dev.repoint.bench.change;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;

/// What the JVM's compilers are doing.
final class Compilation {

    private static final long QUIET = 200_000_000;
    private static final long PATIENCE = 120_000_000_000L;
    private static final long POLL = 2_000_000;

    private final CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();

    /// Waits until so many callers are in the code cache, made by the optimising compiler.
    void awaitCompiled(int callers) throws JMException {
        long deadline = System.nanoTime() + PATIENCE;
        long compiled;
        do {
            awaitQuiet();
            compiled = compiledCallers();
        } while (compiled < callers && System.nanoTime() < deadline);
        if (compiled < callers) {
            throw new IllegalStateException("only " + compiled + " of " + callers + " callers were compiled");
        }
    }

    /// Waits until nothing has been compiled for a while.
    void awaitQuiet() {
        long deadline = System.nanoTime() + PATIENCE;
        long compiling = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the compiler does not come to rest");
            }
            long total = compilation.getTotalCompilationTime();
            if (total != compiling) {
                compiling = total;
                since = System.nanoTime();
            }
            LockSupport.parkNanos(POLL);
        }
    }

    private static long compiledCallers() throws JMException {
        Object listing = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "compilerCodelist",
                        new Object[0],
                        new String[0]);
        return listing.toString().lines().filter(Callers::isCompiledCaller).count();
    }
}
