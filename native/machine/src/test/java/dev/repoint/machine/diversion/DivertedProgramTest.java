package dev.repoint.machine.diversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Symbol;
import dev.repoint.fixtures.Linking;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.entry.EntryMeans;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPlanner;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.plan.KeyPlan;
import dev.repoint.machine.plan.Plan;
import dev.repoint.machine.plan.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DivertedProgramTest {

    private static final String DEFAULTS = "5 7 10 31 31 0 5\n";
    private static final String WRAPPED = "1005 1007 1010 1031 1031 1000 1005\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void everyClassOfEntryIsWrappedAndStaysSoBehindStripAndPatchelf(Linking linking) throws IOException {
        Path program = build(linking.compiler(), Entries.CLASSES);
        assertThat(Entries.run(program)).isEqualTo(DEFAULTS);
        Path patched = folder.resolve("patched");
        Plan plan = Entries.patchByEntry(program, patched, Entries.WRAPPED);
        assertThat(plan.keys()).extracting(KeyPlan::mechanism).containsOnly(Mechanism.ENTRY);
        assertThat(Entries.run(patched)).isEqualTo(WRAPPED);
        assertThat(Entries.run(program)).isEqualTo(DEFAULTS);

        Path stripped = folder.resolve("stripped");
        Run.succeeding(folder, List.of("strip", "patched", "-o", "stripped"));
        assertThat(Entries.run(stripped)).isEqualTo(WRAPPED);
        if (linking.isDynamic()) {
            for (Path each : List.of(patched, stripped)) {
                Run.succeeding(folder, List.of("patchelf", "--set-rpath", "/a/long/path", each.toString()));
                Run.succeeding(folder, List.of("patchelf", "--add-needed", "libm.so.6", each.toString()));
                assertThat(Entries.run(each)).isEqualTo(WRAPPED);
            }
        }
        Path back = folder.resolve("back");
        Entries.patch(stripped, back, place(program, "plain", "stripped") + "=default");
        assertThat(Entries.run(back)).isEqualTo(WRAPPED.replaceFirst("1005", "5"));
    }

    @ParameterizedTest
    @CsvSource({
        "plain, AS_IT_IS",
        "relative, REWRITTEN",
        "conditional, REWRITTEN",
        "calling, REWRITTEN",
        "jumping, PADDING",
        "padded, PADDING",
        "marked, AS_IT_IS"
    })
    void theFunctionsAreOfTheClassesThatTheyStandFor(String name, EntryMeans means) throws IOException {
        ElfFile file = ElfFile.read(build("gcc -pie", Entries.CLASSES));
        Symbol symbol = file.symbols().named(name).getFirst();
        EntryVerdict verdict =
                new EntryPlanner(EntryModule.of(file)).judge(symbol.value().value());
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        EntryVerdict.Accepted.class,
                        accepted -> assertThat(accepted.means()).isEqualTo(means));
    }

    @Test
    void whenAllDefaultsAreBackTheFileIsTheOriginal() throws IOException {
        Path program = build("gcc -pie", Entries.CLASSES);
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Entries.patch(program, one, Entries.WRAPPED);
        Entries.patch(one, two, "plain=zero", "calling=default");
        assertThat(Entries.run(two)).isEqualTo("0 1007 1010 31 1031 1000 1005\n");
        assertThat(DivertedFile.of(ElfFile.read(two)).diversions())
                .extracting(Diversion::key)
                .containsExactlyInAnyOrder("plain", "relative", "conditional", "jumping", "padded", "marked");
        Entries.patch(two, two, "plain=default", "relative=default", "conditional=default");
        Entries.patch(two, two, "jumping=default", "padded=default", "marked=default");
        assertThat(two).hasSameBinaryContentAs(program);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "standard"})
    void programsOfAArch64AreWrapped(String protection) throws IOException {
        Tool.QEMU_AARCH64.required();
        Files.writeString(folder.resolve("program.c"), """
            #include <stdio.h>
            volatile int value = 7;
            __attribute__((noinline)) int helper(int x) { asm volatile(""); return x + 30; }
            __attribute__((noinline)) int relative(int x) { asm volatile(""); return value; }
            __attribute__((noinline)) int calling(int x) { return helper(x) * 3 + helper(x + 1); }
            __attribute__((noinline)) int wrap_relative(int x) { return relative(x) + 1000; }
            __attribute__((noinline)) int wrap_calling(int x) { return calling(x) + 1000; }
            int main(int count, char **arguments) {
                (void) arguments;
                printf("%d %d\\n", relative(count), calling(count));
                return 0;
            }
            """);
        Run.succeeding(
                folder,
                List.of(
                        "aarch64-linux-gnu-gcc",
                        "-O2",
                        "-mbranch-protection=" + protection,
                        "program.c",
                        "-o",
                        "program"));
        Path patched = folder.resolve("patched");
        Entries.patchByEntry(folder.resolve("program"), patched, "relative=wrap_relative", "calling=wrap_calling");
        List<String> run = List.of("qemu-aarch64", "-L", "/usr/aarch64-linux-gnu", "patched");
        assertThat(Run.succeeding(folder, run).output()).isEqualTo("1007 1125\n");
        Run.succeeding(folder, List.of("aarch64-linux-gnu-strip", "patched"));
        assertThat(Run.succeeding(folder, run).output()).isEqualTo("1007 1125\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc -pie", "gcc -pie -fcf-protection", "clang -pie"})
    void padsOfTheCompilerAreUsed(String compiler) throws IOException {
        Path program = build(compiler + " -fpatchable-function-entry=5", """
            #include <stdio.h>
            static volatile int one = 1;
            __attribute__((noinline)) int tiny(void) { return one; }
            __attribute__((noinline)) int wrapped(void) { return tiny() + 1000; }
            int main(void) { printf("%d\\n", tiny()); return 0; }
            """);
        Run.succeeding(folder, List.of("strip", "-s", "--keep-symbol=tiny", "--keep-symbol=wrapped", "program"));
        Path patched = folder.resolve("patched");
        Entries.patch(program, patched, "tiny=wrapped");
        assertThat(Entries.run(patched)).isEqualTo("1001\n");
        long entry =
                DivertedFile.of(ElfFile.read(patched)).diversions().getFirst().entry();
        assertThat(new EntryPlanner(EntryModule.of(ElfFile.read(program))).judge(entry))
                .isInstanceOfSatisfying(
                        EntryVerdict.Accepted.class,
                        accepted -> assertThat(accepted.means()).isEqualTo(EntryMeans.PAD));
    }

    @Test
    void twoFunctionsCanBeSwapped() throws IOException {
        Path program = build("gcc -pie", Entries.CLASSES);
        Path patched = folder.resolve("patched");
        Entries.patch(program, patched, "plain=relative", "relative=plain");
        assertThat(Entries.run(patched)).isEqualTo(DEFAULTS.replaceFirst("5 7", "7 5"));
    }

    @Test
    void aPatchOfSitesAndOneOfEntriesStandInOneFile() throws IOException {
        Path program = build("gcc -pie -ffunction-sections -Wl,--emit-relocs", Entries.CLASSES);
        Path one = folder.resolve("one");
        Plan plan = Entries.patch(program, one, "plain=relative");
        assertThat(plan.keys()).extracting(KeyPlan::mechanism).containsExactly(Mechanism.SITES);
        Path two = folder.resolve("two");
        Entries.patchByEntry(one, two, "jumping=wrap_jumping");
        assertThat(Entries.run(two)).isEqualTo("7 7 10 31 1031 0 5\n");
        Entries.patch(two, two, "conditional=zero");
        assertThat(Entries.run(two)).isEqualTo("7 7 0 31 1031 0 5\n");
        Entries.patch(two, two, "jumping=default", "plain=default", "conditional=default");
        assertThat(two).hasSameBinaryContentAs(program);
    }

    @Test
    void severalNamesOfOneFunctionNeedConsent() throws IOException {
        Path program = build("gcc -pie", """
            __attribute__((noinline)) int one(int x) { return x * 5 + 37; }
            extern int other(int) __attribute__((alias("one")));
            int main(int count, char **arguments) { (void) arguments; return other(count) != 42; }
            """);
        Path out = folder.resolve("out");
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> Entries.patch(program, out, PatchChoice.BEST, "one=zero"))
                .withMessageMatching(".*its entry has several names \\((one, other|other, one)\\).*")
                .withMessageContaining("--all-names");
        assertThat(out).doesNotExist();
        Entries.patch(program, out, "one=zero");
        assertThat(Run.in(folder, List.of(out.toString())).exit()).isEqualTo(1);
    }

    @Test
    void aRefusedEntryIsToldWithTheReason() throws IOException {
        Path program = build("gcc -pie", """
            asm(".globl spin\\n.type spin, @function\\nspin: decl %edi\\njne spin\\nmovl $1, %eax\\nret\\n.size spin, .-spin");
            int spin(int);
            int main(int count, char **arguments) { (void) arguments; return spin(count) != 1; }
            """);
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> Entries.patch(program, folder.resolve("out"), "spin=zero"))
                .withMessageContaining("its entry cannot be patched (loop to the entry)");
    }

    @Test
    void anExceptionPassesACopy() throws IOException {
        Path program = build("g++ -pie", """
            #include <cstdio>
            __attribute__((noinline)) void thrower(int x) { if (x) throw x; }
            extern "C" __attribute__((noinline)) int risky(int x) { thrower(x); std::puts("not here"); return 1; }
            extern "C" __attribute__((noinline)) int wrapped(int x) { return risky(x) + 1; }
            int main(int count, char **) {
                try { return risky(count); } catch (int caught) { std::printf("caught %d\\n", caught); return 0; }
            }
            """);
        Path patched = folder.resolve("patched");
        Entries.patchByEntry(program, patched, "risky=wrapped");
        assertMovesACall(patched);
        assertThat(Entries.run(patched)).isEqualTo("caught 1\n");
        Run.succeeding(folder, List.of("strip", "patched"));
        assertThat(Entries.run(patched)).isEqualTo("caught 1\n");
    }

    @Test
    void aBacktraceOutOfACopyIsWhole() throws IOException {
        Path program = build("gcc -pie -rdynamic", """
            #include <execinfo.h>
            #include <stdio.h>
            #include <string.h>
            __attribute__((noinline)) int probe(int x) {
                void *frames[32];
                int count = backtrace(frames, 32);
                char **names = backtrace_symbols(frames, count);
                for (int i = 0; i < count; i++) {
                    for (const char *each = "wrapped\\0main\\0", *name = each; *name; name += strlen(name) + 1) {
                        char pattern[32];
                        snprintf(pattern, sizeof pattern, "(%s+", name);
                        if (strstr(names[i], pattern)) puts(name);
                    }
                }
                return x;
            }
            __attribute__((noinline)) int traced(int x) { return probe(x) + 1; }
            __attribute__((noinline)) int wrapped(int x) { return traced(x) + 1; }
            int main(int count, char **arguments) { (void) arguments; return traced(count) == 0; }
            """);
        Path patched = folder.resolve("patched");
        Entries.patchByEntry(program, patched, "traced=wrapped");
        assertMovesACall(patched);
        assertThat(Entries.run(patched)).isEqualTo("wrapped\nmain\n");
    }

    @Test
    void aFunctionIsNamedByItsDebugFile() throws IOException {
        Tool.OBJCOPY.required();
        Path program = build("gcc -pie -Wl,--build-id", Entries.CLASSES);
        Run.succeeding(folder, List.of("objcopy", "--only-keep-debug", "program", "program.debug"));
        Run.succeeding(folder, List.of("objcopy", "--strip-all", "--add-gnu-debuglink=program.debug", "program"));
        Path patched = folder.resolve("patched");
        Entries.patch(program, patched, "plain=wrap_plain");
        assertThat(Entries.run(patched)).isEqualTo(DEFAULTS.replaceFirst("5", "1005"));
        assertThat(DivertedFile.of(ElfFile.read(patched)).diversions())
                .singleElement()
                .extracting(Diversion::key)
                .isEqualTo("plain");
    }

    @Test
    void aFunctionOfNoNameIsGivenByItsPlace() throws IOException {
        Path program = build("gcc -pie", Entries.CLASSES);
        String plain = place(program, "plain", "program");
        String target = place(program, "wrap_plain", "program");
        Run.succeeding(folder, List.of("strip", "program"));
        Path patched = folder.resolve("patched");
        Entries.patch(program, patched, plain + "=" + target);
        assertThat(Entries.run(patched)).isEqualTo(DEFAULTS.replaceFirst("5", "1005"));
    }

    private static String place(Path program, String name, String module) throws IOException {
        return module + "+"
                + ElfFile.read(program).symbols().named(name).getFirst().value();
    }

    /// Otherwise nothing unwinds through the copy.
    private static void assertMovesACall(Path patched) throws IOException {
        DivertedFile file = DivertedFile.of(ElfFile.read(patched));
        EntryVerdict verdict = new EntryPlanner(EntryModule.of(file.original()))
                .judge(file.diversions().getFirst().entry());
        assertThat(((EntryVerdict.Accepted) verdict).patch().moved())
                .anyMatch(step -> step.flow().isCall());
    }

    private Path build(String compiler, String source) throws IOException {
        boolean isCxx = compiler.startsWith("g++");
        String name = isCxx ? "program.cc" : "program.c";
        Files.writeString(folder.resolve(name), source);
        List<String> command = new ArrayList<>(List.of(compiler.split(" ")));
        command.addAll(List.of("-O2", "-w", name, "-o", "program"));
        Run.succeeding(folder, command);
        return folder.resolve("program");
    }
}
