package dev.repoint.it.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Replaces, disables and resets methods of the service by its policy file while clients ask.
///
/// Arguments: the agent's jar, a folder for what is written, how many clients, how many seconds.
final class Main {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration STAY = Duration.ofMillis(300);

    private Main() {}

    static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        int clients = Integer.parseInt(arguments[2]);
        Duration duration = Duration.ofSeconds(Long.parseLong(arguments[3]));
        PolicyFolder policy = new PolicyFolder(folder.resolve("policy"), Phase.RESET.policy());
        String options = "policyfile=" + policy.file() + ",watch=true";
        Path log = folder.resolve("log");
        try (ServiceProcess service = ServiceProcess.start(Path.of(arguments[0]), options, log)) {
            Judge judge = new Judge();
            Load load = new Load(judge, service.port(), clients);
            long began = System.nanoTime();
            int patches = 0;
            while (System.nanoTime() - began < duration.toNanos()
                    || judge.stage().phase() != Phase.RESET) {
                Thread.sleep(STAY);
                load.requireRunning();
                judge.become(judge.stage().leave());
                policy.write(judge.stage().phase().next().policy());
                await(new Client(service.port()), judge.stage().phase());
                judge.become(judge.stage().arrive());
                patches++;
            }
            long answers = load.end();
            requireContent(log, patches);
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "web service: %,d requests of %d clients in %.0f s, none failed; %d patches of 3 methods by the"
                            + " policy file; %d requests were under way when one came, none saw a new method and"
                            + " afterwards an old one%s%n",
                    answers,
                    clients,
                    seconds,
                    patches,
                    judge.mixed(),
                    judge.slow() == 0 ? "" : "; " + judge.slow() + " took too long to tell");
        }
    }

    /// The service has told of each patch, but perhaps of the last one, which it does afterwards, and of
    /// nothing else.
    private static void requireContent(Path log, int patches) throws IOException {
        String said = Files.readString(log);
        long applied = said.lines()
                .filter(line -> line.startsWith("INFO: ") && line.contains(" applied: "))
                .count();
        if (applied < patches - 1
                || applied > patches
                || said.contains("WARNING")
                || said.contains("SEVERE")
                || said.contains("Exception")) {
            throw new IOException("of " + patches + " patches the service tells of " + applied + ":\n" + said);
        }
    }

    /// Waits until a request gets the next phase.
    private static void await(Client probe, Phase old) throws IOException, InterruptedException {
        for (long began = System.nanoTime(); old.next().share(probe.quote()) != 5; ) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IOException("the policy file says " + old.next() + " for " + PATIENCE.toSeconds()
                        + " s, and the service still answers as " + old);
            }
        }
    }
}
