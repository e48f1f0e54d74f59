package dev.repoint.it.aarch64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What conditions of offers know of the processor.
@Tag("aarch64")
class ProcessorTest {

    @Test
    void conditionsKnowTheFeaturesThatLinuxLists() throws IOException {
        List<String> features = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("Features"))
                .flatMap(line -> List.of(line.replaceFirst(".*:", "").strip().split(" ")).stream())
                .distinct()
                .toList();
        assertThat(features).contains("asimd", "crc32");
        assertThat(Condition.cpu(features.toArray(String[]::new)).unmet()).isEmpty();
        assertThat(Condition.cpu("asimd", "avx2").unmet()).isEqualTo("needs cpu avx2");
    }

    @Test
    void theArchitectureHasTwoNames() {
        assertThat(Condition.arch("aarch64").unmet()).isEmpty();
        assertThat(Condition.arch("arm64").unmet()).isEmpty();
        assertThat(Condition.arch("x86-64").unmet()).isEqualTo("needs x86-64");
    }
}
