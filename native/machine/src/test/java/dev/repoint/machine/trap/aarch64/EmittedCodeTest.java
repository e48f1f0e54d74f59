package dev.repoint.machine.trap.aarch64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.trap.Emulation;
import dev.repoint.machine.trap.JavaMachine;
import dev.repoint.machine.trap.TrapLayout;
import dev.repoint.machine.trap.UpcallSlots;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every word of the code is what the assembler makes of the assembly that stands beside it.
class EmittedCodeTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/repoint/machine/trap/aarch64");
    private static final Pattern LABEL = Pattern.compile("^ +// (\\w+:)$");
    private static final Pattern INSTRUCTION = Pattern.compile("^ +0x[0-9a-f]{8}, // (.*?)(?: // .*)?$");
    private static final Pattern CONSTANT = Pattern.compile("^ +\\.putLong\\(.*\\) // (\\w+: \\.quad .*)$");

    @TempDir
    Path folder;

    static Stream<Arguments> code() {
        return Stream.of(
                Arguments.of("TrapHandler", TrapHandler.emit(0x7f00_1234_5000L), 100),
                Arguments.of("UpcallGuard", UpcallGuard.emit(new JavaMachine(2, 3, 7, -5, 6), 1, 8, 9), 80),
                Arguments.of("CacheCleaner", CacheCleaner.emit(), 15));
    }

    @ParameterizedTest
    @MethodSource("code")
    void everyWordIsTheAssemblyBesideIt(String name, byte[] emitted, int least) throws Exception {
        Tool.AARCH64_OBJDUMP.required();
        StringBuilder text = new StringBuilder(
                ".arch armv8.5-a\n.equ STATE, 0x7f0012345000\n.equ JUMP, " + Emulation.Kind.JUMP.number() + "\n");
        constants(text, TrapLayout.class);
        constants(text, UpcallSlots.class);
        int instructions = 0;
        boolean isAligned = false;
        for (String line : Files.readAllLines(SOURCES.resolve(name + ".java"))) {
            Matcher label = LABEL.matcher(line);
            Matcher instruction = INSTRUCTION.matcher(line);
            Matcher constant = CONSTANT.matcher(line);
            if (label.matches()) {
                text.append(label.group(1)).append('\n');
            } else if (instruction.matches()) {
                text.append(instruction.group(1)).append('\n');
                instructions++;
            } else if (constant.matches()) {
                text.append(isAligned ? "" : ".balign 8\n")
                        .append(constant.group(1))
                        .append('\n');
                isAligned = true;
            }
        }
        text.append(isAligned ? "" : ".balign 8\n");
        assertThat(instructions).isGreaterThan(least);
        assertThat(emitted).isEqualTo(assembled(text.toString()));
    }

    private byte[] assembled(String text) throws IOException {
        Files.writeString(folder.resolve("code.s"), text);
        Run.succeeding(folder, List.of("aarch64-linux-gnu-as", "-o", "code.o", "code.s"));
        Run.succeeding(
                folder, List.of("aarch64-linux-gnu-objcopy", "-O", "binary", "-j", ".text", "code.o", "code.bin"));
        return Files.readAllBytes(folder.resolve("code.bin"));
    }

    private static void constants(StringBuilder text, Class<?> layout) throws IllegalAccessException {
        for (Field each : layout.getFields()) {
            text.append(".equ %s, %s\n".formatted(each.getName(), each.get(null)));
        }
    }
}
