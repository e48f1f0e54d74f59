package dev.repoint.bench.trace;

import dev.repoint.bench.Jdk;
import dev.repoint.bench.Settings;
import dev.repoint.bench.calls.trace.Price;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The command `watch` of Arthas, by its interface for programs.
///
/// @param settings where it is put
record ArthasTool(Settings settings) implements Tool {

    private static final long PERIOD_MILLIS = 100;

    @Override
    public String label() {
        return "Arthas " + Downloads.ARTHAS + ", watch with a condition";
    }

    @Override
    public String missing(Jdk jdk) throws InterruptedException {
        try {
            Path unused = Downloads.arthas(settings);
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("Arthas cannot be fetched");
        }
    }

    @Override
    public Observation observe(long pid, int limit) throws IOException, InterruptedException {
        Path folder = Downloads.arthas(settings);
        int port = freePort();
        attach(folder, pid, port);
        Session session = Session.open(port);
        session.start("watch " + Price.class.getName() + " price {params,returnObj} 'params[0] < " + limit
                + "' -n 2000000000");
        CountDownLatch asked = new CountDownLatch(1);
        Thread reader = new Thread(() -> read(session, asked), "reader");
        reader.start();
        return () -> {
            asked.countDown();
            reader.join();
            session.ask("interrupt_job", "");
            session.run("reset");
            session.stop();
            return true;
        };
    }

    private static void read(Session session, CountDownLatch asked) {
        try {
            while (!asked.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                session.pull();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("Arthas does not answer", e);
        }
    }

    private void attach(Path folder, long pid, int port) throws IOException, InterruptedException {
        Path core = folder.resolve("arthas-core.jar");
        Process attacher = new ProcessBuilder(
                        settings.jdk().java().toString(),
                        "-jar",
                        core.toString(),
                        "-pid",
                        Long.toString(pid),
                        "-core",
                        core.toString(),
                        "-agent",
                        folder.resolve("arthas-agent.jar").toString(),
                        "-target-ip",
                        "127.0.0.1",
                        "-telnet-port",
                        "0",
                        "-http-port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        String said = new String(attacher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (attacher.waitFor() != 0) {
            throw new IOException("Arthas does not attach:\n" + said);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// A session of Arthas.
    ///
    /// @param http the client
    /// @param port of Arthas
    /// @param id of the session
    /// @param consumer of its results
    private record Session(HttpClient http, int port, String id, String consumer) {

        private static final Pattern ID = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
        private static final Pattern CONSUMER = Pattern.compile("\"consumerId\":\"([^\"]+)\"");

        static Session open(int port) throws IOException, InterruptedException {
            HttpClient http = HttpClient.newHttpClient();
            String answer = post(http, port, "{\"action\":\"init_session\"}");
            return new Session(http, port, found(ID, answer), found(CONSUMER, answer));
        }

        void start(String command) throws IOException, InterruptedException {
            ask("async_exec", ",\"command\":\"" + command + '"');
        }

        void run(String command) throws IOException, InterruptedException {
            ask("exec", ",\"command\":\"" + command + '"');
        }

        /// Ends Arthas, which closes the connection in place of an answer.
        void stop() throws InterruptedException {
            try {
                run("stop");
            } catch (IOException e) {
                return;
            }
        }

        void pull() throws IOException, InterruptedException {
            ask("pull_results", ",\"consumerId\":\"" + consumer + '"');
        }

        void ask(String action, String more) throws IOException, InterruptedException {
            String answer = post(http, port, "{\"action\":\"" + action + "\",\"sessionId\":\"" + id + '"' + more + '}');
            if (answer.contains("\"state\":\"FAILED\"")) {
                throw new IOException("Arthas answers to " + action + more + ": " + answer);
            }
        }

        private static String post(HttpClient http, int port, String body) throws IOException, InterruptedException {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api"))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }

        private static String found(Pattern pattern, String answer) throws IOException {
            Matcher matcher = pattern.matcher(answer);
            if (!matcher.find()) {
                throw new IOException("Arthas answers: " + answer);
            }
            return matcher.group(1);
        }
    }
}
