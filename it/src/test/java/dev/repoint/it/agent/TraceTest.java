package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.agent.trace.Trace;
import dev.repoint.agent.trace.TraceOptions;
import dev.repoint.agent.trace.TraceRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls of a running program, observed from outside.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TraceTest {

    private static final String PRICE = "acme.Shop.price(int)";
    private static final String DISCOUNT = "acme.Shop.discount(int)";

    @TempDir
    static Path folder;

    private static Jvm jvm;

    private final RunningJvm running = jvm.connect();

    @BeforeAll
    static void start() throws IOException {
        Path shop = new Sources(folder).compile("shop", Programs.SHOP, Programs.SALE, Programs.LATE);
        jvm = Jvm.start("-cp", shop.toString(), "acme.Shop");
        jvm.ask("price");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        running.close();
        assertThat(List.of(jvm.ask("price"), jvm.ask("item"), jvm.ask("label"), jvm.ask("discount")))
                .containsExactly("7", "3", "plain 7", "7");
    }

    @AfterAll
    static void end() throws Exception {
        assertThat(jvm.end()).isZero();
        assertThat(jvm.errors()).isEmpty();
        jvm.close();
    }

    @Test
    void callsAreToldOfWithWhatTheyGotAndGave() throws IOException {
        String trace = running.trace(List.of(PRICE, DISCOUNT), calls("", true, 100));
        assertThat(List.of(jvm.ask("price"), jvm.ask("discount"), jvm.ask("item")))
                .containsExactly("7", "7", "3");
        List<TraceRow> rows = ended(trace);

        assertThat(rows).hasSize(3);
        assertThat((TraceRow.Call) rows.get(0))
                .returns(PRICE, TraceRow.Call::key)
                .returns("main", TraceRow.Call::thread)
                .returns(List.of("7"), TraceRow.Call::arguments)
                .returns("7", TraceRow.Call::result)
                .returns("", TraceRow.Call::thrown)
                .satisfies(call -> assertThat(call.nanos()).isPositive());
        assertThat(((TraceRow.Call) rows.get(1)).arguments())
                .satisfiesExactly(
                        receiver -> assertThat(receiver).startsWith("this acme.Shop@"),
                        argument -> assertThat(argument).isEqualTo("70"));
        assertThat(rows.get(2)).isEqualTo(new TraceRow.End("asked"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"args[0] > 7 ~ 0", "args[0] == 7 ~ 1", "result < 0 || thrown ~ 0", "result == 7 ~ 1"})
    void onlyCallsForWhichTheConditionHoldsAreToldOf(String condition, int told) throws IOException {
        String trace = running.trace(List.of(PRICE), calls(condition, false, 100));
        jvm.ask("price");

        assertThat(ended(trace)).hasSize(told + 1);
    }

    @Test
    void aTraceEndsAtItsLimit() throws IOException {
        String trace = running.trace(List.of(PRICE), calls("", false, 2));
        for (int i = 0; i < 5; i++) {
            jvm.ask("price");
        }
        List<TraceRow> rows = new ArrayList<>();
        while (rows.isEmpty() || !(rows.get(rows.size() - 1) instanceof TraceRow.End)) {
            rows.addAll(running.traced(trace, false));
        }

        assertThat(rows).hasSize(3).last().isEqualTo(new TraceRow.End("limit"));
        assertThat(targets()).doesNotContainKey(PRICE);
    }

    @Test
    void aClientThatFallsSilentLeavesNothingBehind() throws IOException {
        String trace = running.trace(List.of(PRICE), calls("", false, 100));
        assertThat(targets()).containsKey(PRICE);
        while (targets().containsKey(PRICE)) {
            assertThat(jvm.ask("price")).isEqualTo("7");
        }

        assertThat(trace).isNotEmpty();
        assertThat(Trace.LEASE_NANOS).isEqualTo(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void callsAreCounted() throws IOException {
        String trace = running.trace(List.of(PRICE, DISCOUNT), new TraceOptions(true, "", true, 1, false));
        for (int i = 0; i < 5; i++) {
            jvm.ask("price");
        }
        List<TraceRow> rows = ended(trace);

        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).isEqualTo(new TraceRow.Count(DISCOUNT, 0, 0, List.of()));
        assertThat((TraceRow.Count) rows.get(1))
                .returns(PRICE, TraceRow.Count::key)
                .returns(5L, TraceRow.Count::calls)
                .returns(0L, TraceRow.Count::thrown)
                .satisfies(count -> assertThat(
                                count.times().stream().mapToLong(each -> each).sum())
                        .isEqualTo(5));
    }

    @Test
    void aTargetThatWasSetMeanwhileStays() throws IOException {
        String trace = running.trace(List.of(PRICE), calls("", false, 100));
        assertThat(jvm.set(PRICE + "=constant:4")).extracting(Outcome::target).containsExactly("constant:4");
        jvm.ask("price");

        assertThat(ended(trace)).containsExactly(new TraceRow.End("asked"));
        assertThat(jvm.ask("price")).isEqualTo("4");
        jvm.reset(PRICE);
    }

    @Test
    void statusNamesTheObserver() {
        String trace = running.trace(List.of(PRICE), calls("", false, 100));
        assertThat(targets()).containsEntry(PRICE, "repoint trace");
        ended(trace);
    }

    @Test
    void whatCannotBeObservedIsRefusedWhole() throws IOException {
        jvm.set(PRICE + "=constant:4");
        assertRefused(List.of(DISCOUNT, PRICE), "", PRICE + " leads to constant:4; reset it first");
        jvm.reset(PRICE);
        assertRefused(List.of(DISCOUNT, "acme.Shop.missing"), "", "acme.Shop.missing");
        assertRefused(List.of(DISCOUNT, "acme.Late.value"), "", "its class is not loaded yet");
        assertRefused(
                List.of(DISCOUNT), "args[1] == 0", "args[1] does not exist: the method has one parameter, args[0]");
        assertThatThrownBy(() -> running.traced("0:77", false))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("there is no trace 77 any more");

        assertThat(targets()).doesNotContainKeys(DISCOUNT, PRICE);
    }

    private void assertRefused(List<String> keys, String condition, String message) {
        assertThatThrownBy(() -> running.trace(keys, calls(condition, false, 100)))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining(message);
    }

    private static TraceOptions calls(String condition, boolean isTimed, long limit) {
        return new TraceOptions(false, condition, isTimed, limit, false);
    }

    /// Ends a trace; gives what it found, and its end.
    private List<TraceRow> ended(String trace) {
        List<TraceRow> rows = new ArrayList<>(running.traced(trace, true));
        while (!(!rows.isEmpty() && rows.get(rows.size() - 1) instanceof TraceRow.End)) {
            rows.removeIf(TraceRow.Count.class::isInstance); // they are told again
            rows.addAll(running.traced(trace, true));
        }
        return rows;
    }

    /// The patchables that do not lead to their default.
    private Map<String, String> targets() {
        try (RunningJvm other = jvm.connect()) {
            return other.status().stream()
                    .filter(each -> !each.target().equals("default"))
                    .collect(Collectors.toMap(PatchableStatus::key, PatchableStatus::target));
        }
    }
}
