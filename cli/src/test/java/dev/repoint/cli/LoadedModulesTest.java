package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Detached;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a process has loaded is what its own loader says: in its order, its namespaces apart, and no longer
/// than it is loaded.
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class LoadedModulesTest {

    private static final Path JEMALLOC = Path.of("/usr/lib/x86_64-linux-gnu/libjemalloc.so.2");

    private static final String ALLOCATING = """
        #include <malloc.h>
        #include <stdio.h>
        #include <stdlib.h>
        void *xalloc(unsigned long n);
        int main(void) {
          char line[80];
          while (fgets(line, sizeof line, stdin)) {
            void *p = xalloc(1000000);
            unsigned long size = malloc_usable_size(p);
            free(p);
            printf("%lu\\n", size);
            fflush(stdout);
          }
          return 0;
        }
        """;

    /// Loads `plug.so` as often as it is told to: `o` in its own namespace, `n` in a new one; `c` unloads the
    /// last one. All are called for each line.
    private static final String HOST = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdio.h>
        __attribute__((noipa)) int f1(void) { return 1; }
        __attribute__((noipa)) int tgt(void) { return 5; }
        static void *all[9];
        static int (*run[9])(void);
        int main(void) {
          char line[200];
          int count = 0;
          while (fgets(line, sizeof line, stdin)) {
            for (char *c = line; *c; c++) {
              if (*c == 'o' || *c == 'n') {
                all[count] = *c == 'o' ? dlopen(PLUG, RTLD_NOW) : dlmopen(LM_ID_NEWLM, PLUG, RTLD_NOW);
                if (!all[count]) { puts(dlerror()); return 1; }
                run[count] = (int (*)(void))dlsym(all[count], "run");
                count++;
              } else if (*c == 'c') {
                dlclose(all[--count]);
              }
            }
            printf("%d", f1());
            for (int i = 0; i < count; i++) printf(" %d", run[i]());
            puts("");
            fflush(stdout);
          }
          return tgt();
        }
        """;

    private static final String PLUG = """
        __attribute__((noipa)) int one(void) { return 1; }
        __attribute__((noipa)) int two(void) { return 2; }
        int run(void) { return one() * 10; }
        """;

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void realFolder() throws IOException {
        folder = temporary.toRealPath();
    }

    @Test
    void aTargetIsThatOfAPreloadedLibraryWhereTheProcessHasOne() throws IOException {
        Assumptions.assumeTrue(Files.exists(JEMALLOC), "jemalloc is missing: install the package libjemalloc2");
        library("libxalloc.so", "#include <stdlib.h>\nvoid *xalloc(unsigned long n) { return malloc(n); }\n");
        Path program = program("allocating", ALLOCATING, "-L.", "-lxalloc", "-Wl,-rpath,$ORIGIN");
        try (Detached allocating = start("env", "LD_PRELOAD=" + JEMALLOC, program.toString())) {
            String pid = pid(allocating);
            String before = allocating.ask("?");

            repoint("set", pid, "xalloc=malloc");

            // What another allocator gave, this one could not free.
            assertThat(allocating.ask("?")).isEqualTo(before);
            assertThat(allocating.ask("?")).isEqualTo(before);
            repoint("reset", pid);
            assertThat(allocating.ask("?")).isEqualTo(before);
        }
    }

    @Test
    void theFirstDefinitionInTheOrderOfTheLoaderIsTheTargetEvenAWeakOne() throws IOException {
        library("libneeded.so", "int pick(void) { return 2; }\nint other(void) { return 3; }\n");
        Path preloaded = library("libbefore.so", "__attribute__((weak)) int pick(void) { return 7; }\n");
        Path program = program("picking", """
            #include <stdio.h>
            int other(void);
            int main(void) {
              char line[80];
              while (fgets(line, sizeof line, stdin)) { printf("%d\\n", other()); fflush(stdout); }
              return 0;
            }
            """, "-L.", "-lneeded", "-Wl,-rpath,$ORIGIN");
        try (Detached picking = start("env", "LD_PRELOAD=" + preloaded, program.toString())) {
            assertThat(picking.ask("?")).isEqualTo("3");
            repoint("set", pid(picking), "other=pick");
            assertThat(picking.ask("?")).isEqualTo("7");
            repoint("set", pid(picking), "other=libneeded.so:pick");
            assertThat(picking.ask("?")).isEqualTo("2");
        }
    }

    @Test
    void aProgramThatTheLoaderWasToldToRunIsTheProgram() throws IOException {
        Path loader = Path.of("/lib64/ld-linux-x86-64.so.2");
        Assumptions.assumeTrue(Files.exists(loader), "there is no " + loader);
        try (Detached host = start(loader.toString(), host().toString())) {
            repoint("set", pid(host), "f1=tgt");
            assertThat(host.ask("?")).isEqualTo("5");
            assertThat(repoint("status", pid(host)).out()).contains("host:f1    tgt");
        }
    }

    @Test
    void aFileThatIsLoadedInSeveralNamespacesIsSeveralModules() throws IOException {
        try (Detached host = start(host().toString())) {
            String pid = pid(host);
            assertThat(host.ask("onn")).isEqualTo("1 10 10 10");

            Ran set = repoint("set", pid, "plug.so#2:one=two");
            assertThat(host.ask("?")).isEqualTo("1 10 20 10");
            assertThat(set.out()).isEqualTo("plug.so#2:one: default -> two (1 site)\n");
            assertThat(set.err())
                    .contains("of the 3 modules of its name this is plug.so#2; others are plug.so, plug.so#3");

            repoint("set", pid, "plug.so:one=two", "plug.so#3:one=nothing");
            assertThat(host.ask("?")).startsWith("1 20 20 ").isNotEqualTo("1 20 20 10");
            assertThat(repoint("status", pid).out()).contains("plug.so:one ", "plug.so#2:one ", "plug.so#3:one ");
            assertThat(repoint("sites", pid, "--patchable", "plug.so#2:one").out())
                    .contains("two");

            repoint("reset", pid, "plug.so:one", "plug.so#3:one");
            assertThat(host.ask("?")).isEqualTo("1 10 20 10");
            repoint("reset", pid, folder.resolve("plug.so") + "#2:one");
            assertThat(host.ask("?")).isEqualTo("1 10 10 10");

            Ran none = Ran.repoint("set", pid, "plug.so#4:one=two");
            assertThat(none.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(none.err())
                    .contains("has loaded nothing that is called plug.so#4")
                    .hasLineCount(1);
        }
    }

    @Test
    void aNameThatOnlyLibrariesHaveThatWereLoadedLaterIsTakenWhereOneHasIt() throws IOException {
        try (Detached host = start(host().toString())) {
            String pid = pid(host);
            assertThat(host.ask("o")).isEqualTo("1 10");
            repoint("set", pid, "f1=two");
            assertThat(host.ask("?")).isEqualTo("2 10");
            repoint("reset", pid);
            assertThat(host.ask("n")).isEqualTo("1 10 10");
            Ran several = Ran.repoint("set", pid, "f1=two");
            assertThat(several.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(several.err())
                    .contains("there are several that were loaded later; write plug.so:two or plug.so#2:two")
                    .hasLineCount(1);
        }
    }

    @Test
    void whatWentWithALibraryIsForgottenAndTheRestGoesOn() throws IOException {
        try (Detached host = start(host().toString())) {
            String pid = pid(host);
            host.ask("o");
            repoint("set", pid, "f1=tgt", "plug.so:one=two");
            assertThat(host.ask("?")).isEqualTo("5 20");
            assertThat(host.ask("c")).isEqualTo("5");

            String gone = "plug.so:one was set to two, and process " + pid
                    + " has unloaded plug.so since; the patch is forgotten";
            Ran status = repoint("status", pid);
            assertThat(status.out()).contains("host:f1").doesNotContain("plug.so");
            assertThat(status.err()).isEqualTo("repoint: note: " + gone + "\n");
            assertThat(repoint("doctor", pid).out()).contains("note  patches  " + gone, "host:f1 -> tgt");
            assertThat(repoint("sites", pid).exit()).isZero();

            Ran reset = repoint("reset", pid);
            assertThat(reset.out()).isEqualTo("host:f1: tgt -> default (1 site)\n");
            assertThat(reset.err()).contains(gone);
            assertThat(host.ask("?")).isEqualTo("1");
            assertThat(repoint("status", pid).err()).doesNotContain("plug.so");
        }
    }

    @Test
    void aLibraryThatIsLoadedAgainIsAsItWasBuiltAndSaidToBe() throws IOException {
        try (Detached host = start(host().toString())) {
            String pid = pid(host);
            host.ask("o");
            String place = mapped(host);
            repoint("set", pid, "plug.so:one=two");
            assertThat(host.ask("?")).isEqualTo("1 20");
            assertThat(host.ask("c")).isEqualTo("1");
            assertThat(host.ask("o")).isEqualTo("1 10");
            assertThat(mapped(host)).as("the loader puts it at the same place").isEqualTo(place);

            Ran status = repoint("status", pid);
            assertThat(status.out()).isEmpty();
            assertThat(status.err()).contains("plug.so:one was set to two, and none of its sites is any more");

            repoint("set", pid, "plug.so:one=two");
            assertThat(host.ask("?")).isEqualTo("1 20");
            assertThat(repoint("status", pid).out()).contains("plug.so:one  two");
            repoint("reset", pid);
            assertThat(host.ask("?")).isEqualTo("1 10");
        }
    }

    @Test
    void aLibraryThatComesAndGoesForEverDoesNotFillTheMemoryOfWhatWasSet() throws IOException {
        try (Detached host = start(host().toString())) {
            String pid = pid(host);
            for (int i = 0; i < 5; i++) {
                assertThat(host.ask(i % 2 == 0 ? "o" : "no")).endsWith(" 10");
                String last = i % 2 == 0 ? "plug.so" : "plug.so#2";
                repoint("set", pid, last + ":one=two");
                assertThat(host.ask("?")).contains("20");
                host.ask(i % 2 == 0 ? "c" : "cc");
            }
            assertThat(repoint("reset", pid).out()).isEmpty();
            assertThat(host.ask("?")).isEqualTo("1");
        }
    }

    @Test
    void aProcessThatExecutesAnotherProgramHasNothingOfTheOneBefore() throws IOException {
        Path program = program("executing", """
            #include <stdio.h>
            #include <unistd.h>
            __attribute__((noipa)) int price(int n) { return n * 30; }
            __attribute__((noipa)) int cheap(int n) { return n * 15; }
            int main(int n, char **arguments) {
              char line[2];
              while (read(0, line, 2) == 2) {
                if (*line == 'e') execl(arguments[1], arguments[1], (char *)0);
                printf("%d\\n", price(2));
                fflush(stdout);
              }
              return cheap(n);
            }
            """);
        try (Detached executing = start(program.toString(), host().toString())) {
            String pid = pid(executing);
            repoint("set", pid, "price=cheap");
            assertThat(executing.ask("?")).isEqualTo("30");
            assertThat(executing.ask("e\no")).isEqualTo("1 10");
            assertThat(repoint("status", pid).err()).contains("every patchable of process " + pid);
            repoint("set", pid, "f1=tgt");
            assertThat(executing.ask("?")).isEqualTo("5 10");
        }
    }

    @Test
    void aProgramIsCalledWhatItWasStartedBy() throws IOException {
        Path program = host();
        Path link = Files.createSymbolicLink(folder.resolve("redis-server"), program);
        try (Detached host = start(link.toString())) {
            String pid = pid(host);
            assertThat(repoint("set", pid, "redis-server:f1=tgt").out()).startsWith("redis-server:f1: default -> tgt");
            assertThat(host.ask("?")).isEqualTo("5");
            assertThat(repoint("status", pid).out()).contains("redis-server:f1  tgt");
            assertThat(repoint("doctor", pid).out()).contains("redis-server: ").doesNotContain("host: ");
            repoint("reset", pid, "host:f1");
            assertThat(host.ask("?")).isEqualTo("1");
        }
        Path away = Files.createDirectory(folder.resolve("away"));
        // It has another working folder then, and the link is gone.
        try (Detached host = start("sh", "-c", "cd " + folder + " && exec env -C " + folder + " ./redis-server")) {
            Files.move(link, away.resolve("moved"));
            assertThat(repoint("set", pid(host), "f1=tgt").out()).startsWith("redis-server:f1: ");
        }
    }

    @Test
    void aScriptIsNoNameOfItsInterpreter() throws IOException {
        Path script = Files.writeString(folder.resolve("script"), "#!/bin/cat\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        try (Detached cat = Detached.start(Files.createTempDirectory(folder, "run"), script.toString(), "-")) {
            assertThat(cat.ask("?")).isEqualTo("#!/bin/cat");
            assertThat(repoint("doctor", pid(cat)).out()).contains(" cat: ").doesNotContain(" script: ");
        }
    }

    private Path host() throws IOException {
        library("plug.so", PLUG);
        return program("host", HOST, "-rdynamic", "-DPLUG=\"" + folder.resolve("plug.so") + "\"");
    }

    private Path program(String name, String source, String... flags) throws IOException {
        return compile(name, source, flags);
    }

    private Path library(String name, String source) throws IOException {
        return compile(name, source, "-shared", "-fPIC", "-Wl,-Bsymbolic");
    }

    private Path compile(String name, String source, String... flags) throws IOException {
        Files.writeString(folder.resolve(name + ".c"), source);
        List<String> command = new ArrayList<>(List.of(
                Tool.GCC.required().command(),
                "-O1",
                "-ffunction-sections",
                "-Wl,--emit-relocs",
                "-Wl,--build-id",
                "-w",
                name + ".c",
                "-o",
                name));
        command.addAll(List.of(flags));
        Run.succeeding(folder, command);
        return folder.resolve(name);
    }

    private Detached start(String... command) throws IOException {
        Detached started = Detached.start(Files.createTempDirectory(folder, "run"), command);
        started.ask("?");
        return started;
    }

    private static String pid(Detached program) {
        return Long.toString(program.pid());
    }

    private String mapped(Detached program) throws IOException {
        return Files.readString(Path.of("/proc", pid(program), "maps"))
                .lines()
                .filter(each -> each.endsWith("/plug.so"))
                .findFirst()
                .orElseThrow();
    }

    private static Ran repoint(String... command) {
        Ran ran = Ran.repoint(command);
        assertThat(ran.exit())
                .as(String.join(" ", command) + "\n" + ran.out() + ran.err())
                .isZero();
        return ran;
    }
}
