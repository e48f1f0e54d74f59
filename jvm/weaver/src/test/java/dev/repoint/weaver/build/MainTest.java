package dev.repoint.weaver.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Crc;
import com.acme.Ops;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// As a build starts it: a process of its own.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class MainTest {

    @TempDir
    Path folder;

    private Path classes;

    @BeforeEach
    void someClasses() throws IOException {
        classes = folder.resolve("classes");
        for (Class<?> type : List.of(Crc.class, Ops.class)) {
            String name = type.getName().replace('.', '/') + ".class";
            Files.createDirectories(classes.resolve(name).getParent());
            try (InputStream in = type.getResourceAsStream("/" + name)) {
                Files.copy(in, classes.resolve(name));
            }
        }
    }

    @Test
    void itWeavesAndSaysWhatThereIs() throws Exception {
        List<String> answer = ask("weave", "patchable\tcom.acme.Ops.add", "patchable\tcom.acme.Obs.add");

        assertThat(answer)
                .contains("classes\t2\t1", "written\tcom/acme/Ops.class", "written\tMETA-INF/repoint/table")
                .endsWith("end");
        assertThat(answer)
                .anyMatch(line -> line.startsWith(
                        "unmatched\tpatchable\tcom.acme.Obs.add\tdid you mean com.acme.Ops.add(int,int) or "));
        assertThat(answer).anyMatch(line -> line.startsWith("patchable\tentry\tcom.acme.Ops.add("));
        assertThat(answer).noneMatch(line -> line.startsWith("problem"));
        assertThat(ask("weave", "patchable\tcom.acme.Ops.add")).noneMatch(line -> line.startsWith("written"));
    }

    @Test
    void aCheckNamesWhatIsNotWoven() throws Exception {
        assertThat(ask("check", "patchable\tcom.acme.Ops.add"))
                .anyMatch(line -> line.startsWith("problem\t" + classes.resolve("com/acme/Ops.class")
                        + " and 1 more are not woven with this configuration: run the goal weave"));
        ask("weave", "patchable\tcom.acme.Ops.add");
        assertThat(ask("check", "patchable\tcom.acme.Ops.add")).noneMatch(line -> line.startsWith("problem"));
    }

    @Test
    void aCheckNamesWhatWasNamedAndCannotBeWovenButNotWhatAWildcardCovers() throws Exception {
        ask("weave", "patchable\tcom.acme.**");
        assertThat(ask("check", "patchable\tcom.acme.**"))
                .anyMatch(line -> line.startsWith("rejected\tcom.acme.Ops.<init>(java.lang.String)"))
                .noneMatch(line -> line.startsWith("problem"));
        ask("weave", "patchable\tcom.acme.Ops.<init>");
        assertThat(ask("check", "patchable\tcom.acme.Ops.<init>"))
                .contains("problem\tcom.acme.Ops.<init>(java.lang.String) cannot be woven: a constructor cannot be"
                        + " patched: its object is not initialised where the prologue would run");
    }

    @Test
    void aCheckNamesPoliciesThatChangeNothingOrLeadNowhere() throws Exception {
        String[] policies = {
            "policy\tcom.acme.Ops.add=com.acme.Ops.sub",
            "policy\tcom.acme.None.at=nothing",
            "policy\tcom.acme.Crc.non=default"
        };
        ask("weave", policies);

        assertThat(ask("check", policies).stream().filter(line -> line.startsWith("problem")))
                .containsExactly(
                        "problem\tpolicy com.acme.Ops.add=com.acme.Ops.sub: there is no method com.acme.Ops.sub in the "
                                + "classes, nor on their class path",
                        "problem\tpolicy com.acme.None.at=nothing: its key matches no patchable; did you "
                                + "mean com.acme.Ops.add(int,int)?",
                        "problem\tpolicy com.acme.Crc.non=default: its key matches no patchable; did you"
                                + " mean com.acme.Ops.add(int,int)?");
    }

    @Test
    void aMalformedOptionIsNamedAndNothingIsDone() throws Exception {
        List<String> answer = ask("weave", "patchable\tcom..acme");

        assertThat(answer).hasSize(2).endsWith("end");
        assertThat(answer.getFirst()).startsWith("error\tpatchable: key 'com..acme' has an empty part between dots");
        assertThat(folder.resolve("kept")).doesNotExist();
    }

    @Test
    void aDamagedClassIsNamedWithItsFileAndPlace() throws Exception {
        Files.writeString(classes.resolve("com/acme/Odd.class"), "odd");

        assertThat(ask("check"))
                .contains("problem\t" + classes.resolve("com/acme/Odd.class")
                        + " cannot be woven: malformed class file at offset 0: it ends after 3 bytes");
    }

    private List<String> ask(String goal, String... options) throws Exception {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("jdk.module.path", ""),
                        Main.class.getName())
                .redirectError(log.toFile())
                .start();
        String request = "goal\t" + goal + "\nclasses\t" + classes + "\nkept\t" + folder.resolve("kept") + "\n"
                + String.join("\n", options) + "\n";
        try (var in = process.getOutputStream()) {
            in.write(request.getBytes(StandardCharsets.UTF_8));
        }
        List<String> answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return answer;
    }
}
