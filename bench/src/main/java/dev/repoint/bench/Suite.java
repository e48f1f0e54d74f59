package dev.repoint.bench;

import java.io.IOException;

/// One question about cost, and how it is answered.
public interface Suite {

    /// What to call it on the command line.
    ///
    /// @return one word
    String name();

    /// What it needs and this machine has not.
    ///
    /// @return one line; empty if nothing is missing
    default String missing() {
        return "";
    }

    /// Whether it can be measured on every JDK from 17 on.
    ///
    /// @return false if it needs the JDK of the benchmarks
    default boolean runsOnAnyJdk() {
        return false;
    }

    /// Measures. Takes minutes.
    ///
    /// @param settings how thoroughly
    /// @return what was found
    /// @throws IOException if a file or a process fails
    /// @throws InterruptedException if the thread is interrupted
    Report run(Settings settings) throws IOException, InterruptedException;
}
