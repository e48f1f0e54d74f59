package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.machine.instruction.SiteKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisassemblyTest {

    @Test
    void readsSymbolsAndBranchesOfX86() {
        Disassembly seen = Disassembly.parse(
                List.of(
                        "0000000000001129 g     F .text\t000000000000000b              foo",
                        "0000000000001129 l     F .text\t000000000000000b              .hidden bar",
                        "0000000000000000       F *UND*\t0000000000000000              puts@GLIBC_2.2.5",
                        "0000000000004010 g     O .data\t0000000000000008              pointer"),
                List.of(
                        "0000000000001139 <main>:",
                        "    1139:\te8 eb ff ff ff       \tcall   1129 <foo>\t113a: R_X86_64_PLT32\tfoo-0x4",
                        "    113e:\t67 e8 e5 ff ff ff    \taddr32 call 1129 <foo>",
                        "    1144:\tf2 e9 df ff ff ff    \tbnd jmp 1129 <foo>",
                        "    114a:\t0f 85 d9 ff ff ff    \tjne    1129 <foo>",
                        "    1150:\t75 d7                \tjne    1150 <main+0x17>",
                        "    1152:\te8 d9 fe ff ff       \tcall   1030 <puts@plt>",
                        "    1157:\tff 15 b3 2e 00 00    \tcall   *0x2eb3(%rip)        # 4010 <pointer>\t1159:"
                                + " R_X86_64_PC32\tpointer-0x4",
                        "    115d:\tff 25 ad 2e 00 00    \tjmp    *0x2ead(%rip)        # 4010 <pointer>",
                        "    1163:\tff d0                \tcall   *%rax",
                        "    1165:\tc3                   \tret"));
        assertThat(seen.functions()).hasSize(1);
        assertThat(seen.functions().get(0x1129L)).containsExactly("bar", "foo");
        assertThat(seen.branches())
                .containsExactly(
                        new Branch("main", 0x1139, 0x113e, SiteKind.CALL, 0x1129, "foo", true),
                        new Branch("main", 0x113e, 0x1144, SiteKind.CALL, 0x1129, "foo", false),
                        new Branch("main", 0x1144, 0x114a, SiteKind.JUMP, 0x1129, "foo", false),
                        new Branch("main", 0x114a, 0x1150, SiteKind.CONDITIONAL_JUMP, 0x1129, "foo", false),
                        new Branch("main", 0x1150, 0x1152, SiteKind.CONDITIONAL_JUMP, 0x1150, "main+0x17", false),
                        new Branch("main", 0x1152, 0x1157, SiteKind.CALL, 0x1030, "puts@plt", false),
                        new Branch("main", 0x1157, 0x115d, SiteKind.POINTER_CALL, 0x4010, "pointer", true),
                        new Branch("main", 0x115d, 0x1163, SiteKind.POINTER_JUMP, 0x4010, "pointer", false));
        assertThat(seen.toFunctions()).hasSize(5);
        assertThat(seen.variables()).containsOnlyKeys("pointer");
        assertThat(seen.through("pointer")).hasSize(2).isEqualTo(seen.branches().subList(6, 8));
    }

    @Test
    void readsBranchesOfAarch64() {
        Disassembly seen = Disassembly.parse(
                List.of("0000000000000754 g     F .text\t0000000000000008              foo"),
                List.of(
                        "000000000000075c <main>:",
                        " 75c:\t97fffffe \tbl\t754 <foo>\t75c: R_AARCH64_CALL26\tfoo",
                        " 760:\t17fffffd \tb\t754 <foo>",
                        " 764:\t54ffff81 \tb.ne\t754 <foo>  // b.any",
                        " 768:\t34ffff60 \tcbz\tw0, 754 <foo>",
                        " 76c:\td63f0020 \tblr\tx1",
                        " 770:\td65f03c0 \tret"));
        assertThat(seen.branches())
                .containsExactly(
                        new Branch("main", 0x75c, 0x760, SiteKind.CALL, 0x754, "foo", true),
                        new Branch("main", 0x760, 0x764, SiteKind.JUMP, 0x754, "foo", false),
                        new Branch("main", 0x764, 0x768, SiteKind.CONDITIONAL_JUMP, 0x754, "foo", false),
                        new Branch("main", 0x768, 0x76c, SiteKind.CONDITIONAL_JUMP, 0x754, "foo", false));
    }
}
