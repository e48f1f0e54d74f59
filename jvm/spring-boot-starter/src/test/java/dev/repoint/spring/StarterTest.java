package dev.repoint.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.PatchException;
import dev.repoint.Repoint;
import dev.repoint.spring.sample.Shop;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// A web service of Spring Boot with the starter, on a real port.
class StarterTest {

    private static final String PRICE = "dev.repoint.spring.sample.Price.";
    private static final String TARGET = "repoint.targets[" + PRICE + "of]";
    private static final String WRITABLE = "management.endpoint.repoint.access=unrestricted";
    private static final int CLIENTS = 4;

    private final HttpClient http = HttpClient.newHttpClient();
    private ConfigurableApplicationContext context;

    private void start(String... settings) {
        List<String> args = new ArrayList<>(List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "spring.main.banner-mode=off",
                "spring.main.log-startup-info=false",
                "management.endpoints.web.exposure.include=repoint"));
        args.addAll(List.of(settings));
        context = SpringApplication.run(
                Shop.class, args.stream().map("--"::concat).toArray(String[]::new));
    }

    @AfterEach
    void end() throws Exception {
        if (context != null) {
            context.close();
        }
        Repoint.policy(TargetsProperty.NAME, "");
        dev.repoint.jmx.Patchables.local(true).resetAll();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        String port = context.getEnvironment().getProperty("local.server.port");
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int price() throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", "/price?item=apple", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        return Integer.parseInt(answer.body());
    }

    @Test
    void aPropertyDecidesWhatTheFirstCallReaches() throws Exception {
        start(TARGET + "=" + PRICE + "reduced");
        assertThat(price()).isEqualTo(4);
    }

    @Test
    void aTargetThatDoesNotFitEndsTheStartAndSaysWhy() {
        dev.repoint.spring.sample.Price.of("known");
        assertThatThrownBy(() -> start(TARGET + "=" + PRICE + "missing"))
                .isInstanceOf(PatchException.class)
                .satisfies(e -> assertThat(new RefusalAnalyzer().analyze(e))
                        .returns("Correct the property repoint.targets, or remove it.", a -> a.getAction())
                        .satisfies(a -> assertThat(a.getDescription())
                                .startsWith("Repoint refuses a target: repoint.targets line 1: ")));
    }

    @Test
    void theEndpointTellsAndDoesNotWriteUnlessItIsAllowed() throws Exception {
        start();
        assertThat(price()).isEqualTo(5);
        HttpResponse<String> report = send("GET", "/actuator/repoint", "");
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.body())
                .startsWith("{\"version\":\"" + Repoint.version() + "\"")
                .contains("{\"key\":\"" + PRICE + "of(java.lang.String)\"", "\"target\":\"default\"");
        assertThat(set(PRICE + "of", PRICE + "free").statusCode()).isEqualTo(405);
        assertThat(send("DELETE", "/actuator/repoint", "").statusCode()).isEqualTo(405);
        assertThat(price()).isEqualTo(5);
    }

    private HttpResponse<String> set(String key, String target) throws IOException, InterruptedException {
        return send("POST", "/actuator/repoint", "{\"targets\":\"" + key + " = " + target + "\"}");
    }

    @Test
    void whereItIsAllowedTheEndpointSetsAndResetsUnderLoad() throws Exception {
        start(WRITABLE);
        assertThat(price()).isEqualTo(5);
        AtomicBoolean ends = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Set<Integer>>> seen = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            seen.add(clients.submit(() -> {
                Set<Integer> prices = new java.util.TreeSet<>();
                do {
                    prices.add(price());
                } while (!ends.get());
                return prices;
            }));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(set(PRICE + "of", PRICE + "reduced"))
                    .returns(204, HttpResponse::statusCode)
                    .returns("", HttpResponse::body);
            assertThat(price()).isEqualTo(4);
            String key = URLEncoder.encode(PRICE + "of(java.lang.String)", StandardCharsets.UTF_8);
            assertThat(send("DELETE", "/actuator/repoint?key=" + key, "").statusCode())
                    .isEqualTo(204);
            assertThat(price()).isEqualTo(5);
        }
        ends.set(true);
        for (Future<Set<Integer>> each : seen) {
            assertThat(each.get()).isNotEmpty().isSubsetOf(4, 5);
        }
        clients.shutdown();
    }

    @Test
    void whatIsRefusedIsAnsweredWithTheReason() throws Exception {
        start(WRITABLE);
        price();
        HttpResponse<String> answer = set(PRICE + "of", PRICE + "missing");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("missing");
        assertThat(set(PRICE + "off", "constant:1").body())
                .startsWith("{\"refused\":\"")
                .contains("did you mean");
        assertThat(send("POST", "/actuator/repoint", "{\"targets\":\"\"}").statusCode())
                .isEqualTo(400);
        assertThat(price()).isEqualTo(5);
    }

    @Test
    void aChangeOfTheEnvironmentIsAppliedOrRefusedWhole() throws Exception {
        start();
        assertThat(price()).isEqualTo(5);
        change(PRICE + "free");
        assertThat(price()).isZero();
        change(PRICE + "missing");
        assertThat(price()).isZero();
        change(null);
        assertThat(price()).isEqualTo(5);
    }

    private void change(String target) {
        context.getEnvironment().getPropertySources().remove("remote");
        if (target != null) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("remote", Map.of(TARGET, target)));
        }
        context.publishEvent(new EnvironmentChangeEvent(context, Set.of(TARGET)));
    }

    @Test
    void metersCountChangesAndRefusals() throws Exception {
        start(WRITABLE);
        price();
        MeterRegistry registry = new SimpleMeterRegistry();
        context.getBean(RepointMeters.class).bindTo(registry);
        set(PRICE + "of", PRICE + "free");
        set(PRICE + "of", PRICE + "missing");

        assertThat(registry.get("repoint.changes").counter().count()).isEqualTo(1);
        assertThat(registry.get("repoint.refusals").counter().count()).isEqualTo(1);
        assertThat(registry.get("repoint.redirected").gauge().value()).isEqualTo(1);
    }

    @Test
    void keysWithWildcardsComeFirst() {
        Map<String, String> targets = new java.util.LinkedHashMap<>();
        targets.put("a.B.c", "default");
        targets.put("a.B.*", "nothing");
        assertThat(TargetsProperty.text(targets)).isEqualTo("a.B.* = nothing\na.B.c = default");
        assertThatThrownBy(() -> TargetsProperty.text(Map.of("a.B.c\nd.E.f", "default")))
                .hasMessage("repoint.targets: 'a.B.c' goes on in another line; write a key and its target in one line"
                        + " each");
    }
}
