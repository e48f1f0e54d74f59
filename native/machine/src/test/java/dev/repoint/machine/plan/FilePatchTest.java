package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.machine.site.Collector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A patched file appears whole or not at all, and no file changes that somebody has open.
class FilePatchTest {

    @TempDir
    private Path folder;

    private Path program;

    @BeforeEach
    void build() throws IOException {
        program = Build.PIE.program(folder, List.of("sites.c", "functions.c"));
    }

    @Test
    void aFileIsPatchedInItsPlace() throws IOException {
        ElfFile elf = ElfFile.read(program);
        Plan plan = plan(elf, "work=other");

        FilePatch.write(elf, plan, program);

        assertThat(Build.PIE.run(program)).contains("call 70 10");
        assertThat(names()).noneMatch(name -> name.startsWith(".repoint"));
    }

    @Test
    void aRunningProgramKeepsTheOldFile() throws Exception {
        Files.writeString(folder.resolve("waiting.c"), """
            #include <stdio.h>
            int work(int x);
            int main(void) {
                char line[8];
                while (fgets(line, sizeof line, stdin)) {
                    printf("%d\\n", work(-3));
                    fflush(stdout);
                }
                return 0;
            }
            """);
        Path waiting = Build.PIE.program(folder, List.of("waiting.c", "functions.c"));
        Process running =
                new ProcessBuilder(waiting.toString()).redirectErrorStream(true).start();
        try (BufferedReader answers =
                new BufferedReader(new InputStreamReader(running.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(answer(running, answers)).isEqualTo("-2");

            ElfFile elf = ElfFile.read(waiting);
            FilePatch.write(elf, plan(elf, "work=other"), waiting);

            assertThat(answer(running, answers)).isEqualTo("-2");
            Process next = new ProcessBuilder(waiting.toString())
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader other =
                    new BufferedReader(new InputStreamReader(next.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(answer(next, other)).isEqualTo("-30");
            } finally {
                next.destroyForcibly().waitFor();
            }
        } finally {
            running.destroyForcibly().waitFor();
        }
    }

    private static String answer(Process process, BufferedReader answers) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return answers.readLine();
    }

    @Test
    void theModeBitsAreThoseOfTheOriginal() throws IOException {
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x--x"));
        Path out = Files.writeString(folder.resolve("out"), "something older");
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rw-------"));

        ElfFile elf = ElfFile.read(program);
        FilePatch.write(elf, plan(elf, "work=other"), out);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rwxr-x--x");
    }

    @Test
    void aFileThatChangedSinceItWasReadIsNotWritten() throws IOException {
        ElfFile elf = ElfFile.read(program);
        Plan plan = plan(elf, "work=other");
        Edit edit = plan.edits().getFirst();
        byte[] bytes = Files.readAllBytes(program);
        bytes[(int) edit.offset().value()] ^= 1;
        Path changed = folder.resolve("changed");
        Files.write(changed, bytes);
        Files.move(changed, program, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Path out = folder.resolve("out");

        assertThatThrownBy(() -> FilePatch.write(elf, plan, out))
                .isInstanceOf(ElfException.class)
                .hasMessageContaining("at offset " + edit.offset())
                .hasMessageContaining("plan the patch again");
        assertThat(out).doesNotExist();
        assertThat(names()).noneMatch(name -> name.startsWith(".repoint"));
    }

    @Test
    void anEmptyPlanWritesACopy() throws IOException {
        ElfFile elf = ElfFile.read(program);
        Plan plan = plan(elf, "work=default");
        Path out = folder.resolve("out");

        FilePatch.write(elf, plan, out);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(Files.mismatch(program, out)).isEqualTo(-1);
    }

    private static Plan plan(ElfFile elf, String change) throws IOException {
        return Planner.plan(elf, Collector.collect(elf), List.of(Change.parse(change)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
