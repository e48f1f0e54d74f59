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

    /// Recorded in a machine that QEMU 10 emulates, with Linux 6.12; the second processor is that of an older one.
    @Test
    void featuresOfAArch64HaveTheNamesOfLinux() throws IOException {
        String newer = """
            processor\t: 0
            BogoMIPS\t: 2000.00
            Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc \
            dcpop sha3 sm3 sm4 asimddp sha512 sve asimdfhm dit uscat ilrcpc flagm ssbs sb paca pacg dcpodp sve2 sveaes \
            svepmull svebitperm svesha3 svesm4 flagm2 frint svei8mm svef32mm svef64mm svebf16 i8mm bf16 dgh rng bti ecv
            CPU implementer\t: 0x00
            CPU architecture: 8
            CPU variant\t: 0x0
            CPU part\t: 0x051
            CPU revision\t: 0

            """;
        String older = newer.replaceFirst("Features.*", "Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid");
        Machine alone = new Machine("Linux", "aarch64", 25, features(newer));
        assertThat(alone.lacksCpu(List.of("crc32", "sve2", "ASIMD", "bti"))).isEmpty();
        assertThat(alone.lacksCpu(List.of("avx2", "crc32"))).isEqualTo("needs cpu avx2");
        Machine both = new Machine("Linux", "aarch64", 25, features(newer + older));
        assertThat(both.lacksCpu(List.of("crc32", "aes"))).isEmpty();
        assertThat(both.lacksCpu(List.of("crc32", "sve2"))).isEqualTo("needs cpu sve2");
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
