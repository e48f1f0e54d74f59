package dev.repoint.cli.demo;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.ProcessResult;
import dev.repoint.linux.process.ProcessState;
import dev.repoint.linux.process.SetOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/// The changes that the demo makes in the server, from this process, in the way of `repoint set` and `repoint
/// reset`. Not thread-safe.
final class ServerPatch {

    /// The function that is slow by default.
    static final String CHECKSUM = "checksum";
    /// The fast one, which the server has too.
    static final String FAST = "checksum_by_table";
    /// The function that is wrong by default.
    static final String TAX = "tax";
    /// The right one, which the library has.
    static final String FIX = "tax_rounded";
    /// The same as the status names it.
    static final String LOADED = "libtax.so:" + FIX;

    private final long pid;
    private final Path library;
    private OptionalLong pause = OptionalLong.empty();

    /// @param pid the server
    /// @param library with the function that is brought along
    ServerPatch(long pid, Path library) {
        this.pid = pid;
        this.library = library;
    }

    /// The command that does what [#set()] does.
    String setCommand() {
        return "repoint set " + pid + " " + CHECKSUM + "=" + FAST;
    }

    /// The command that does what [#load()] does.
    String loadCommand() {
        return "repoint set " + pid + " --load " + library + " " + TAX + "=" + FIX;
    }

    /// The command that does what [#reset()] does.
    String resetCommand() {
        return "repoint reset " + pid;
    }

    /// Points the checksum at the fast one.
    void set() {
        change(process -> process.set(List.of(ProcessChange.parse(CHECKSUM + "=" + FAST))));
    }

    /// Has the server load the library, and points the tax at its function.
    void load() {
        change(process ->
                process.set(List.of(ProcessChange.parse(TAX + "=" + FIX)), SetOptions.DEFAULT.withLibrary(library)));
    }

    /// Leads both to their defaults again, as one patch.
    void reset() {
        change(process -> process.reset(List.of()));
    }

    /// How long the server stood still for the last change, in nanoseconds; empty if no change was made, or no
    /// thread had to be stopped for it.
    OptionalLong pauseNanos() {
        return pause;
    }

    /// What a function leads to now.
    ///
    /// @param key its name
    String target(String key) {
        try (OtherProcess process = OtherProcess.open(pid)) {
            return process.status().stream()
                    .filter(state -> state.key().text().equals(key))
                    .map(ProcessState::target)
                    .findFirst()
                    .orElse("default");
        }
    }

    private void change(Function<OtherProcess, ProcessResult> patch) {
        try (OtherProcess process = OtherProcess.open(pid)) {
            long nanos = patch.apply(process).pause().toNanos();
            pause = nanos > 0 ? OptionalLong.of(nanos) : OptionalLong.empty();
        }
    }
}
