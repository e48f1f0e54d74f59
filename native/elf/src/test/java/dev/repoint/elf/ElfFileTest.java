package dev.repoint.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "GCC_X86_64_OBJECT, RELOCATABLE, X86_64, false",
        "GCC_X86_64_SHARED, SHARED, X86_64, false",
        "GCC_X86_64_PIE, SHARED, X86_64, true",
        "GCC_X86_64_PIE_STRIPPED, SHARED, X86_64, true",
        "GCC_X86_64_STATIC_PIE, SHARED, X86_64, true",
        "GCC_X86_64_FIXED, EXECUTABLE, X86_64, false",
        "GCC_X86_64_STATIC, EXECUTABLE, X86_64, false",
        "GOLD_X86_64_PIE, SHARED, X86_64, true",
        "LLD_X86_64_PIE, SHARED, X86_64, true",
        "GCC_AARCH64_OBJECT, RELOCATABLE, AARCH64, false",
        "GCC_AARCH64_PIE, SHARED, AARCH64, true"
    })
    void kindAndMachineAreKnown(Fixture fixture, ElfType type, ElfMachine machine, boolean isPie) throws IOException {
        ElfFile file = fixture.read();
        assertThat(file.type()).isEqualTo(type);
        assertThat(file.machine()).isEqualTo(machine);
        assertThat(file.isPie()).isEqualTo(isPie);
        assertThat(file.name()).isEqualTo(fixture.path().toString());
        assertThat(ElfFile.looksLikeElf(fixture.path())).isTrue();
    }

    @Test
    void addressesOffsetsAndSectionsOfALinkedFileLeadToEachOther() throws IOException {
        ElfFile file = Fixture.GCC_X86_64_PIE.read();
        Section text = file.section(".text").orElseThrow();
        Address last = text.address().plus(text.size() - 1);
        assertThat(file.sectionAt(text.address())).contains(text);
        assertThat(file.sectionAt(last)).contains(text);
        assertThat(file.sectionAt(last.plus(1))).isNotEqualTo(file.sectionAt(last));
        assertThat(file.offsetOf(last)).contains(text.offset().plus(text.size() - 1));
        assertThat(file.addressOf(text.offset())).contains(text.address());
        // Zeros take memory, but nothing of the file.
        Section zeros = file.section(".bss").orElseThrow();
        assertThat(file.sectionAt(zeros.address())).contains(zeros);
        assertThat(file.offsetOf(zeros.address().plus(zeros.size() - 1))).isEmpty();
        assertThat(file.sectionAt(new Address(-1))).isEmpty();
        assertThat(file.offsetOf(new Address(-1))).isEmpty();
        assertThat(file.addressOf(new FileOffset(file.bytes().byteSize()))).isEmpty();
    }

    @Test
    void inAnObjectFileNothingHasAnAddress() throws IOException {
        ElfFile file = Fixture.GCC_X86_64_OBJECT.read();
        assertThat(file.sectionAt(new Address(0))).isEmpty();
        assertThat(file.offsetOf(new Address(0))).isEmpty();
        assertThat(file.addressOf(new FileOffset(64))).isEmpty();
        assertThat(file.section(".text.util_run").orElseThrow().contains(new Address(0)))
                .isTrue();
        assertThat(file.dynamic()).isEmpty();
    }

    @Test
    void itsBytesCannotBeWritten() throws IOException {
        assertThat(Fixture.GCC_X86_64_OBJECT.read().bytes().isReadOnly()).isTrue();
        assertThat(ElfFile.of("tiny", MemorySegment.ofArray(TinyLibrary.bytes()))
                        .bytes()
                        .isReadOnly())
                .isTrue();
    }

    @Test
    void aFileThatIsMappedReadsAsOneThatIsCopied() throws IOException {
        Path large = folder.resolve("large");
        Files.write(large, Fixture.GCC_X86_64_SHARED.bytes());
        try (FileChannel channel = FileChannel.open(large, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), FileBytes.LARGEST_COPY);
        }
        ElfFile mapped = ElfFile.read(large);
        assertThat(mapped.bytes().isMapped()).isTrue();
        assertThat(Fixture.GCC_X86_64_SHARED.read().bytes().isMapped()).isFalse();
        Told told = new Told(Fixture.GCC_X86_64_SHARED.read());
        assertThat(new Told(mapped).symbols()).isEqualTo(told.symbols());
        assertThat(new Told(mapped).relocations()).isEqualTo(told.relocations());
        assertThat(mapped.bytes().get(ValueLayout.JAVA_BYTE, 1)).isEqualTo((byte) 'E');
    }

    @Test
    void whatIsNotAFileThatCanBeReadIsRefusedInOneLine() throws IOException {
        assertThat(error(folder)).isEqualTo(folder + ": not a regular file but a folder; name an ELF file");
        assertThat(error(Path.of("/dev/null")))
                .isEqualTo("/dev/null: not a regular file but a device; name an ELF file");
        Path missing = folder.resolve("missing");
        assertThat(error(missing)).isEqualTo(missing + ": there is no such file");
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThat(error(empty)).isEqualTo(empty + ": the file is empty (at offset 0x0)");
        Path text = Files.writeString(folder.resolve("text"), "#!/bin/sh\n");
        assertThat(error(text)).isEqualTo(text + ": not an ELF file (at offset 0x0)");
        Path under = text.resolve("under");
        assertThat(error(under)).startsWith(under + ": ").doesNotContain("\n");
    }

    @Test
    void aFileThatMayNotBeReadIsRefusedInOneLine() throws IOException {
        Path secret = Files.write(folder.resolve("secret"), TinyLibrary.bytes());
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        // Not so for root.
        Assumptions.assumeFalse(Files.isReadable(secret));
        assertThat(error(secret)).isEqualTo(secret + ": access denied; check its permissions");
    }

    @Test
    void onlyRegularFilesThatBeginRightLookLikeElf() throws IOException {
        assertThat(ElfFile.looksLikeElf(folder)).isFalse();
        assertThat(ElfFile.looksLikeElf(Files.createFile(folder.resolve("empty"))))
                .isFalse();
        assertThat(ElfFile.looksLikeElf(Files.writeString(folder.resolve("three"), "\u007fEL")))
                .isFalse();
        assertThat(ElfFile.looksLikeElf(Files.writeString(folder.resolve("four"), "\u007fELF")))
                .isTrue();
        // A pipe that nobody writes to: opening it would wait for ever.
        Run.succeeding(folder, List.of("mkfifo", "pipe"));
        assertThat(ElfFile.looksLikeElf(folder.resolve("pipe"))).isFalse();
        assertThat(error(folder.resolve("pipe"))).contains("not a regular file");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> ElfFile.looksLikeElf(folder.resolve("missing")));
    }

    @Test
    void aNameOfSeveralLinesMakesAMessageOfOne() throws IOException {
        Path odd = Files.createFile(folder.resolve("two\nlines"));
        assertThat(error(odd)).isEqualTo(folder + "/two\\nlines: the file is empty (at offset 0x0)");
    }

    private static String error(Path path) {
        try {
            return "read: " + ElfFile.read(path);
        } catch (ElfException e) {
            return e.getMessage();
        }
    }
}
