package dev.repoint.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.SyntaxException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTest {

    private static final Machine LINUX = new Machine("Linux", "amd64", 25, Set.of("avx2", "sha_ni"));
    private static final Machine MAC = new Machine("Mac OS X", "aarch64", 26, null);

    @TempDir
    private Path folder;

    private Set<String> features(String content) throws IOException {
        return Machine.features(null, Files.writeString(folder.resolve("cpuinfo"), content));
    }

    @Test
    void featuresAreThoseThatAllProcessorsHave() throws IOException {
        assertThat(features("""
            processor\t: 0
            vendor_id\t: GenuineIntel
            flags\t\t: fpu sse2 avx2 sha_ni
            bugs\t\t: spectre_v1

            processor\t: 1
            flags\t\t: fpu sse2 avx2
            """)).containsExactlyInAnyOrder("fpu", "sse2", "avx2");
        assertThat(features("processor : 0\nFeatures\t: fp asimd crc32\nCPU part : 0xd0c\n"))
                .containsExactlyInAnyOrder("fp", "asimd", "crc32");
    }

    @Test
    void featuresAreUnknownWhereThereIsNoFileOrItDoesNotTell() throws IOException {
        assertThat(Machine.features(null, folder.resolve("none"))).isNull();
        assertThat(features("processor : 0\n")).isNull();
        assertThat(MAC.lacksCpu(List.of("neon")))
                .isEqualTo("needs cpu neon, and what this processor can do is not known; set repoint.cpu");
        assertThat(MAC.lacksCpu(List.of())).isEmpty();
    }

    @Test
    void whatIsListedTakesThePlaceOfTheFile() throws IOException {
        assertThat(Machine.features("AVX2, bmi2", folder.resolve("none"))).containsExactlyInAnyOrder("avx2", "bmi2");
        assertThat(Machine.features("", folder.resolve("none"))).isEmpty();
    }

    @Test
    void allFeaturesAreNeeded() {
        assertThat(LINUX.lacksCpu(List.of("AVX2", "sha_ni"))).isEmpty();
        assertThat(LINUX.lacksCpu(List.of("avx2", "avx512f", "vaes"))).isEqualTo("needs cpu avx512f, vaes");
    }

    @Test
    void oneOperatingSystemAndOneArchitectureIsEnough() {
        assertThat(LINUX.lacksOs(List.of("windows", "linux"))).isEmpty();
        assertThat(LINUX.lacksOs(List.of("windows", "macos"))).isEqualTo("needs windows or macos");
        assertThat(MAC.lacksOs(List.of("macos"))).isEmpty();
        assertThat(LINUX.lacksArch(List.of("x86_64"))).isEmpty();
        assertThat(LINUX.lacksArch(List.of("x86-64"))).isEmpty();
        assertThat(MAC.lacksArch(List.of("arm64"))).isEmpty();
        assertThat(MAC.lacksArch(List.of("amd64", "riscv64"))).isEqualTo("needs amd64 or riscv64");
    }

    @ParameterizedTest
    @CsvSource({"25,true", "24,false", "26,false", "21+,true", "25+,true", "26+,false", "21-24,false", "21-25,true"})
    void versionsOfTheJdkAreOneAnOpenRangeOrARange(String versions, boolean holds) {
        assertThat(LINUX.lacksJdk(versions)).isEqualTo(holds ? "" : "needs JDK " + versions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "25x", "+", "-24", "21-", "1.8"})
    void otherVersionsAreRefused(String versions) {
        assertThatThrownBy(() -> Machine.checkJdk(versions))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("jdk '" + versions + "': write 25, 25+ or 21-24");
    }

    @Test
    void propertiesAreSetOrHaveAValue() {
        assertThat(Machine.lacksProperties(List.of("java.version", "file.separator=" + File.separator)))
                .isEmpty();
        assertThat(Machine.lacksProperties(List.of("java.version=0"))).isEqualTo("needs property java.version=0");
    }

    @Test
    void aRangeOfNoVersionsIsRefusedByName() {
        for (String empty : List.of("25-21", "2-1", " 30 - 25 ".replace(" ", ""))) {
            assertThatThrownBy(() -> Machine.checkJdk(empty))
                    .isInstanceOf(SyntaxException.class)
                    .hasMessageStartingWith("jdk '" + empty + "': no version is from ");
        }
        assertThat(LINUX.lacksJdk("25-25")).isEmpty();
    }
}
