package dev.repoint.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.cli.output.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

    @Test
    void theWholeRunIsDrawnFromLeftToRight() {
        assertThat(String.join("\n", lines(50, Readings.good().recording())) + "\n")
                .isEqualTo("""
                    2.00M/s ┤                 ▂███████████          \s
                            ┤                 ████████████          \s
                            ┤                 ████████████          \s
                            ┤                 ████████████▆         \s
                    1.00M/s ┤        ▅███████████████████████████████
                            ┤        ████████████████████████████████
                            ┤████████████████████████████████████████
                            ┤████████████████████████████████████████
                            └────────────────────────────────────────
                                             ▲ set        ▲ reset
                    """);
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (int width : new int[] {40, 80, 117}) {
            assertThat(lines(width, Readings.good().recording())).allMatch(line -> line.length() <= width);
        }
    }

    @Test
    void withoutReadingsItIsEmpty() {
        assertThat(lines(80, new Recording())).hasSize(10).noneMatch(line -> line.contains("█"));
    }

    @Test
    void aWideChartHasNoGaps() {
        List<String> lines = lines(130, Readings.good().recording());

        assertThat(lines.get(7).substring(9)).matches("█+ ?");
    }

    private static List<String> lines(int width, Recording recording) {
        return new Chart(width, 20, Style.PLAIN).lines(recording);
    }
}
