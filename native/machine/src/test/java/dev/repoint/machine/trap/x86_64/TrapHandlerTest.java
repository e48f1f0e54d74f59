package dev.repoint.machine.trap.x86_64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.trap.TrapSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The code of the handler. That it does what it must is tested where it runs.
class TrapHandlerTest {

    private static final Path SOURCE = Path.of("src/main/java/dev/repoint/machine/trap/x86_64/TrapHandler.java");
    private static final Pattern COMMENT =
            Pattern.compile("^\\s*(?:code)?\\.(?:bytes|int32|int64|far|near)\\(.*// (?:lock )?(?:notrack )?(\\w+)");
    private static final Pattern DISASSEMBLED =
            Pattern.compile("^ +[0-9a-f]+:\\t(?:[0-9a-f]{2} )+ *\\t(?:lock )?(?:notrack )?(\\w+|\\(bad\\))");

    @TempDir
    Path folder;

    /// The assembly that stands beside the bytes is what they are.
    @ParameterizedTest
    @EnumSource
    void theAssemblyBesideTheBytesIsTrue(TrapSignal signal) throws IOException {
        Tool.OBJDUMP.required();
        Path code = folder.resolve("handler.bin");
        Files.write(code, TrapHandler.emit(signal, 0x7f00_1234_5000L));
        List<String> found = new ArrayList<>();
        for (String line : Run.succeeding(
                        folder, List.of("objdump", "-D", "-b", "binary", "-m", "i386:x86-64", "-w", code.toString()))
                .lines()) {
            Matcher matcher = DISASSEMBLED.matcher(line);
            if (matcher.find()) {
                found.add(plain(matcher.group(1)));
            }
        }
        assertThat(found).hasSizeGreaterThan(100).doesNotContain("(bad)");
        assertThat(withoutPairs(found)).isEqualTo(written());
    }

    /// Mnemonics as the source has them, in order; the 16 pairs of jumps and the four pushes stand there once.
    private static List<String> written() throws IOException {
        List<String> written = new ArrayList<>();
        for (String line : Files.readAllLines(SOURCE)) {
            Matcher matcher = COMMENT.matcher(line);
            if (matcher.find() && !matcher.group(1).equals("jcc") && !line.contains("// jmp nothing")) {
                written.add(plain(matcher.group(1)));
                if (line.contains("four times")) {
                    written.addAll(List.of("push", "push", "push"));
                }
            }
        }
        return written;
    }

    private static List<String> withoutPairs(List<String> found) {
        int start = found.indexOf("jo");
        List<String> rest = new ArrayList<>(found.subList(0, start));
        rest.addAll(found.subList(start + 32, found.size()));
        return rest;
    }

    /// Without the suffix that says how long the operand is.
    private static String plain(String mnemonic) {
        return switch (mnemonic) {
            case "movabs", "movq" -> "mov";
            case "cmpl", "cmpb" -> "cmp";
            case "incq" -> "inc";
            case "popfq", "popf" -> "popf";
            default -> mnemonic;
        };
    }

    @Test
    void aLabelThatIsTooFarAwayIsAnError() {
        Assembler.Label label = new Assembler.Label();
        Assembler code = new Assembler().bytes(0xeb).near(label);
        for (int i = 0; i < 128; i++) {
            code.bytes(0x90);
        }
        code.bind(label);
        assertThatIllegalStateException().isThrownBy(code::assemble).withMessageContaining("128");
    }

    @Test
    void aLabelMayStandBeforeItsBranchOrBehindIt() {
        Assembler.Label before = new Assembler.Label();
        Assembler.Label behind = new Assembler.Label();
        byte[] code = new Assembler()
                .bind(before)
                .bytes(0xeb)
                .near(behind)
                .bytes(0x0f, 0x84)
                .far(before)
                .bind(behind)
                .bytes(0xc3)
                .assemble();
        assertThat(code).containsExactly(0xeb, 6, 0x0f, 0x84, 0xf8, 0xff, 0xff, 0xff, 0xc3);
    }
}
