package dev.repoint.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTest {

    private static final Answer ANSWER = Answer.read(List.of(
            "classes\t12\t1",
            "written\ta/B.class",
            "patchable\tentry\ta.B.c(int)\t",
            "site\tinvokestatic\ta.D.e()\t7",
            "site\tmethodref\ta.D.f()\t-1",
            "patchable\tsites\tx.Y.z()\tnative",
            "rejected\ta.B.<init>()\ta constructor",
            "unmatched\tin\tq.**\t",
            "unmatched\tpatchable\ta.B.d\tdid you mean a.B.c(int)?",
            "end"));

    @Test
    void theReportHasALineForEach() {
        assertThat(Report.lines(ANSWER))
                .containsExactly(
                        "entry a.B.c(int)",
                        "site a.B.c(int) invokestatic in a.D.e() line 7",
                        "site a.B.c(int) methodref in a.D.f()",
                        "calls x.Y.z(): native",
                        "refused a.B.<init>(): a constructor",
                        "unmatched in 'q.**' matches nothing",
                        "unmatched patchable 'a.B.d' matches nothing; did you mean a.B.c(int)?");
        assertThat(Report.summary(ANSWER)).isEqualTo("1 of 12 classes woven: 2 patchables, 2 sites, 1 rejected");
    }

    @Test
    void theReportIsWrittenAsTextAndAsJson(@TempDir Path folder) throws IOException {
        new Report(new File("target/classes"), ANSWER).write(folder.resolve("new/report.txt"));

        assertThat(folder.resolve("new/report.txt")).content().startsWith("entry a.B.c(int)\n");
        JsonObject file = JsonParser.parseString(Files.readString(folder.resolve("new/report.json")))
                .getAsJsonObject()
                .getAsJsonArray("files")
                .get(0)
                .getAsJsonObject();
        assertThat(file.get("file").getAsString()).isEqualTo(new File("target/classes").getPath());
        JsonObject patchable = file.getAsJsonArray("patchables").get(0).getAsJsonObject();
        assertThat(patchable.get("key").getAsString()).isEqualTo("a.B.c(int)");
        assertThat(patchable.get("safety").getAsString()).isEqualTo("entry");
        assertThat(patchable
                        .getAsJsonArray("sites")
                        .get(0)
                        .getAsJsonObject()
                        .get("line")
                        .getAsInt())
                .isEqualTo(7);
        assertThat(file.getAsJsonArray("rejected")
                        .get(0)
                        .getAsJsonObject()
                        .get("key")
                        .getAsString())
                .isEqualTo("a.B.<init>()");
    }

    @Test
    void anAnswerThatWasCutShortIsNone() {
        assertThatThrownBy(() -> Answer.read(List.of("classes\t1\t1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the answer of the weaver ends after 1 lines");
    }

    @Test
    void aLineThatIsNotKnownIsNamed() {
        assertThatThrownBy(() -> Answer.read(List.of("classes\t1", "end")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("found 'classes\t1' in the answer of the weaver");
        assertThatThrownBy(() -> Answer.read(List.of("other\t1", "end")))
                .hasMessage("found 'other\t1' in the answer of the weaver: unknown kind of line 'other'");
    }
}
