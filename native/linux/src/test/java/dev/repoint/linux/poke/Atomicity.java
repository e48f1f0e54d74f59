package dev.repoint.linux.poke;

import java.nio.file.Path;

/// A program: patches 1,000 sites at once, again and again, while a thread calls them in a fixed order.
///
/// Arguments: a folder; how many patches at most; `whole`, or `flipless` to leave out the one-word flip, which
/// ends as soon as the thread has seen a new target and then an old one. Prints how often it has, and how often
/// a call led to neither.
final class Atomicity {

    private Atomicity() {}

    static void main(String[] arguments) throws Exception {
        Sites sites = Sites.load(Path.of(arguments[0]));
        int most = Integer.parseInt(arguments[1]);
        boolean flipless = arguments[2].equals("flipless");
        Poker poker = Poker.instance();
        poker.experiment(flipless ? Experiment.WITHOUT_FLIP : Experiment.NONE);
        Sites.check(sites.run("start_checker") == 0, "the checker starts");
        int version = 0;
        for (int i = 0; i < most && !(flipless && sites.number("went_back") > 0); i++) {
            int next = (version + 1) % Sites.VERSIONS;
            long passes = sites.number("passes");
            poker.apply(sites.batch(version, next));
            version = next;
            // So that at most two patches fall into one pass.
            while (sites.number("passes") < passes + 2) {
                Thread.onSpinWait();
            }
        }
        sites.run("stop_checker");
        Sites.check(sites.run("version_of_all") == version, "all sites lead to the last version");
        System.out.println(sites.number("went_back") + " " + sites.number("not_a_version") + " " + poker.traps());
    }
}
