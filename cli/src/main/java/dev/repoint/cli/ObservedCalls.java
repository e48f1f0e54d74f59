package dev.repoint.cli;

import dev.repoint.SyntaxException;
import dev.repoint.agent.trace.TraceOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Which calls `trace` and `count` observe.
final class ObservedCalls {

    @Mixin
    private ProcessArgument process = new ProcessArgument();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "The methods.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--if",
            paramLabel = "EXPR",
            defaultValue = "",
            description = "Takes only calls for which this holds.")
    private String condition = "";

    @Option(names = "--time", description = "Shows how long the calls take.")
    private boolean time;

    @Option(names = "--force", description = "Ignores Java loops that stay slow.")
    private boolean force;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /// The process that makes the calls.
    ///
    /// @throws ParameterException if the argument is a file
    long pid() {
        return process.pid(", whose calls can be observed only while it runs");
    }

    /// The methods, as typed.
    List<String> keys() {
        return keys;
    }

    /// What the JVM is asked to observe.
    ///
    /// @param isCount whether the calls are counted, not shown
    /// @param limit how many to show, at least 1
    /// @throws ParameterException if the condition is none
    TraceOptions options(boolean isCount, long limit) {
        try {
            return new TraceOptions(isCount, condition, time, limit, force);
        } catch (SyntaxException e) {
            throw new ParameterException(command.commandLine(), "--if: " + e.getMessage(), e);
        }
    }
}
