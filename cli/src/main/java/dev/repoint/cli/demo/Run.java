package dev.repoint.cli.demo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A run under way: takes the readings of the service as they come and shows them.
final class Run {

    private final Service service;
    private final Display display;
    private final Recording recording = new Recording();

    Run(Service service, Display display) {
        this.service = service;
        this.display = display;
    }

    Recording recording() {
        return recording;
    }

    /// Stays in a phase for some time.
    ///
    /// @param phase the phase to enter
    /// @param seconds how long, by the clock of the service
    void stay(Phase phase, double seconds) {
        enter(phase);
        double until = recording.start(phase) + seconds;
        Reading reading;
        do {
            reading = take();
        } while (reading.nanos() / 1e9 < until);
    }

    /// Carries a change out while the service goes on, until a reading that was taken after its end.
    ///
    /// @param phase the phase to enter
    /// @param change what to do
    /// @return how long it took, in milliseconds
    double during(Phase phase, Runnable change) {
        enter(phase);
        CompletableFuture<Double> took = CompletableFuture.supplyAsync(
                        () -> timed(change), Thread.ofPlatform().daemon()::start)
                .whenComplete((millis, failure) -> service.mark());
        Reading reading;
        do {
            reading = take();
        } while (!reading.marked());
        try {
            return took.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void enter(Phase phase) {
        service.enter(phase);
        recording.enter(phase);
    }

    private Reading take() {
        Reading reading = service.next();
        recording.add(reading);
        display.show(recording);
        return reading;
    }

    private static double timed(Runnable change) {
        long begin = System.nanoTime();
        change.run();
        return (System.nanoTime() - begin) / 1e6;
    }
}
