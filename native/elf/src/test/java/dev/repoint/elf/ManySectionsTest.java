package dev.repoint.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Numbers that do not fit into their fields stand elsewhere.
class ManySectionsTest {

    private static final int SECTIONS = 66_000;

    @Test
    void moreSectionsThanTheHeaderCanCountAreAllFound(@TempDir Path folder) throws IOException {
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < SECTIONS; i++) {
            source.append(".section .text.f")
                    .append(i)
                    .append(",\"ax\",@progbits\n.globl f")
                    .append(i)
                    .append("\nf")
                    .append(i)
                    .append(": ret\n");
        }
        source.append(".globl absolute\nabsolute = 5\n.comm common,8\n");
        Files.writeString(folder.resolve("many.s"), source);
        Run.succeeding(folder, List.of(Tool.GCC.required().command(), "-c", "many.s", "-o", "many.o"));
        ElfFile file = ElfFile.read(folder.resolve("many.o"));
        assertThat(file.sections()).hasSizeGreaterThan(SECTIONS);
        SymbolTable symbols = file.symbols();
        for (int i = 0; i < SECTIONS; i++) {
            // A reserved index may also be that of a section: here 0xfff1 and others.
            Symbol symbol = symbols.named("f" + i).getFirst();
            assertThat(symbols.isInSection(symbol.index())).isTrue();
            assertThat(file.sections().get(symbol.sectionIndex()).name()).isEqualTo(".text.f" + i);
        }
        Symbol absolute = symbols.named("absolute").getFirst();
        assertThat(absolute.sectionIndex()).isEqualTo(SymbolTable.SHN_ABS);
        assertThat(symbols.isInSection(absolute.index())).isFalse();
        Symbol common = symbols.named("common").getFirst();
        assertThat(common.sectionIndex()).isEqualTo(SymbolTable.SHN_COMMON);
        assertThat(symbols.isInSection(common.index())).isFalse();
    }

    @Test
    void moreSegmentsThanTheHeaderCanCountAreAllFound() throws ElfFormatException {
        int segments = 0x1_0002;
        int table = 128;
        ElfBytes out = new ElfBytes(table + 56 * segments);
        out.header(2, 62, table, 0xffff, 64, 1, 0).u32(64 + 44, segments);
        for (int i = 0; i < segments; i++) {
            out.segment(table + 56 * i, Segment.PT_LOAD, 4, 0, 0x1000L * i, 16, 16);
        }
        ElfFile file = ElfFile.of("many", MemorySegment.ofArray(out.array()));
        assertThat(file.segments()).hasSize(segments);
        assertThat(file.offsetOf(new Address(0x1000L * (segments - 1) + 7))).contains(new FileOffset(7));
        assertThat(file.offsetOf(new Address(0x1000L * (segments - 1) + 16))).isEmpty();
    }
}
