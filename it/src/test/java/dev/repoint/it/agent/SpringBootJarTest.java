package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.agent.control.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

/// A web service in one jar, as Spring Boot makes them: its loader at the top, its class in `BOOT-INF/classes`,
/// a woven library and the runtime in `BOOT-INF/lib`. It is asked without a break while it is retargeted.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SpringBootJarTest {

    private static final String PRICE = """
        // lib/Price.java
        package lib;

        public class Price {

            @dev.repoint.Patchable
            public static int of(int n) {
                return n;
            }

            public static int sale(int n) {
                return 7;
            }
        }
        """;

    private static final String SERVICE = """
        // web/Service.java
        package web;

        import com.sun.net.httpserver.HttpServer;
        import dev.repoint.Repoint;
        import dev.repoint.Target;
        import java.io.InputStream;
        import java.io.OutputStream;
        import java.lang.invoke.MethodHandles;
        import java.net.InetAddress;
        import java.net.InetSocketAddress;
        import java.util.concurrent.Executors;
        import lib.Price;

        public class Service {
            public static void main(String[] args) throws Exception {
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.setExecutor(Executors.newFixedThreadPool(2));
                server.createContext("/", exchange -> {
                    String answer;
                    int status = 200;
                    try {
                        if (exchange.getRequestURI().getPath().equals("/own")) {
                            Repoint.find(MethodHandles.privateLookupIn(Price.class, MethodHandles.lookup()), Price.class, "of")
                                    .set(Target.constant(5));
                        }
                        answer = "" + Price.of(1);
                    } catch (Throwable e) {
                        answer = "" + e;
                        status = 500;
                    }
                    exchange.sendResponseHeaders(status, answer.length());
                    exchange.getResponseBody().write(answer.getBytes());
                    exchange.close();
                });
                server.start();
                System.out.println(server.getAddress().getPort());
                InputStream in = System.in;
                in.transferTo(OutputStream.nullOutputStream());
                System.exit(0);
            }
        }
        """;

    @TempDir
    static Path folder;

    private static Path jar;

    @BeforeAll
    static void make() throws IOException {
        Sources sources = new Sources(folder);
        Path library = sources.compile("price", List.of("-cp", Jvm.RUNTIME.toString()), PRICE);
        Path service = sources.compile("service", List.of("-cp", Jvm.RUNTIME + ":" + library), SERVICE);
        Path woven = Sources.woven(sources.jar(library, ""));
        jar = folder.resolve("service-boot.jar");
        Manifest manifest = new Manifest();
        Map.of(
                        "Main-Class", JarLauncher.class.getName(),
                        "Start-Class", "web.Service",
                        "Spring-Boot-Classes", "BOOT-INF/classes/",
                        "Spring-Boot-Lib", "BOOT-INF/lib/")
                .forEach(manifest.getMainAttributes()::putValue);
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Path loader = Path.of(JarLauncher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                JarFile classes = new JarFile(loader.toFile())) {
            for (JarEntry each :
                    classes.stream().filter(entry -> !entry.isDirectory()).toList()) {
                if (each.getName().startsWith("org/") || each.getName().startsWith("META-INF/services/")) {
                    add(out, each.getName(), classes.getInputStream(each).readAllBytes());
                }
            }
            for (String each : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
                out.putNextEntry(new JarEntry(each)); // its loader looks for them
            }
            Path main = Path.of("web", "Service.class");
            add(out, "BOOT-INF/classes/" + main, Files.readAllBytes(service.resolve(main)));
            add(out, "BOOT-INF/lib/price.jar", Files.readAllBytes(woven));
            add(out, "BOOT-INF/lib/repoint-runtime.jar", Files.readAllBytes(Jvm.RUNTIME));
        }
    }

    /// Nested jars have to be stored.
    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        JarEntry entry = new JarEntry(name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setMethod(JarEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
    }

    /// What clients get that ask without a break.
    private record Load(HttpClient client, URI price, AtomicBoolean ended, Map<String, Long> answers) {

        static Load on(int port) {
            return new Load(
                    HttpClient.newHttpClient(),
                    URI.create("http://127.0.0.1:" + port + "/price"),
                    new AtomicBoolean(),
                    new ConcurrentHashMap<>());
        }

        String ask(URI uri) throws IOException, InterruptedException {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : response.statusCode() + " " + response.body();
        }

        String ask() throws IOException, InterruptedException {
            return ask(price);
        }

        Void run() throws IOException, InterruptedException {
            while (!ended.get()) {
                answers.merge(ask(), 1L, Long::sum);
            }
            return null;
        }
    }

    private static Jvm start(String... options) throws IOException {
        return Jvm.start(List.of("-jar", jar.toString()), options);
    }

    @Test
    void itIsRetargetedUnderLoadAndNoRequestFails() throws Exception {
        try (Jvm jvm = start();
                ExecutorService clients = Executors.newFixedThreadPool(2)) {
            Load load = Load.on(Integer.parseInt(jvm.read()));
            assertThat(load.ask()).isEqualTo("1");
            List<Future<Void>> running = List.of(clients.submit(load::run), clients.submit(load::run));
            try {
                assertThat(jvm.set("lib.Price.of=lib.Price.sale"))
                        .containsExactly(new Outcome("lib.Price.of(int)", "default", "lib.Price.sale", ""));
                assertThat(load.ask()).isEqualTo("7");
                assertThat(jvm.reset()).hasSize(1);
                assertThat(load.ask()).isEqualTo("1");
                assertThat(load.ask(load.price.resolve("/own")))
                        .as("its own change")
                        .isEqualTo("5");
                assertThat(load.ask()).isEqualTo("5");
                jvm.set("lib.Price.of=constant:6");
                assertThat(load.ask()).isEqualTo("6");
            } finally {
                load.ended.set(true);
            }
            for (Future<Void> each : running) {
                each.get();
            }
            assertThat(load.answers.keySet()).isSubsetOf("1", "5", "6", "7");
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @Test
    void itIsRetargetedBeforeItsFirstRequest() throws Exception {
        try (Jvm jvm = start()) {
            Load load = Load.on(Integer.parseInt(jvm.read()));
            jvm.set("lib.Price.of=constant:7");
            assertThat(load.ask()).isEqualTo("7");
            assertThat(load.ask(load.price.resolve("/own"))).isEqualTo("5");
            jvm.reset();
            assertThat(load.ask()).isEqualTo("1");
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @Test
    void theAgentAtStartLetsItHaveItsPolicy() throws Exception {
        try (Jvm jvm = start(Jvm.agent("policy=lib.Price.of=constant:7"))) {
            Load load = Load.on(Integer.parseInt(jvm.read()));
            assertThat(load.ask()).isEqualTo("7");
            jvm.reset();
            assertThat(load.ask()).isEqualTo("1");
            assertThat(load.ask(load.price.resolve("/own"))).isEqualTo("5");
            assertThat(jvm.errors()).isEmpty();
        }
    }

    @Test
    void aMistypedClassOfALibraryInsideIsSuggestedThoughItIsNotLoaded() throws Exception {
        try (Jvm jvm = start()) {
            String unused = jvm.read();
            assertThatThrownBy(() -> jvm.set("lib.Pricee.of=constant:7"))
                    .hasMessage("there is no class lib.Pricee in the program; did you mean lib.Price.of(int)"
                            + " or lib.Price.sale(int)?");
        }
    }
}
