package dev.repoint.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PlainDisplayTest {

    @Test
    void aLineIsPrintedEachSecondAndWhereAPhaseEnds() {
        StringWriter text = new StringWriter();
        PlainDisplay display = new PlainDisplay(new PrintWriter(text));
        Recording recording = new Recording();
        recording.enter(Phase.BEFORE);
        display.show(recording);
        for (int i = 1; i <= 21; i++) {
            if (i == 15) {
                display.say("$ repoint set");
                recording.enter(Phase.PATCHED);
            }
            recording.add(new Reading(i * 100_000_000L, 0, i * 100_000L, 0, 0, 0, false));
            display.show(recording);
        }
        display.end();

        assertThat(text.toString()).isEqualTo("""
              1.0 s  default     1.00M/s  wrong 0  ############
            $ repoint set
              1.4 s  default     1.00M/s  wrong 0  ############
              2.1 s  patched     1.00M/s  wrong 0  ############
            """);
    }
}
