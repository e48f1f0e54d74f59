package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Members by their names, which the debug information tells.
class MemberNamesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Build.class,
            names = {"PIE", "LLD", "ARM"})
    void aMemberIsPatchedByItsName(Build build) throws IOException {
        Path program = build.program(folder, List.of("sites.c", "functions.c"), "-g");

        Patched patched = Patched.of(program, "patched", "operations.second=other");

        assertThat(build.run(patched.file())).contains("operation 70 10", "call 98 1");
        assertThat(patched.plan().keys()).extracting(KeyPlan::key).containsExactly("operations+16");
        Patched restored = Patched.of(patched.file(), "restored", "operations.second=default");
        assertThat(Files.mismatch(program, restored.file())).isEqualTo(-1);
    }

    @Test
    void aMemberOfAnObjectFileIsPatchedByItsName() throws IOException {
        Path object = Build.PIE.object(folder, "functions.c", "-g");
        Build.PIE.object(folder, "sites.c");

        Patched.of(object, "patched.o", "operations.second=other");

        Path program = Build.PIE.link(folder, "program", List.of("sites.o", "patched.o"), List.of());
        assertThat(Build.PIE.run(program)).contains("operation 70 10", "call 98 1");
    }

    @Test
    void aMemberThatIsNotThereIsRefusedWithTheNearest() throws IOException {
        Path program = Build.PIE.program(folder, List.of("sites.c", "functions.c"), "-g");

        assertThatThrownBy(() -> Patched.plan(program, "operations.secnd=other"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("operations has no member secnd; did you mean second?");
    }

    @Test
    void withoutDebugInformationTheOffsetIsAskedFor() throws IOException {
        Path program = Build.PIE.program(folder, List.of("sites.c", "functions.c"), "-g0");

        assertThatThrownBy(() -> Patched.plan(program, "operations.second=other"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("no debug information about operations")
                .hasMessageContaining("-g")
                .hasMessageContaining("operations+8");
    }
}
