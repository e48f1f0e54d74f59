package dev.repoint.machine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.site.TableBinding;
import dev.repoint.machine.table.TableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Programs that were stripped of everything, and are patched by the table that was collected before.
class StrippedTest {

    @TempDir
    private Path folder;

    private SiteTable table;

    private Path stripped(Build build) throws IOException {
        Path program = build.program(folder, List.of("sites.c", "functions.c"), "-Wl,--build-id");
        table = TableFile.of("table", TableFile.bytes(Collector.collect(ElfFile.read(program))));
        Run.succeeding(folder, List.of(build.strip().command(), program.toString()));
        return program;
    }

    private Patched patched(Path file, String out, String... changes) throws IOException {
        ElfFile elf = ElfFile.read(file);
        return Patched.of(elf, TableBinding.bind(table, "table", elf), file, out, changes);
    }

    @ParameterizedTest
    @EnumSource(Build.class)
    void aStrippedProgramIsPatchedAndRestoredByItsTable(Build build) throws IOException {
        Path program = stripped(build);

        Patched other = patched(program, "other", "work=other");
        Patched zero = patched(other.file(), "zero", "work=zero");
        Patched table = patched(program, "table", "operations=other_operations");

        assertThat(build.run(other.file()))
                .containsExactly(
                        "call 70 10",
                        "jump -30 10",
                        "conditional -30 10",
                        "pointer_call 70 10",
                        "pointer_jump -30 10",
                        "operation 70 10",
                        "data_pointer -30 10",
                        "untouched 96 100");
        assertThat(build.run(zero.file()))
                .containsExactly(
                        "call 100 0",
                        "jump 0 0",
                        "conditional 0 0",
                        "pointer_call 100 0",
                        "pointer_jump 0 0",
                        "operation 100 0",
                        "data_pointer 0 0",
                        "untouched 96 100");
        assertThat(build.run(table.file())).contains("call 98 1", "operation 70 10");
        for (Patched each : List.of(other, zero)) {
            assertThat(Files.mismatch(
                            program,
                            patched(each.file(), "restored", "work=default").file()))
                    .isEqualTo(-1);
        }
        Patched restored = patched(table.file(), "restored", "operations=default");
        assertThat(Files.mismatch(program, restored.file())).isEqualTo(-1);
    }

    @Test
    void withoutItsTableOnlyImportsAreKnown() throws IOException {
        Path program = stripped(Build.PIE);

        assertThatThrownBy(() -> Patched.plan(program, "work=other"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("work: there is no such function or pointer in this file")
                .hasMessageContaining("stripped")
                .hasMessageContaining("--table");
    }

    @Test
    void withoutItsTableATargetThatTheLoaderDoesNotKnowIsNotFound() throws IOException {
        Path program = Build.PIE.program(folder, List.of("sites.c", "functions.c"), "-Wl,--export-dynamic-symbol=work");
        Run.succeeding(folder, List.of(Build.PIE.strip().command(), program.toString()));

        assertThatThrownBy(() -> Patched.plan(program, "work=other"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("work: there is no function other in this file, which is stripped")
                .hasMessageContaining("--table");
    }
}
