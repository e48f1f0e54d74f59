package dev.repoint.stress;

import dev.repoint.linux.poke.Experiment;
import dev.repoint.linux.poke.Poker;

/// An experiment, and no test: the stress with plain writes in place of the protocol. It crashes the JVM, or
/// counts wrong calls, within seconds; what it did is told in `docs/native-live.md`.
final class PlainWrites {

    private PlainWrites() {}

    static void main(String[] arguments) throws Exception {
        Poker.instance().experiment(Experiment.PLAIN_WRITES);
        System.out.println(Stress.run(3200, arguments.length == 0 ? 60 : Integer.parseInt(arguments[0])));
    }
}
