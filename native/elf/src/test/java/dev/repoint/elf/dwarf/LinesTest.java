package dev.repoint.elf.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Section;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinesTest {

    private static final Pattern ROW = Pattern.compile("(\\S+) +(\\d+|-) +(0x[0-9a-f]+|0)(?: .*)?");

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.repoint.elf.dwarf.DebugFixture#linked")
    void everyInstructionHasTheLineThatReadelfTells(DebugFixture fixture) throws IOException {
        ElfFile file = fixture.read(folder, "ops.c");
        Lines lines = Lines.of(file);
        SortedMap<Long, String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(20);
        for (long address : rows.keySet()) {
            for (long each = address; each < following(rows, address); each++) {
                assertThat(lines.at(new Address(each)).map(SourceLine::toString).orElse("none"))
                        .as(Long.toHexString(each))
                        .isEqualTo(rows.get(address));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.repoint.elf.dwarf.DebugFixture#arguments")
    void aFunctionBeginsAtTheLineOfItsSource(DebugFixture fixture) throws IOException {
        ElfFile file = fixture.read(folder, "ops.c");
        Lines lines = Lines.of(file);
        assertBegins(lineOf(file, lines, "flush_default"), "int flush_default(");
        assertBegins(lineOf(file, lines, "run"), "int run(");
        Symbol run = function(file, "run");
        Section section = file.sections().get(run.sectionIndex());
        assertThat(lines.at(section.index(), new Address(1L << 40))).isEmpty();
        assertThat(lines.at(new Address(-1))).isEmpty();
    }

    @Test
    void whatTheLinkerDroppedHasNoLines() throws IOException {
        ElfFile file = new DebugFixture(Tool.GCC, "-g -ffunction-sections -Wl,--gc-sections").read(folder, "ops.c");
        assertThat(Lines.of(file).at(new Address(0))).isEmpty();
        assertBegins(Lines.of(file).at(function(file, "run").value()), "int run(");
    }

    private static Optional<SourceLine> lineOf(ElfFile file, Lines lines, String name) {
        Symbol function = function(file, name);
        return file.type().isLinked()
                ? lines.at(function.value())
                : lines.at(file.sections().get(function.sectionIndex()).index(), function.value());
    }

    private static Symbol function(ElfFile file, String name) {
        SymbolTable symbols = file.symbols();
        return symbols.named(name).stream()
                .filter(each -> each.type() == SymbolType.FUNCTION)
                .findFirst()
                .orElseThrow();
    }

    /// The first instruction of a function may be one of its first statements.
    private void assertBegins(Optional<SourceLine> line, String text) throws IOException {
        List<String> source = Files.readAllLines(folder.resolve("ops.c"));
        int declared = source.indexOf(source.stream()
                .filter(each -> each.startsWith(text))
                .findFirst()
                .orElseThrow());
        assertThat(line).hasValueSatisfying(found -> {
            assertThat(found.file()).isEqualTo("ops.c");
            assertThat(found.line()).isBetween(declared + 1, declared + 3);
        });
    }

    /// The last row of each address, `none` where a sequence ends, or no line can be told.
    private SortedMap<Long, String> rows() throws IOException {
        SortedMap<Long, String> rows = new TreeMap<>();
        for (String line : Run.succeeding(
                        folder, List.of(Tool.READELF.required().command(), "-W", "--debug-dump=decodedline", "built"))
                .lines()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                long address = Long.decode(row.group(3));
                boolean ends = row.group(2).equals("-");
                boolean isNone = ends || row.group(2).equals("0");
                // A sequence may begin where another ends.
                if (!ends || !rows.containsKey(address)) {
                    rows.put(address, isNone ? "none" : row.group(1) + ":" + row.group(2));
                }
            }
        }
        return rows;
    }

    private static long following(SortedMap<Long, String> rows, long address) {
        SortedMap<Long, String> tail = rows.tailMap(address + 1);
        return tail.isEmpty() ? address + 1 : Math.min(tail.firstKey(), address + 64);
    }
}
