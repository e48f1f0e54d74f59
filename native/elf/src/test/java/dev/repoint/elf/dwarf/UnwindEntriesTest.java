package dev.repoint.elf.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Section;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnwindEntriesTest {

    private static final Pattern ENTRY = Pattern.compile(" FDE .* pc=([0-9a-f]+)\\.\\.([0-9a-f]+)");
    private static final String SOURCE = """
        struct Guard { int *at; ~Guard() { *at += 1; } };
        void thrower(int x) { if (x > 1) throw x; if (x > 0) throw "text"; }
        int catches(int x) { try { thrower(x); return 1; } catch (int e) { return e; } catch (const char *) { return 2; } }
        int cleans(int *at) { Guard guard{at}; thrower(*at); return *at; }
        int silent(int x) noexcept { thrower(x); return x; }
        int plain(int x) { return x + 1; }
        """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Tool.class,
            names = {"GXX", "CLANGXX", "AARCH64_GXX"})
    void theEntriesAreThoseThatReadelfTells(Tool compiler) throws IOException {
        compare(library(compiler));
    }

    @Test
    void theEntriesOfTheCLibraryAreThoseThatReadelfTells() throws IOException {
        Path library = Path.of(Run.succeeding(folder, List.of("gcc", "-print-file-name=libc.so.6"))
                .output()
                .strip());
        compare(library);
    }

    private void compare(Path path) throws IOException {
        Tool.READELF.required();
        List<String> expected = new ArrayList<>();
        // It fails where the debug information of a library is missing, after all has been printed.
        for (String line : Run.in(folder, List.of("readelf", "--debug-dump=frames", path.toString()))
                .lines()) {
            Matcher matcher = ENTRY.matcher(line);
            if (matcher.find()) {
                expected.add(range(Long.parseLong(matcher.group(1), 16), Long.parseLong(matcher.group(2), 16)));
            }
        }
        UnwindEntries entries = UnwindEntries.of(ElfFile.read(path));
        List<String> found = new ArrayList<>();
        for (int i = 0; i < entries.count(); i++) {
            found.add(range(entries.start(i), entries.end(i)));
            assertThat(i == 0 || entries.start(i - 1) <= entries.start(i)).isTrue();
            assertThat(entries.get(i).start().value()).isEqualTo(entries.start(i));
            assertThat(entries.get(i).end().value()).isEqualTo(entries.end(i));
        }
        assertThat(expected).isNotEmpty();
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String range(long start, long end) {
        return "%x..%x".formatted(start, end);
    }

    @Test
    void anAddressIsFoundInTheEntryThatDescribesIt() throws IOException {
        ElfFile file = ElfFile.read(library(Tool.GXX));
        UnwindEntries entries = UnwindEntries.of(file);
        for (int i = 0; i < entries.count(); i++) {
            assertThat(entries.containing(entries.start(i))).isEqualTo(i);
            assertThat(entries.containing(entries.end(i) - 1)).isEqualTo(i);
            assertThat(entries.from(entries.start(i))).isEqualTo(i);
        }
        assertThat(entries.containing(0)).isEqualTo(UnwindEntries.NONE);
        assertThat(entries.containing(-1)).isEqualTo(UnwindEntries.NONE);
        assertThat(entries.from(-1)).isEqualTo(entries.count());
    }

    @Test
    void landingPadsAndTypesOfExceptionsAreRead() throws IOException {
        ElfFile file = ElfFile.read(library(Tool.GXX));
        assertThat(table(file, "_Z7catchesi")).satisfies(table -> {
            assertThat(table.types()).hasSize(2).doesNotContain(0L);
            assertThat(table.callSites())
                    .anyMatch(site -> site.landing() != 0 && site.filters().size() == 2);
        });
        assertThat(table(file, "_Z6cleansPi").callSites()).anyMatch(site -> site.landing() != 0 && site.action() == 0);
        assertThat(table(file, "_Z6silenti").callSites()).isEmpty();
    }

    private static ExceptionTable table(ElfFile file, String name) throws ElfException {
        long address = file.symbols().named(name).getFirst().value().value();
        UnwindEntries entries = UnwindEntries.of(file);
        UnwindEntry entry = entries.get(entries.containing(address));
        assertThat(entry.personality()).isNotEqualTo(new Address(0));
        return ExceptionTable.of(file, entry).orElseThrow();
    }

    /// Damaged tables are read, or refused: with nothing but the exception for that, and in little time.
    @ParameterizedTest
    @ValueSource(strings = {".eh_frame", ".gcc_except_table"})
    void aDamagedTableIsRefusedAtMost(String name) throws IOException {
        Path path = library(Tool.GXX);
        Section section = ElfFile.read(path).section(name).orElseThrow();
        byte[] bytes = Files.readAllBytes(path);
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = bytes.clone();
            for (int i = 0; i <= round % 3; i++) {
                damaged[(int) section.offset().value() + random.nextInt((int) section.size())] =
                        (byte) random.nextInt(256);
            }
            refused += isRead(damaged) ? 0 : 1;
        }
        byte[] zeros = bytes.clone();
        int start = (int) section.offset().value();
        Arrays.fill(zeros, start, start + (int) section.size(), (byte) 0);
        refused += isRead(zeros) ? 0 : 1;
        assertThat(refused).isBetween(1, 2000);
    }

    private static boolean isRead(byte[] bytes) {
        try {
            ElfFile file = ElfFile.of("damaged", MemorySegment.ofArray(bytes));
            UnwindEntries entries = UnwindEntries.of(file);
            for (int i = 0; i < entries.count(); i++) {
                ExceptionTable.of(file, entries.get(i));
            }
            return true;
        } catch (ElfException expected) {
            return false;
        }
    }

    private Path library(Tool compiler) throws IOException {
        Path source = Files.writeString(folder.resolve("unwind.cc"), SOURCE);
        Path library = folder.resolve("libunwind.so");
        Run.succeeding(
                folder,
                List.of(compiler.command(), "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString()));
        return library;
    }
}
