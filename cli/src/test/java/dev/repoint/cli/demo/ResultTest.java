package dev.repoint.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultTest {

    @Test
    void aGoodRunHasNoFaults() {
        assertThat(Readings.good().result().faults()).isEmpty();
    }

    @Test
    void oneWrongResultIsAFault() {
        assertThat(Readings.good().wrong(1).result().faults()).containsExactly("1 results were wrong");
    }

    @Test
    void aTargetThatIsNotReachedIsAFault() {
        Result result = new Readings()
                .phase(Phase.BEFORE, 10, 1000, 0)
                .phase(Phase.PATCHED, 10, 1000, 900)
                .phase(Phase.AFTER, 10, 1000, 0)
                .result();

        assertThat(result.faults()).containsExactly("of 10000 calls after set 9000 arrived at the target");
    }

    @Test
    void aTargetThatIsReachedTooEarlyOrTooLateIsAFault() {
        Result result = new Readings()
                .phase(Phase.BEFORE, 10, 1000, 1)
                .phase(Phase.PATCHED, 10, 1000, 1000)
                .phase(Phase.AFTER, 10, 1000, 100)
                .result();

        assertThat(result.faults())
                .containsExactly(
                        "10 calls arrived at the target before it was set",
                        "1000 calls arrived at the target after reset");
    }

    @Test
    void callsThatAreUnderWayWhenTheyAreCountedAreNoFault() {
        Result result = new Readings()
                .phase(Phase.BEFORE, 10, 1000, 0)
                .phase(Phase.PATCHED, 10, 1000, 996)
                .phase(Phase.AFTER, 1, 1000, 2)
                .result();

        assertThat(result.faults()).isEmpty();
        assertThat(result.allArrived(Phase.PATCHED)).isTrue();
    }

    @Test
    void aStatusThatSaysOtherwiseIsAFault() {
        assertThat(Readings.good().result("default", "default").faults())
                .containsExactly("status said that the target was default and not " + ServicePatch.TARGET);
        assertThat(Readings.good()
                        .result(ServicePatch.TARGET, ServicePatch.TARGET)
                        .faults())
                .containsExactly(
                        "status said at the end that the target was " + ServicePatch.TARGET + " and not the default");
    }

    @Test
    void whatWasBroughtAlongHasToBeReachedToo() {
        Result result = new Readings()
                .phase(Phase.BEFORE, 10, 1000, 0)
                .phase(Phase.PATCHED, 10, 1000, 1000)
                .phase(Phase.FIXED, 10, 1000, 800)
                .phase(Phase.AFTER, 10, 1000, 0)
                .nativeResult(Optional.empty());

        assertThat(result.faults()).containsExactly("of 10000 requests after set 8000 arrived at the target");
        assertThat(Readings.goodNative().faults()).isEmpty();
    }

    @Test
    void theFirstWrongResultIsTold() {
        assertThat(Readings.good()
                        .wrong(2)
                        .nativeResult(Optional.of("a request failed"))
                        .faults())
                .contains("2 answers were wrong; the first: a request failed");
    }

    @Test
    void theBeginningOfAPhaseDoesNotCountAsMeasured() {
        Result result = new Readings()
                .phase(Phase.BEFORE, 5, 1, 0)
                .phase(Phase.PATCHED, 5, 7, 7)
                .phase(Phase.PATCHED, 10, 100_000, 100_000)
                .result();

        assertThat(result.throughput(Phase.PATCHED).low()).isEqualTo(1_000_000);
    }
}
