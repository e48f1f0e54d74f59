package dev.repoint.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    private Path folder;

    private final Ledger ledger = new Ledger();
    private final Unmatched unmatched = new Unmatched();
    private final Resources resources = new Resources();

    private Report report() {
        // Nothing is unmatched, so no loaded class is looked at.
        return new Report(ledger, unmatched, new LoadedClasses(null, null, ledger, null, resources, loader -> true));
    }

    @Test
    void namesThatAreNotValidTextAreMadeSafe() throws Exception {
        ledger.refused(null, "acme/A", "acme.A.first()", "has no body");
        ledger.refused(null, "acme/A", "acme.A.half\ud800()", "has no body");
        ledger.refused(null, "acme/A", "acme.A.two\nlines()", "a back\\slash");
        ledger.refused(null, "acme/A", "acme.A.z\u00fcrich()", "has no body");
        Path file = folder.resolve("made/report");

        Report.write(report().lines(), file);

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "refused acme.A.first(): has no body",
                        "refused acme.A.half\\ud800(): has no body",
                        "refused acme.A.two\\nlines(): a back\\slash",
                        "refused acme.A.z\u00fcrich(): has no body");
    }
}
