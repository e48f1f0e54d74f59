package dev.repoint.cli.demo;

import dev.repoint.cli.home.Home;
import dev.repoint.cli.output.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The demo: starts the service, retargets it, resets it, tells what happened.
///
/// @param home where everything is
/// @param seconds how long the service is to run
public record Demo(Home home, int seconds) {

    /// Runs it, in the foreground.
    ///
    /// @param out where it is shown
    /// @param style whether that is a terminal
    /// @return whether nothing was wrong
    /// @throws IOException if the service cannot be started
    public boolean run(PrintWriter out, Style style) throws IOException {
        Schedule schedule = Schedule.of(seconds);
        try (ServiceProcess service = ServiceProcess.start(home)) {
            Display display = Displays.of(out, style, schedule.seconds());
            Result result;
            try {
                result = run(service, display, schedule, style);
            } finally {
                display.end();
            }
            new Summary(result, style).print(out);
            return result.faults().isEmpty();
        }
    }

    private Result run(ServiceProcess service, Display display, Schedule schedule, Style style) {
        ServicePatch change = new ServicePatch(home, service.pid());
        display.say(style.bold("A service in a JVM of its own (pid " + service.pid() + "), without Repoint: "
                + service.description()));
        display.say("It writes this JDK's files as text with commons-codec's Hex, and checks every result.");

        Run run = new Run(service, display);
        run.stay(Phase.WARM_UP, schedule.warmUp());
        run.stay(Phase.BEFORE, schedule.before());
        display.say(style.bold("$ " + change.setCommand()));
        double setMillis = run.during(Phase.SETTING, change::set);
        String patchedTarget = change.target();
        run.stay(Phase.PATCHED, schedule.patched());
        display.say(style.bold("$ " + change.resetCommand()));
        double resetMillis = run.during(Phase.RESETTING, change::reset);
        String finalTarget = change.target();
        run.stay(Phase.AFTER, schedule.after());
        return new Result(
                SummaryLabels.JVM,
                run.recording(),
                schedule.settle(),
                List.of(
                        new TimedChange("set, with attaching", Phase.SETTING, setMillis, OptionalLong.empty()),
                        new TimedChange("reset", Phase.RESETTING, resetMillis, OptionalLong.empty())),
                List.of(
                        new StatusCheck("", ServicePatch.TARGET, patchedTarget),
                        new StatusCheck("at the end ", "default", finalTarget)),
                Optional.empty());
    }
}
