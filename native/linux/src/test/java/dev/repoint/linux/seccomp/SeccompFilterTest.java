package dev.repoint.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Filters of system calls do here what they do in the kernel.
class SeccompFilterTest {

    private static final int ARCHITECTURE = 0xc000_003e; // AUDIT_ARCH_X86_64
    private static final SystemCall MAP = SystemCall.of(ARCHITECTURE, "mmap", 9, 0, 4096, 5, 0x100022, -1, 0);
    private static final int CALL = 1000;
    private static final int PROGRAMS = 400;

    @Test
    void aFilterTellsCallsApartByNumberAndArguments() {
        // Refuses memory that may be run, as many sandboxes do.
        SeccompFilter filter = SeccompFilter.of(
                Bpf.of(Bpf.LOAD, 4),
                Bpf.of(Bpf.JUMP_EQUAL, 1, 0, 0xc000_003e),
                Bpf.of(Bpf.RETURN, 0x8000_0000),
                Bpf.of(Bpf.LOAD, 0),
                Bpf.of(Bpf.JUMP_EQUAL, 0, 3, 9),
                Bpf.of(Bpf.LOAD, 32),
                Bpf.of(0x45, 0, 1, 4),
                Bpf.of(Bpf.RETURN, Bpf.ERRNO | 13),
                Bpf.of(Bpf.RETURN, Bpf.ALLOW));
        assertThat(filter.action(MAP)).isEqualTo(SeccompAction.ERRNO);
        assertThat(filter.action(SystemCall.of(ARCHITECTURE, "mmap", 9, 0, 4096, 1)))
                .isEqualTo(SeccompAction.ALLOW);
        assertThat(filter.action(SystemCall.of(ARCHITECTURE, "read", 0, 0, 0, 4)))
                .isEqualTo(SeccompAction.ALLOW);
    }

    @Test
    void argumentsOf64BitsAreTwoWordsTheLowerOneFirst() {
        SystemCall call = SystemCall.of(ARCHITECTURE, "f", 7, 0x1122_3344_5566_7788L, 2, 3, 4, 5, -6);
        assertThat(returned(call, 16)).isEqualTo(0x5566_7788);
        assertThat(returned(call, 20)).isEqualTo(0x1122_3344);
        assertThat(returned(call, 56)).isEqualTo(-6);
        assertThat(returned(call, 60)).isEqualTo(-1);
        assertThatThrownBy(() -> SystemCall.of(ARCHITECTURE, "g", 1, 1, 2, 3, 4, 5, 6, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 arguments");
    }

    private static int returned(SystemCall call, int offset) {
        return SeccompFilter.of(Bpf.of(Bpf.LOAD, offset), Bpf.of(Bpf.RETURN_ACCUMULATOR, 0))
                .returned(call);
    }

    @ParameterizedTest
    @CsvSource({
        "80000000, KILL_PROCESS",
        "0, KILL_THREAD",
        "3ffff, TRAP",
        "50001, ERRNO",
        "7fc00000, NOTIFY",
        "7ff00001, TRACE",
        "7ffc0000, LOG",
        "7fff0000, ALLOW",
        "12345678, KILL_PROCESS"
    })
    void whatIsReturnedIsAnAction(String returned, SeccompAction action) {
        SeccompFilter filter = SeccompFilter.of(Bpf.of(Bpf.RETURN, Integer.parseUnsignedInt(returned, 16)));
        assertThat(filter.action(MAP)).isEqualTo(action);
        assertThat(filter.action(MAP).isAllowed()).isEqualTo(action.compareTo(SeccompAction.LOG) >= 0);
    }

    @Test
    void aProgramThatHasNoEndEndsTheProcess() {
        assertThat(SeccompFilter.of().action(MAP)).isEqualTo(SeccompAction.KILL_PROCESS);
        assertThat(SeccompFilter.of(Bpf.of(Bpf.JUMP, -1)).action(MAP)).isEqualTo(SeccompAction.KILL_PROCESS);
        assertThat(SeccompFilter.of(-1L, -1L).action(MAP)).isNotNull();
    }

    /// Each program calculates at random from random arguments, here and in the kernel.
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void theKernelComesToTheSameResults(@TempDir Path folder) throws Exception {
        Tool.GCC.required();
        try (InputStream text = SeccompFilterTest.class.getResourceAsStream("witness.c")) {
            Files.copy(text, folder.resolve("witness.c"));
        }
        Run.succeeding(folder, List.of("gcc", "-O1", "witness.c", "-o", "witness"));
        SplittableRandom random = new SplittableRandom(7);
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < PROGRAMS; i++) {
            List<Long> program = Bpf.random(random, CALL);
            List<Long> arguments = random.longs(6).boxed().toList();
            lines.add(program.size() + " " + hex(program) + " " + hex(arguments));
            int returned = SeccompFilter.of(
                            program.stream().mapToLong(Long::longValue).toArray())
                    .returned(new SystemCall(ARCHITECTURE, "none", CALL, arguments));
            expected.add(returned == 0 ? "killed" : Integer.toString(returned & 0xff));
        }
        Files.write(folder.resolve("programs"), lines);
        List<String> found = Run.succeeding(folder, List.of("sh", "-c", "./witness < programs"))
                .lines();
        Assumptions.assumeFalse(found.stream().allMatch("rejected"::equals), "this kernel takes no filters");
        for (int i = 0; i < PROGRAMS; i++) {
            assertThat(found.get(i)).as(lines.get(i)).isEqualTo(expected.get(i));
        }
        assertThat(found.stream().distinct().count()).isGreaterThan(50);
    }

    private static String hex(List<Long> words) {
        return words.stream().map(Long::toHexString).collect(Collectors.joining(" "));
    }
}
