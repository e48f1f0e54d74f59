package dev.repoint.linux.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.linux.call.Memory;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Lines of `/proc/self/maps`.
class MappingTest {

    @Test
    void aLineIsReadWithItsPath() {
        assertThat(Mapping.parse(
                        "7f3c9d428000-7f3c9d57d000 r-xp 00028000 fe:00 1441862   /usr/lib/a [b]/libc.so.6 (deleted)"))
                .isEqualTo(new Mapping(
                        0x7f3c9d428000L,
                        0x7f3c9d57d000L,
                        Memory.READ | Memory.EXECUTE,
                        0x28000,
                        1441862,
                        "/usr/lib/a [b]/libc.so.6 (deleted)"));
    }

    @Test
    void aLineWithoutAPathHasNone() {
        assertThat(Mapping.parse("7f3c9d428000-7f3c9d57d000 rw-p 00000000 00:00 0 "))
                .isEqualTo(new Mapping(0x7f3c9d428000L, 0x7f3c9d57d000L, Memory.READ | Memory.WRITE, 0, 0, ""));
    }

    @Test
    void aNameInBracketsIsAPath() {
        assertThat(Mapping.parse("7ffd1c5e1000-7ffd1c602000 ---s 00000000 00:00 0        [stack]"))
                .isEqualTo(new Mapping(0x7ffd1c5e1000L, 0x7ffd1c602000L, 0, 0, 0, "[stack]"));
    }

    @Test
    void whatIsMappedIsFoundByAddress() {
        Mapping low = new Mapping(0x1000, 0x3000, Memory.READ, 0, 0, "low");
        Mapping high = new Mapping(0x5000, 0x6000, Memory.READ, 0, 0, "high");
        Mappings mappings = new Mappings(List.of(low, high));
        assertThat(mappings.containing(0x1000, 1)).isEqualTo(low);
        assertThat(mappings.containing(0x2fff, 1)).isEqualTo(low);
        assertThat(mappings.containing(0x2fff, 2)).isNull();
        assertThat(mappings.containing(0x3000, 1)).isNull();
        assertThat(mappings.containing(0x5ff8, 8)).isEqualTo(high);
        assertThat(mappings.containing(0xfff, 1)).isNull();
    }
}
