package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that are no ELF files and no jars are called what they are, and signed modules are told.
class OtherFilesTest {

    private static final String SOURCE = """
        int val(int x);
        int other(int x);
        int call(int x) { return val(x) + 1; }
        """;
    private static final int SIGNATURE = 300;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "213c617263683e0a, archive of object files, ar x",
        "213c7468696e3e0a, thin archive, ar t",
        "4243c0de35140000, LLVM bitcode, -flto",
        "dec0170b00000000, LLVM bitcode, -flto",
        "cffaedfe07000001, Mach-O, ELF",
        "4d5a900003000000, PE file, ELF",
        "2321212f62696e2f, script, program",
        "1f8b080000000000, compressed by gzip, gzip -dk",
        "fd377a585a000004, compressed by xz, xz -dk",
        "28b52ffd00000000, compressed by zstd, zstd -dk",
        "425a683931415926, compressed by bzip2, bzip2 -dk"
    })
    void eachCommandSaysWhatAFileIs(String start, String kind, String advice) throws IOException {
        String file = Files.write(
                        folder.resolve("file"), java.util.HexFormat.of().parseHex(start))
                .toString();
        String out = folder.resolve("out").toString();

        for (Ran ran : List.of(
                Ran.repoint("sites", file),
                Ran.repoint("status", file),
                Ran.repoint("table", file),
                Ran.repoint("patch", file, "a=b", "-o", out),
                Ran.repoint("weave", file, "--patchable", "a.B.c", "-o", out))) {
            assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(ran.err()).hasLineCount(1).contains(file + " is ", kind, advice);
        }
        assertThat(Ran.repoint("doctor", file).out()).contains(kind, advice);
    }

    @Test
    void otherMachinesAreCalledByName() throws IOException {
        Path object = object();
        byte[] bytes = Files.readAllBytes(object);
        bytes[18] = (byte) 243; // e_machine: EM_RISCV
        Files.write(object, bytes);

        assertThat(Ran.repoint("sites", object.toString()).err()).contains("machine 243, which is RISC-V");
    }

    @Test
    void aSignedModuleIsPatchedOnlyWithoutItsSignature() throws IOException {
        Path object = object();
        Path signed = signed(object);
        Path out = folder.resolve("out.ko");
        Path plain = folder.resolve("plain.ko");

        Ran refused = Ran.repoint("patch", signed.toString(), "val=other", "-o", out.toString());
        assertThat(refused.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(refused.err()).hasLineCount(1).contains("is signed", "--strip-signatures");
        assertThat(out).doesNotExist();

        Ran stripped = Ran.repoint("patch", signed.toString(), "val=other", "-o", out.toString(), "--strip-signatures");
        assertThat(stripped.exit()).as(stripped.err()).isEqualTo(ExitCode.OK);
        assertThat(stripped.err()).contains("the module signature is stripped");
        assertThat(Ran.repoint("patch", object.toString(), "val=other", "-o", plain.toString())
                        .exit())
                .isZero();
        assertThat(Files.readAllBytes(out)).isEqualTo(Files.readAllBytes(plain));
    }

    @Test
    void otherBytesAtTheEndStay() throws IOException {
        Path object = object();
        byte[] bytes = Files.readAllBytes(object);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 64);
        Arrays.fill(longer, bytes.length, longer.length, (byte) 'x');
        Files.write(object, longer);
        Path out = folder.resolve("out.o");

        Ran ran = Ran.repoint("patch", object.toString(), "val=zero", "-o", out.toString());

        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1))
                .contains("x".repeat(64));
        assertThat(Ran.repoint("patch", object.toString(), "val=other", "-o", out.toString(), "--strip-signatures")
                        .exit())
                .isEqualTo(ExitCode.USAGE);
    }

    private Path object() throws IOException {
        Files.writeString(folder.resolve("module.c"), SOURCE);
        Run.succeeding(folder, List.of(Tool.GCC.required().command(), "-O1", "-c", "module.c", "-o", "module.ko"));
        return folder.resolve("module.ko");
    }

    /// As `scripts/sign-file` of Linux does it.
    private Path signed(Path object) throws IOException {
        byte[] bytes = Files.readAllBytes(object);
        ByteBuffer all = ByteBuffer.allocate(bytes.length + SIGNATURE + 12 + 28);
        all.put(bytes)
                .put(new byte[SIGNATURE])
                .put(new byte[] {0, 0, 2, 0, 0, 0, 0, 0})
                .putInt(SIGNATURE)
                .put("~Module signature appended~\n".getBytes(StandardCharsets.US_ASCII));
        return Files.write(folder.resolve("signed.ko"), all.array());
    }
}
