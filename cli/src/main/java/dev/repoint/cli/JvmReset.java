package dev.repoint.cli;

import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import dev.repoint.cli.output.JsonWriter;
import dev.repoint.cli.report.Count;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.process.ProcessResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Gives back all defaults of a JVM: first those of Java, then those of its native libraries. The halves do not
/// change at one moment, and one is reset even if the other one cannot be.
///
/// @param pid  the process
/// @param spec the command that reports
record JvmReset(long pid, CommandSpec spec) {

    /// Resets both, and reports what was.
    ///
    /// @return whether anything was set
    /// @throws CommandFailure if a half could not be reset; the message tells what was done and what not
    boolean run(boolean isJson) {
        List<Outcome> java = List.of();
        ProcessResult nativeCode = null;
        RuntimeException javaFailure = null;
        RuntimeException nativeFailure = null;
        try {
            java = java();
        } catch (ControlException | CommandFailure e) {
            javaFailure = e;
        }
        try {
            nativeCode =
                    NativeStates.inJvm(pid, process -> process.reset(List.of())).orElse(null);
        } catch (NativePatchException e) {
            nativeFailure = e;
        }
        int nativeCount = nativeCode == null ? 0 : nativeCode.changes().size();
        boolean isAny = !java.isEmpty() || nativeCount > 0;
        if (isJson) {
            if (isAny || javaFailure == null && nativeFailure == null) {
                json(java, nativeCode);
            }
        } else {
            OutcomeReport.print(pid, java, false, spec.commandLine().getOut());
            if (nativeCode != null) {
                new NativeReport(pid, spec).changed(nativeCode, false);
            }
        }
        requireNone(javaFailure, java.size(), nativeFailure, nativeCount);
        return isAny;
    }

    private List<Outcome> java() {
        try (RunningJvm jvm = RunningJvm.connect(pid, Home.find().agentJar(), new Notices(spec))) {
            return jvm.reset(List.of());
        }
    }

    private void requireNone(
            @Nullable RuntimeException java, int javaCount, @Nullable RuntimeException nativeCode, int nativeCount) {
        if (java != null && nativeCode != null) {
            throw new CommandFailure(
                    "nothing was reset in process " + pid + "; Java: " + java.getMessage() + "; native code: "
                            + nativeCode.getMessage(),
                    java);
        }
        if (java != null) {
            throw new CommandFailure(
                    "patchables of Java were not reset, "
                            + (nativeCount == 0
                                    ? "and no native one was set"
                                    : Count.of(nativeCount, "native one was", "native ones were"))
                            + ": " + java.getMessage(),
                    java);
        }
        if (nativeCode != null) {
            throw new CommandFailure(
                    "native patchables were not reset, "
                            + (javaCount == 0
                                    ? "and none of Java was set"
                                    : Count.of(javaCount, "of Java was", "of Java were"))
                            + ": " + nativeCode.getMessage(),
                    nativeCode);
        }
    }

    private void json(List<Outcome> java, @Nullable ProcessResult nativeCode) {
        JsonWriter json = new JsonWriter(spec.commandLine().getOut());
        json.object().name("pid").value(pid);
        json.name("changes");
        OutcomeReport.json(java, json);
        if (nativeCode != null && !nativeCode.changes().isEmpty()) {
            json.name("native").object();
            NativeReport.json(nativeCode, json);
            json.endObject();
        }
        json.endObject().end();
    }
}
