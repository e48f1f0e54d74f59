package dev.repoint.machine.trap.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.trap.JavaMachine;
import dev.repoint.machine.trap.UpcallSlots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The code of the guard. That it does what it must is tested where it runs.
class UpcallGuardTest {

    private static final Path SOURCE = Path.of("src/main/java/dev/repoint/machine/trap/x86_64/UpcallGuard.java");
    private static final Pattern METHOD = Pattern.compile("^    private void (\\w+)\\(");
    private static final Pattern PART = Pattern.compile("^        (\\w+)\\(\\w*\\);$");
    private static final Pattern LABEL = Pattern.compile("\\.bind\\((\\w+)\\)");
    private static final Pattern ASSEMBLY = Pattern.compile("^[^/]*\\)[;.]? // (.*?)(?:: .*)?$");

    private static final JavaMachine MACHINE =
            new JavaMachine(0x7f00_1111_1000L, 0x7f00_2222_2000L, 0x444, 0x3a8, 0x7f00_3333_3000L);
    private static final long SLOTS = 0x7f00_4444_4000L;
    private static final long METHOD_CODE = 0x7f00_5555_5000L;
    private static final long FUNCTION = 0x7f00_6666_6000L;

    @TempDir
    Path folder;

    /// The assembler makes of the assembly beside the bytes what they are.
    @Test
    void theAssemblyBesideTheBytesIsTrue() throws IOException {
        Tool.GCC.required();
        Tool.OBJCOPY.required();
        Map<String, List<String>> methods = methods();
        List<String> lines = new ArrayList<>();
        constants().forEach((name, value) -> lines.add(".set %s, 0x%x".formatted(name, value)));
        for (String each : List.of("enter", "leave", "toDefault")) {
            lines.addAll(expanded(each, methods));
        }
        assertThat(lines).hasSizeGreaterThan(100);
        Files.write(folder.resolve("guard.s"), lines);
        Run.succeeding(folder, List.of("gcc", "-c", "guard.s", "-o", "guard.o"));
        Run.succeeding(folder, List.of("objcopy", "-O", "binary", "-j", ".text", "guard.o", "guard.bin"));
        assertThat(UpcallGuard.emit(MACHINE, SLOTS, METHOD_CODE, FUNCTION))
                .isEqualTo(Files.readAllBytes(folder.resolve("guard.bin")));
    }

    private static Map<String, Long> constants() {
        return Map.ofEntries(
                Map.entry("vm", MACHINE.vm()),
                Map.entry("getEnv", MACHINE.getEnv()),
                Map.entry("state", (long) MACHINE.state()),
                Map.entry("type", (long) MACHINE.type()),
                Map.entry("java", MACHINE.java()),
                Map.entry("slots", SLOTS),
                Map.entry("method", METHOD_CODE),
                Map.entry("function", FUNCTION),
                Map.entry("count", (long) UpcallSlots.COUNT),
                Map.entry("mask", (UpcallSlots.COUNT - 1L) * UpcallSlots.SIZE),
                Map.entry("version", 0x0001_0008L),
                Map.entry("IN_NATIVE", 4L));
    }

    /// The assembly of each method of the source; what calls another one stands as `@name`.
    private static Map<String, List<String>> methods() throws IOException {
        Map<String, List<String>> methods = new HashMap<>();
        List<String> current = new ArrayList<>();
        int times = 1;
        for (String line : Files.readAllLines(SOURCE)) {
            Matcher method = METHOD.matcher(line);
            Matcher part = PART.matcher(line);
            Matcher label = LABEL.matcher(line);
            Matcher assembly = ASSEMBLY.matcher(line);
            if (method.find()) {
                current = new ArrayList<>();
                methods.put(method.group(1), current);
            } else if (part.find()) {
                current.add("@" + part.group(1));
            } else if (line.contains("i < 8; i++")) {
                times = 8;
            } else {
                if (label.find()) {
                    current.add(label.group(1) + ":");
                }
                if (assembly.find()) {
                    repeat(assembly.group(1), times, current);
                    times = 1;
                }
            }
        }
        return methods;
    }

    /// One that is repeated stands in the source as the first of them.
    private static void repeat(String instruction, int times, List<String> all) {
        for (int i = 0; i < times; i++) {
            all.add(
                    times == 1
                            ? instruction
                            : "{disp32} "
                                    + instruction.replace("%xmm0", "%xmm" + i).replace("16(", (16 + 16 * i) + "("));
        }
    }

    /// Labels of a part are those of one place, so they are numbered.
    private static List<String> expanded(String method, Map<String, List<String>> methods) {
        List<String> lines = new ArrayList<>();
        for (String each : methods.get(method)) {
            if (each.startsWith("@")) {
                lines.addAll(expanded(each.substring(1), methods));
            } else {
                lines.add(each.replaceAll("\\b(probe|found)\\b", "$1_" + method));
            }
        }
        return lines;
    }
}
