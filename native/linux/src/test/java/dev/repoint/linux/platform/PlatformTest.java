package dev.repoint.linux.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where code can be changed under running threads, and what is said where it cannot.
class PlatformTest {

    private static final String FEATURES = "x86_Thread_features:\t";

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "Linux, x86", "Mac OS X, aarch64", "Windows 11, amd64"})
    void elsewhereThanOnLinuxOnAKnownProcessorItIsRefusedAndFilesAreNamed(String system, String machine) {
        assertThat(new Platform(system, machine, List.of()).obstacle())
                .hasValue("live patches need Linux on x86-64 or AArch64, and this is " + system + " on " + machine
                        + "; patch the file instead (repoint patch)");
    }

    @Test
    void aShadowStackIsRefused() {
        assertThat(new Platform("Linux", "amd64", List.of("Name:\tjava", FEATURES + "shstk wrss")).obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("shadow stack", "GLIBC_TUNABLES"));
    }

    @Test
    void onLinuxOnX86CodeCanBeChanged() {
        assertThat(new Platform("Linux", "amd64", List.of("Name:\tshstk", FEATURES)).obstacle())
                .isEmpty();
    }
}
