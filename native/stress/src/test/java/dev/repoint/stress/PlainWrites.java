package dev.repoint.stress;

import dev.repoint.linux.poke.Experiment;
import dev.repoint.linux.poke.Poker;

/// The control of the stress: plain writes in place of the protocol. Arguments: sites, threads, seconds.
///
/// On x86-64 it is an experiment and no test, because it may crash the JVM; what it did is told in
/// `docs/native-live.md`. On AArch64 a plain write of a site is never seen in parts, but a patch of several sites is:
/// calls go back to old targets.
final class PlainWrites {

    private PlainWrites() {}

    static void main(String[] arguments) throws Exception {
        Poker.instance().experiment(Experiment.PLAIN_WRITES);
        int sites = number(arguments, 0, 3200);
        System.out.println(Stress.run(sites, number(arguments, 1, Stress.THREADS), number(arguments, 2, 60)));
    }

    private static int number(String[] arguments, int i, int otherwise) {
        return i < arguments.length ? Integer.parseInt(arguments[i]) : otherwise;
    }
}
