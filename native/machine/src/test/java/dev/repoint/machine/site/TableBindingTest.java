package dev.repoint.machine.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.VeneerSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A table that was collected before the file lost its symbols, or changed.
class TableBindingTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Tool.class,
            names = {"GCC", "CLANG", "AARCH64_GCC"})
    void aStrippedFileWithItsTableHasWhatTheWholeFileHas(Tool compiler) throws IOException {
        Path program = Built.program(folder, compiler, Built.FLAGS);
        SiteTable whole = Collector.collect(ElfFile.read(program));
        Tool strip = compiler == Tool.AARCH64_GCC ? Tool.AARCH64_STRIP : Tool.STRIP;
        Run.succeeding(folder, List.of(strip.required().command(), "-s", "-o", "stripped", program.toString()));
        ElfFile stripped = ElfFile.read(folder.resolve("stripped"));

        assertThat(stripped.symbols().size()).isLessThan(2);
        assertThat(TableBinding.bind(whole, "table", stripped)).isEqualTo(whole);
    }

    @Test
    void aTableOfAnotherBuildIsRefusedWithBothBuilds() throws IOException {
        ElfFile first = ElfFile.read(Built.program(folder, Tool.GCC, Built.FLAGS));
        Path other = Files.createDirectory(folder.resolve("other"));
        ElfFile second = ElfFile.read(Built.program(other, Tool.GCC, List.of("-O1", "-Wl,--build-id")));
        SiteTable table = Collector.collect(first);

        assertThat(TableBinding.fits(table, first)).isTrue();
        assertThat(TableBinding.fits(table, second)).isFalse();
        assertThatExceptionOfType(ElfException.class)
                .isThrownBy(() -> TableBinding.bind(table, "app.sites", second))
                .withMessageContainingAll(
                        "app.sites",
                        first.buildId().orElseThrow().hex(),
                        second.buildId().orElseThrow().hex(),
                        "repoint table");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tool.class,
            names = {"GCC", "AARCH64_GCC"})
    void whatASiteLeadsToNowIsReadFromTheFile(Tool compiler) throws IOException {
        Path program = Built.program(folder, compiler, Built.FLAGS);
        ElfFile file = ElfFile.read(program);
        SiteTable table = Collector.collect(file);
        Site toOther = call(table, "tail", "main");
        Site toNothing = call(table, "tail_if", "main");
        Site toZero = call(table, "imports", "main");
        Site broken = call(table, "another", "main");
        byte[] bytes = Files.readAllBytes(program);
        Patchable put = table.find(NativeKey.of("put")).orElseThrow();
        write(bytes, file, toOther, new Outcome.To(put.address().value()));
        write(bytes, file, toNothing, new Outcome.Nothing());
        write(bytes, file, toZero, new Outcome.Zero());
        Arrays.fill(bytes, (int) broken.offset().value(), (int) broken.offset().value() + broken.length(), (byte) 0x55);
        ElfFile changed = ElfFile.of("changed", MemorySegment.ofArray(bytes));

        SiteTable bound = TableBinding.bind(table, "table", changed);
        assertThat(call(bound, "tail", "main").currentTarget())
                .isEqualTo(new CurrentTarget.Function("put", put.address()));
        assertThat(call(bound, "tail_if", "main").currentTarget()).isEqualTo(new CurrentTarget.Nothing());
        assertThat(call(bound, "imports", "main").currentTarget()).isEqualTo(new CurrentTarget.Zero());
        assertThat(call(bound, "another", "main").currentTarget()).isInstanceOf(CurrentTarget.Unknown.class);
        assertThat(call(bound, "another", "main").currentTarget().text()).contains("55 55 55 55");

        SiteTable collected = Collector.collect(changed);
        for (String key : List.of("tail", "tail_if", "imports")) {
            assertThat(call(collected, key, "main")).isEqualTo(call(bound, key, "main"));
        }
        assertThat(collected.find(NativeKey.of("another")).orElseThrow().sites())
                .isEmpty();
        assertThat(collected.rejections())
                .anySatisfy(each -> assertThat(each.key().text()).isEqualTo("another"));
    }

    @Test
    void aPointerCallThatBecameADirectCallIsStillOneOfThePointer() throws IOException {
        Path program = Built.program(folder, Tool.GCC, Built.FLAGS);
        ElfFile file = ElfFile.read(program);
        SiteTable table = Collector.collect(file);
        Patchable pointer = table.find(NativeKey.parse("operations+8")).orElseThrow();
        Site call = pointer.sites().stream()
                .filter(site -> site.kind() == SiteKind.POINTER_CALL)
                .findFirst()
                .orElseThrow();
        Patchable get = table.find(NativeKey.of("get")).orElseThrow();
        byte[] bytes = Files.readAllBytes(program);
        write(bytes, file, call, new Outcome.To(get.address().value()));
        ElfFile changed = ElfFile.of(program.toString(), MemorySegment.ofArray(bytes));

        Site expected = new Site(
                call.kind(),
                call.address(),
                call.offset(),
                call.length(),
                call.section(),
                call.in(),
                call.line(),
                call.leads(),
                new CurrentTarget.Function("get", get.address()));
        assertThat(Collector.collect(changed).find(pointer.key()).orElseThrow().sites())
                .contains(expected);
        assertThat(TableBinding.bind(table, "table", changed)
                        .find(pointer.key())
                        .orElseThrow()
                        .sites())
                .contains(expected);
    }

    private static Site call(SiteTable table, String key, String in) {
        return table.find(NativeKey.of(key)).orElseThrow().sites().stream()
                .filter(site -> site.in().equals(in) && site.kind() == SiteKind.CALL)
                .findFirst()
                .orElseThrow();
    }

    private static void write(byte[] bytes, ElfFile file, Site site, Outcome outcome) throws IOException {
        int at = (int) site.offset().value();
        byte[] old = Arrays.copyOfRange(bytes, at, at + site.length());
        Instruction instruction = site.kind() == SiteKind.POINTER_CALL
                ? new Instruction.PointerBranch(
                        site.kind(),
                        site.address().value(),
                        site.length(),
                        site.leads().value())
                : new Instruction.Branch(
                        site.kind(),
                        site.address().value(),
                        site.length(),
                        site.leads().value());
        byte[] replacement = Architectures.of(file.machine()).encode(instruction, old, outcome, VeneerSource.NONE);
        System.arraycopy(replacement, 0, bytes, at, replacement.length);
    }
}
