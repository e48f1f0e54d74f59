package dev.repoint.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.cli.output.Style;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void aGoodRunEndsWithItsSpeedUp() {
        assertThat(printed(Readings.good().result())).isEqualTo("""

                                        before      patched        after
            calls per s, median          1.00M        2.00M        1.00M
              middle half          1.00M-1.00M  2.00M-2.00M  1.00M-1.00M
            relative to before           1.00x        2.00x        1.00x
            the same per CPU time        1.00x        2.00x        1.00x
            results checked          4,000,000   12,000,000    5,300,000
            results wrong                    0            0            0
            calls at HexFormat               0          all            0
            longest pause               2.0 ms       2.0 ms       2.0 ms

            set, with attaching: 321 ms, longest pause of a worker 2.0 ms
            reset:               2.3 ms, longest pause of a worker 2.0 ms

            2.00x the throughput (2.00x to 2.00x), 2.00x per CPU time (2.00x to 2.00x)
            24,000,000 results checked, 0 wrong
            """);
    }

    @Test
    void ofNativeCodeItHasAColumnMoreAndThePausesOfTheServer() {
        assertThat(printed(Readings.goodNative())).isEqualTo("""

                                         before      patched        fixed        after
            requests per s, median        5.00k        20.0k        20.0k        5.00k
              middle half           5.00k-5.00k  20.0k-20.0k  20.0k-20.0k  5.00k-5.00k
            relative to before            1.00x        4.00x        4.00x        1.00x
            the same per CPU time         1.00x        4.00x        4.00x        1.00x
            answers checked              20,000      100,000      100,000       20,000
            answers wrong                     0            0            0            0
            answers by the target             0          all          all            0
            longest request              2.0 ms       2.0 ms       2.0 ms       2.0 ms

            set:             12 ms, all threads stopped for 0.21 ms, longest request 2.0 ms
            set with --load: 4.6 ms, all threads stopped for 1.23 ms, longest request 2.0 ms
            reset:           2.3 ms, all threads stopped for 0.10 ms, longest request 2.0 ms

            4.00x the throughput (4.00x to 4.00x), 4.00x per CPU time (4.00x to 4.00x)
            251,200 answers checked, 0 wrong
            """);
    }

    @Test
    void whereOtherProgramsTookTheProcessorsItSaysSo() {
        Result result = new Readings()
                .phase(Phase.BEFORE, 20, 100_000, 0)
                .processors(0.8)
                .phase(Phase.PATCHED, 20, 80_000, 80_000)
                .phase(Phase.AFTER, 20, 40_000, 0)
                .result();

        assertThat(printed(result))
                .contains("0.80x the throughput (0.80x to 0.80x), 2.00x per CPU time (2.00x to 2.00x)\n")
                .endsWith("\nOther programs were busy: the service had 2.0 processors before and 0.8 patched."
                        + " Per CPU time is the fair figure.\n");
    }

    @Test
    void aBadRunEndsWithWhatWasWrong() {
        assertThat(printed(Readings.good().wrong(3).result()))
                .endsWith("\nWRONG: 3 results were wrong\n")
                .doesNotContain("the throughput");
    }

    private static String printed(Result result) {
        StringWriter text = new StringWriter();
        new Summary(result, Style.PLAIN).print(new PrintWriter(text));
        return text.toString();
    }
}
