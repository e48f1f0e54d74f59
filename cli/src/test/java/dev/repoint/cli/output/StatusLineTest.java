package dev.repoint.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StatusLineTest {

    private final StringWriter printed = new StringWriter();
    private final SafeWriter err = SafeWriter.of(printed);
    private long nanos;

    @Test
    void itShowsFromTheSecondSecondOnAndGoesAway() {
        try (StatusLine line = new StatusLine(err, true, () -> nanos)) {
            line.show("reading", 1, 7700, "files");
            assertThat(printed.toString()).isEmpty();
            nanos += 1_000_000_000;
            line.show("reading", 1200, 7700, "files");
            line.show("reading", 1201, 7700, "files"); // too early
            nanos += 100_000_000;
            line.show("reading", 1300, 7700, "files");
        }
        assertThat(printed.toString())
                .isEqualTo("\r\u001b[Krepoint: reading, 1,200 of 7,700 files"
                        + "\r\u001b[Krepoint: reading, 1,300 of 7,700 files\r\u001b[K");
    }

    @Test
    void whatIsSaidMeanwhileStandsAlone() {
        StatusLine line = new StatusLine(err, true, () -> nanos);
        nanos += 2_000_000_000;
        line.show("weaving", 1, 2, "classes");
        err.println("repoint: a.o: cut off");
        err.println("repoint: b.o: cut off");
        line.close();
        assertThat(printed.toString())
                .isEqualTo("\r\u001b[Krepoint: weaving, 1 of 2 classes"
                        + "\r\u001b[Krepoint: a.o: cut off\nrepoint: b.o: cut off\n\r\u001b[K");
    }

    @Test
    void inAPipeThereIsNone() {
        try (StatusLine line = new StatusLine(err, false, () -> nanos)) {
            nanos += 2_000_000_000;
            line.show("reading", 1, 2, "files");
        }
        assertThat(printed.toString()).isEmpty();
    }
}
