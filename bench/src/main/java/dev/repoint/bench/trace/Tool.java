package dev.repoint.bench.trace;

import dev.repoint.bench.Jdk;
import java.io.IOException;
import java.util.List;

/// Something that shows calls of a running program.
interface Tool {

    /// How long a tool that is a command may take until it is at work.
    long START_MILLIS = 2_000;

    /// What the tables call it.
    String label();

    /// Why it does not work on a JDK.
    ///
    /// @return one line; empty if it works
    /// @throws InterruptedException if the thread is interrupted
    default String missing(Jdk jdk) throws InterruptedException {
        return "";
    }

    /// What the program has to be started with so that this can be loaded into it.
    default List<String> jvmOptions() {
        return List.of();
    }

    /// Begins to show calls.
    ///
    /// @param pid the program
    /// @param limit the calls whose first argument is less than this
    /// @return ends it
    Observation observe(long pid, int limit) throws IOException, InterruptedException;

    /// A tool at work.
    @FunctionalInterface
    interface Observation {

        /// Takes what was put into the program off again.
        ///
        /// @return whether the tool can do that
        boolean end() throws IOException, InterruptedException;
    }
}
