package dev.repoint.cli.demo;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes recordings out of made-up readings, ten for each second.
final class Readings {

    private static final long PERIOD = 100_000_000;

    private final Recording recording = new Recording();
    private Reading last = Reading.ZERO;
    private double processors = 2;

    /// Enters a phase, and goes on at one speed.
    ///
    /// @param count how many readings
    /// @param calls per reading
    /// @param dropIn how many of them arrive at the drop-in
    Readings phase(Phase phase, int count, long calls, long dropIn) {
        recording.enter(phase);
        for (int i = 0; i < count; i++) {
            add(new Reading(
                    last.nanos() + PERIOD,
                    last.cpu() + Math.round(processors * PERIOD),
                    last.calls() + calls,
                    last.wrong(),
                    2_000_000,
                    last.dropIn() + dropIn,
                    false));
        }
        return this;
    }

    /// Goes on with more or fewer processors.
    Readings processors(double count) {
        processors = count;
        return this;
    }

    /// A reading with wrong results.
    Readings wrong(long results) {
        add(new Reading(
                last.nanos() + PERIOD,
                last.cpu(),
                last.calls() + results,
                last.wrong() + results,
                0,
                last.dropIn(),
                false));
        return this;
    }

    /// A run in which all is as it should be: 20 seconds, the drop-in twice as fast.
    static Readings good() {
        return new Readings()
                .phase(Phase.WARM_UP, 40, 50_000, 0)
                .phase(Phase.BEFORE, 40, 100_000, 0)
                .phase(Phase.SETTING, 5, 100_000, 20_000)
                .phase(Phase.PATCHED, 60, 200_000, 200_000)
                .phase(Phase.RESETTING, 2, 100_000, 30_000)
                .phase(Phase.AFTER, 53, 100_000, 0);
    }

    Recording recording() {
        return recording;
    }

    Result result() {
        return result(ServicePatch.TARGET, "default");
    }

    /// The same, after the status has said where the patchable led.
    Result result(String patchedTarget, String finalTarget) {
        return new Result(
                SummaryLabels.JVM,
                recording,
                0.5,
                List.of(
                        new TimedChange("set, with attaching", Phase.SETTING, 321.4, OptionalLong.empty()),
                        new TimedChange("reset", Phase.RESETTING, 2.34, OptionalLong.empty())),
                List.of(
                        new StatusCheck("", ServicePatch.TARGET, patchedTarget),
                        new StatusCheck("at the end ", "default", finalTarget)),
                Optional.empty());
    }

    /// A run of the demo of native code in which all is as it should be.
    static Result goodNative() {
        return new Readings()
                .phase(Phase.WARM_UP, 20, 400, 0)
                .phase(Phase.BEFORE, 40, 500, 0)
                .phase(Phase.SETTING, 1, 600, 300)
                .phase(Phase.PATCHED, 50, 2_000, 2_000)
                .phase(Phase.LOADING, 1, 2_000, 2_000)
                .phase(Phase.FIXED, 50, 2_000, 2_000)
                .phase(Phase.RESETTING, 1, 600, 300)
                .phase(Phase.AFTER, 40, 500, 0)
                .nativeResult(Optional.empty());
    }

    /// What it has shown, of native code.
    Result nativeResult(Optional<String> firstWrong) {
        return new Result(
                SummaryLabels.NATIVE,
                recording,
                0.5,
                List.of(
                        new TimedChange("set", Phase.SETTING, 12.3, OptionalLong.of(210_000)),
                        new TimedChange("set with --load", Phase.LOADING, 4.56, OptionalLong.of(1_230_000)),
                        new TimedChange("reset", Phase.RESETTING, 2.34, OptionalLong.of(98_000))),
                List.of(),
                firstWrong);
    }

    private void add(Reading reading) {
        recording.add(reading);
        last = reading;
    }
}
