package dev.repoint.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    private Path folder;

    private final WeaveLog weaveLog = new WeaveLog();
    private final UnmatchedPatterns unmatched = new UnmatchedPatterns();
    private final ClassFiles classFiles = new ClassFiles();

    private Report report() {
        // Nothing is unmatched, so no loaded class is looked at.
        return new Report(
                weaveLog, unmatched, new LoadedClasses(null, null, weaveLog, null, classFiles, loader -> true));
    }

    @Test
    void namesThatAreNotValidTextAreMadeSafe() throws Exception {
        weaveLog.refused(null, "acme/A", "acme.A.first()", "has no body");
        weaveLog.refused(null, "acme/A", "acme.A.half\ud800()", "has no body");
        weaveLog.refused(null, "acme/A", "acme.A.two\nlines()", "a back\\slash");
        weaveLog.refused(null, "acme/A", "acme.A.z\u00fcrich()", "has no body");
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
