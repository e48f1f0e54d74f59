package dev.repoint.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repoint.bench.NativeBuild;
import dev.repoint.bench.Settings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GdbTest {

    private static final int SITES = 100;
    private static final Settings SETTINGS =
            new Settings(true, Path.of("..").toAbsolutePath().normalize());

    @Test
    void bothOfItsWaysLeadEveryCallThereAndBack() throws IOException, InterruptedException {
        assumeTrue(NativeBuild.missing().isEmpty(), NativeBuild.missing());
        assumeTrue(Gdb.missing().isEmpty(), Gdb.missing());
        Path program = TargetSource.program(SETTINGS, SITES);
        try (Target target = new Target(program, SITES, 2)) {
            target.window(1);
            Gdb gdb = new Gdb(program, target);
            assertThat(gdb.size()).isEqualTo(SITES);

            gdb.setEach(target.addTwo());
            assertThat(target.window(2)).isGreaterThan(0);

            gdb.setAtOnce(target.addOne());
            assertThat(target.window(1)).isGreaterThan(0);
        }
    }

    @Test
    void aChangeThatWasNotMadeIsFound() throws IOException, InterruptedException {
        assumeTrue(NativeBuild.missing().isEmpty(), NativeBuild.missing());
        try (Target target = new Target(TargetSource.program(SETTINGS, SITES), SITES, 1)) {
            assertThatThrownBy(() -> target.window(2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("100 sites gave 100 in place of 200");
        }
    }
}
