import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Starts the shop in several ways, switches its price while clients ask for it, and judges every answer.
///
/// Arguments: java, the command repoint, the agent's jar, the fat jar, a folder with `woven.jar`, how often to switch, how many
/// starts to time.
final class Switches {

    private Switches() {}

    public static void main(String[] args) throws Exception {
        Setup setup = new Setup(args[0], args[1], args[2], Path.of(args[3]), Path.of(args[4]));
        int switches = Integer.parseInt(args[5]);
        String web = "-javaagent:" + setup.agent + "=patchable=org.springframework.web.**;dev.repoint.it.shop.**";

        try (Service service =
                Service.start(setup, web, setup.jar, "--repoint.targets[" + Setup.PRICE + "]=" + Setup.REDUCED)) {
            require(service.price() == Setup.LESS, "the first answer is not that of the property");
            System.out.println("by properties: the first answer is that of the target");
        }
        try (Service service = Service.start(setup, web, setup.jar)) {
            Load load = new Load(service);
            load.during("by endpoint", switches, service::byEndpoint);
            load.during("by repoint set", Math.max(2, switches / 10), service::byCommand);
        }
        Path policy = setup.folder.resolve("policy");
        Files.writeString(policy, "");
        try (Service service = Service.start(setup, web + ",policyfile=" + policy + ",watch=true", setup.jar)) {
            new Load(service).during("by policy file", switches, target -> {
                Path part = setup.folder.resolve("policy.part");
                Files.writeString(part, target == null ? "" : Setup.PRICE + " = " + target + "\n");
                Files.move(part, policy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            });
        }
        try (Service service = Service.start(setup, "", setup.folder.resolve("woven.jar"))) {
            new Load(service).during("woven, by endpoint", switches, service::byEndpoint);
        }
        starts(setup, web, Integer.parseInt(args[6]));
    }

    private static void starts(Setup setup, String web, int rounds) throws Exception {
        List<Double> agent = new ArrayList<>();
        List<Double> woven = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            double plain = start(setup, "", setup.jar);
            agent.add(start(setup, web, setup.jar) / plain);
            woven.add(start(setup, "", setup.folder.resolve("woven.jar")) / plain);
        }
        System.out.println("start, times that of the plain jar, medians of %d: all of spring-web patchable %s, woven %s"
                .formatted(rounds, median(agent), median(woven)));
    }

    static double start(Setup setup, String options, Path jar) throws Exception {
        long began = System.nanoTime();
        try (Service service = Service.start(setup, options, jar)) {
            return System.nanoTime() - began;
        }
    }

    static String median(List<Double> values) {
        return String.format(
                Locale.ROOT, "%.2f", values.stream().sorted().toList().get(values.size() / 2));
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private record Setup(String java, String repoint, String agent, Path jar, Path folder) {
        static final String PRICE = "dev.repoint.it.shop.Price.of";
        static final String REDUCED = "dev.repoint.it.shop.Price.reduced";
        static final int PLAIN = 5;
        static final int LESS = 4;
    }

    /// Leads the price to a target; null means its default.
    private interface Switch {
        void to(String target) throws Exception;
    }

    /// A service that answers.
    private record Service(Setup setup, Process process, int port, HttpClient http) implements AutoCloseable {

        static Service start(Setup setup, String options, Path jar, String... settings) throws Exception {
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            List<String> command = new ArrayList<>(List.of(
                    setup.java,
                    "-jar",
                    jar.toString(),
                    "--server.port=" + port,
                    "--server.address=127.0.0.1",
                    "--management.endpoints.web.exposure.include=repoint",
                    "--management.endpoint.repoint.access=unrestricted"));
            command.addAll(List.of(settings));
            ProcessBuilder builder = new ProcessBuilder(command);
            if (!options.isEmpty()) {
                builder.environment().put("JAVA_TOOL_OPTIONS", options);
            }
            Path log = setup.folder.resolve("service.log");
            Service service = new Service(
                    setup,
                    builder.redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    port,
                    HttpClient.newHttpClient());
            while (true) {
                try {
                    int unused = service.price();
                    return service;
                } catch (IOException e) {
                    if (!service.process.isAlive()) {
                        throw new IOException("the service ended:\n" + Files.readString(log), e);
                    }
                    Thread.sleep(20);
                }
            }
        }

        int price() throws IOException, InterruptedException {
            HttpResponse<String> answer = send("GET", "/price?item=apple", "");
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("status " + answer.statusCode() + ": " + answer.body());
            }
            return Integer.parseInt(answer.body());
        }

        HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        void byEndpoint(String target) throws Exception {
            HttpResponse<String> answer = target == null
                    ? send("DELETE", "/actuator/repoint", "")
                    : send("POST", "/actuator/repoint", "{\"targets\": \"" + Setup.PRICE + " = " + target + "\"}");
            require(answer.statusCode() == 204, "status " + answer.statusCode() + ": " + answer.body());
        }

        void byCommand(String target) throws Exception {
            String pid = Long.toString(process.pid());
            Process command = (target == null
                            ? new ProcessBuilder(setup.repoint, "reset", pid, Setup.PRICE)
                            : new ProcessBuilder(setup.repoint, "set", pid, Setup.PRICE + "=" + target))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(command.getInputStream().readAllBytes());
            require(command.waitFor() == 0, said);
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }

    /// Clients that ask for the price all the time.
    private record Load(Service service) {

        private static final int CLIENTS = 8;
        private static final long PATIENCE_NANOS = 30_000_000_000L;

        void during(String what, int switches, Switch by) throws Exception {
            AtomicBoolean ends = new AtomicBoolean();
            AtomicLong answers = new AtomicLong();
            try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    all.add(clients.submit(() -> {
                        while (!ends.get()) {
                            int price = service.price();
                            require(price == Setup.PLAIN || price == Setup.LESS, "the answer was " + price);
                            answers.incrementAndGet();
                        }
                        return null;
                    }));
                }
                try {
                    for (int i = 0; i < switches; i++) {
                        by.to(Setup.REDUCED);
                        await(Setup.LESS);
                        by.to(null);
                        await(Setup.PLAIN);
                    }
                } finally {
                    ends.set(true);
                }
                for (Future<?> each : all) {
                    each.get();
                }
            }
            System.out.println("%s: %,d switches, %,d answers, none failed, none wrong"
                    .formatted(what, 2 * switches, answers.get()));
        }

        /// A policy file is looked at when the system tells of it.
        private void await(int price) throws Exception {
            long began = System.nanoTime();
            while (service.price() != price) {
                require(System.nanoTime() - began < PATIENCE_NANOS, "the price is not " + price);
            }
        }
    }
}
