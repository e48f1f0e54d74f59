package dev.repoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Report REPORT = new Report(
            "call",
            List.of("Forks: 2."),
            List.of(new Group(
                    "a call",
                    "ns",
                    "direct",
                    List.of(
                            new Group.Case("direct", new Samples(List.of(1.0, 2.0))),
                            new Group.Case("through \"it\"", new Samples(List.of(12.0, 20.0)))))));

    @Test
    void theTableHasMediansRatiosAndTheirSpread() {
        assertThat(REPORT.table()).isEqualTo("""
            ## call

            Forks: 2.

            ### a call

            | case         |    ns |     min..max | ratio |     min..max |
            | ------------ | ----: | -----------: | ----: | -----------: |
            | direct       | 1.500 | 1.000..2.000 | 1.000 | 1.000..1.000 |
            | through "it" |  16.0 |   12.0..20.0 |  11.0 |   10.0..12.0 |
            """);
    }

    @Test
    void theJsonHasTheMachineAndEverySample() {
        assertThat(REPORT.json(new Machine("a \"cpu\"", 2, "Linux 6", "25"))).isEqualTo("""
            {
              "name": "call",
              "machine": {"cpu": "a \\"cpu\\"", "cores": 2, "kernel": "Linux 6", "jdk": "25"},
              "groups": [
                {"title": "a call", "unit": "ns", "baseline": "direct", "cases": [
                  {"name": "direct", "samples": [1.0, 2.0], "ratios": [1.0, 1.0]},
                  {"name": "through \\"it\\"", "samples": [12.0, 20.0], "ratios": [12.0, 10.0]}
                ]}
              ]
            }
            """);
    }
}
