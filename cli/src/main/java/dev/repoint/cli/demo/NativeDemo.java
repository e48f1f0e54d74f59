package dev.repoint.cli.demo;

import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import dev.repoint.cli.output.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The demo of native code: builds a small server in C, retargets functions of it from outside while clients
/// ask it without a break, resets them, tells what happened.
///
/// @param home with the header and the flags that the server is built with
/// @param seconds how long the server is to be asked
public record NativeDemo(Home home, int seconds) {

    /// How much longer the server lives at most, if this process is killed.
    private static final int GRACE_SECONDS = 60;

    /// Runs it, in the foreground.
    ///
    /// @param out where it is shown
    /// @param style whether that is a terminal
    /// @return whether nothing was wrong
    /// @throws CommandFailure if there is no C compiler, or it fails
    /// @throws IOException if the server cannot be started
    public boolean run(PrintWriter out, Style style) throws IOException {
        String platform = System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
        if (!platform.equals("Linux amd64") && !platform.equals("Linux aarch64")) {
            throw new CommandFailure(
                    "the demo of native code needs Linux on x86-64 or AArch64, and this is " + platform);
        }
        CCompiler compiler = CCompiler.find(System.getenv().getOrDefault("PATH", ""));
        Schedule schedule = Schedule.ofNative(seconds);
        try (ServerBuild build = ServerBuild.of(home, compiler);
                DetachedServer server = DetachedServer.start(
                        build.server(), build.folder(), Duration.ofSeconds(seconds + GRACE_SECONDS));
                Load load = new Load(server)) {
            Display display = Displays.of(out, style, schedule.seconds());
            Result result;
            try {
                display.say(style.bold("A server in C (pid " + server.pid() + "), built by " + compiler.program()
                        + " from " + build.source()));
                display.say(Load.description());
                result = run(new ServerPatch(server.pid(), build.library()), load, display, schedule, style);
            } finally {
                display.end();
            }
            new Summary(result, style).print(out);
            return result.faults().isEmpty();
        }
    }

    private static Result run(ServerPatch change, Load load, Display display, Schedule schedule, Style style) {
        List<TimedChange> changes = new ArrayList<>();
        List<StatusCheck> claims = new ArrayList<>();
        Run run = new Run(load, display);
        run.stay(Phase.WARM_UP, schedule.warmUp());
        run.stay(Phase.BEFORE, schedule.before());

        display.say(style.bold("$ " + change.setCommand()));
        double millis = run.during(Phase.SETTING, change::set);
        changes.add(new TimedChange("set", Phase.SETTING, millis, change.pauseNanos()));
        claims.add(new StatusCheck("", ServerPatch.FAST, change.target(ServerPatch.CHECKSUM)));
        run.stay(Phase.PATCHED, schedule.patched());

        display.say(style.bold("$ " + change.loadCommand()));
        millis = run.during(Phase.LOADING, change::load);
        changes.add(new TimedChange("set with --load", Phase.LOADING, millis, change.pauseNanos()));
        claims.add(new StatusCheck("", ServerPatch.LOADED, change.target(ServerPatch.TAX)));
        run.stay(Phase.FIXED, schedule.fixed());

        display.say(style.bold("$ " + change.resetCommand()));
        millis = run.during(Phase.RESETTING, change::reset);
        changes.add(new TimedChange("reset", Phase.RESETTING, millis, change.pauseNanos()));
        claims.add(new StatusCheck("at the end ", "default", change.target(ServerPatch.CHECKSUM)));
        claims.add(new StatusCheck("at the end ", "default", change.target(ServerPatch.TAX)));
        run.stay(Phase.AFTER, schedule.after());
        return new Result(SummaryLabels.NATIVE, run.recording(), schedule.settle(), changes, claims, load.firstWrong());
    }
}
