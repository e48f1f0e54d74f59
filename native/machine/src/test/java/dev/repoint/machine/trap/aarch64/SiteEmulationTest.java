package dev.repoint.machine.trap.aarch64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.trap.Emulation;
import dev.repoint.machine.trap.Emulation.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the bytes of sites do.
class SiteEmulationTest {

    private static final long PLACE = 0x401000;

    @Test
    void branchesGoToTheirTargets() {
        assertThat(SiteEmulation.of(0x9400_0002L, 4, PLACE))
                .isEqualTo(new Emulation(Kind.CALL, 0, PLACE + 8)); // bl .+8
        assertThat(SiteEmulation.of(0x17ff_ffffL, 4, PLACE)).isEqualTo(Emulation.jump(PLACE - 4)); // b .-4
        assertThat(SiteEmulation.of(0x95ff_ffffL, 4, PLACE)) // bl .+0x7fffffc
                .isEqualTo(new Emulation(Kind.CALL, 0, PLACE + 0x7ff_fffc));
        assertThat(SiteEmulation.of(0xd503_201fL, 4, PLACE)).isEqualTo(Emulation.still(Kind.NOTHING)); // nop
    }

    /// What the architecture does not promise: b.eq, cbz, tbz, mov x0, xzr, ret, br x17, brk.
    @ParameterizedTest
    @ValueSource(
            longs = {0x5400_0040L, 0xb400_0040L, 0x3600_0040L, 0xaa1f_03e0L, 0xd65f_03c0L, 0xd61f_0220L, 0xd420_0000L})
    void whatMayNotBeChangedUnderThreadsIsNotKnown(long word) {
        assertThat(SiteEmulation.of(word, 4, PLACE)).isNull();
    }

    @Test
    void aSiteIsOneAlignedWord() {
        assertThat(SiteEmulation.of(0x9400_0002L, 5, PLACE)).isNull();
        assertThat(SiteEmulation.of(0x9400_0002L, 4, PLACE + 2)).isNull();
    }
}
