package dev.repoint.bench.process;

import dev.repoint.bench.HookCalls;
import dev.repoint.bench.NativeBuild;
import dev.repoint.bench.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The program that is patched: with a hook of so many sites, or as a distribution would ship it, with an
/// import.
final class TargetSource {

    private static final String BEGIN = """
        #include <fcntl.h>
        #include <pthread.h>
        #include <stdint.h>
        #include <stdlib.h>
        #include <sys/mman.h>
        #include <time.h>
        #include <unistd.h>

        /* What this program and the benchmark tell each other, in a file that both have mapped. */
        struct page {
            uint64_t asked;    /* the benchmark counts it up: the window ends, the next one begins */
            uint64_t answered; /* the program sets it to the same when the rest is there */
            uint64_t longest;  /* the longest gap in the window that ended, in nanoseconds */
            int64_t result;    /* of a call of run afterwards: how much all sites added */
            uint64_t add_one, add_two; /* addresses */
        };

        """;

    private static final String FUNCTIONS = """
        __attribute__((noipa)) int add_one(int x) { return x + 1; }
        __attribute__((noipa)) int add_two(int x) { return x + 2; }
        """;

    private static final String IMPORTS = """
        int add_one(int x);
        int add_two(int x);
        #define hook add_one

        """;

    private static final String HOOK = """
        #include <repoint.h>

        __attribute__((noipa)) int add_one(int x) { return x + 1; }
        __attribute__((noipa)) REPOINT_TARGET int add_two(int x) { return x + 2; }

        REPOINT_DECLARE(hook, add_one);
        REPOINT_DEFINE(hook, add_one);

        """;

    private static final String END = """

        static uint64_t now(void) {
            struct timespec time;
            clock_gettime(CLOCK_MONOTONIC, &time);
            return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
        }

        /* The other threads: they run through all sites, and wait, as those of servers mostly do. */
        static void *work(void *nothing) {
            const struct timespec pause = {0, 10000000};
            for (;;) {
                run(0);
                nanosleep(&pause, NULL);
            }
            return nothing;
        }

        /* FILE THREADS SECONDS: ends by itself after so many. */
        int main(int count, char **arguments) {
            if (count != 4) {
                return 2;
            }
            int file = open(arguments[1], O_RDWR);
            struct page *page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
            if (file < 0 || page == MAP_FAILED) {
                return 1;
            }
            alarm((unsigned)atoi(arguments[3]));
            for (int i = 1; i < atoi(arguments[2]); i++) {
                pthread_t thread;
                if (pthread_create(&thread, NULL, work, NULL) != 0) {
                    return 1;
                }
            }
            page->add_one = (uint64_t)(uintptr_t)add_one;
            page->add_two = (uint64_t)(uintptr_t)add_two;
            uint64_t answered = 0, longest = 0, last = now();
            for (;;) { /* The main thread reads the clock without a break. */
                uint64_t time = now(), asked;
                if (time - last > longest) {
                    longest = time - last;
                }
                last = time;
                asked = __atomic_load_n(&page->asked, __ATOMIC_ACQUIRE);
                if (asked != answered) {
                    page->longest = longest;
                    page->result = run(0);
                    answered = asked;
                    __atomic_store_n(&page->answered, answered, __ATOMIC_RELEASE);
                    longest = 0;
                    last = now();
                }
            }
        }
        """;

    private TargetSource() {}

    /// Builds one with a hook, with the documented flags.
    static Path program(Settings settings, int sites) throws IOException, InterruptedException {
        String name = "target" + sites;
        Path include = settings.root().resolve("include");
        return new NativeBuild(settings, "process/" + name)
                .source(name + ".c", BEGIN + HOOK + HookCalls.of(sites) + END)
                .build(
                        name,
                        List.of(
                                "gcc",
                                "-O2",
                                "-fno-ipa-icf",
                                "-I" + include,
                                "@" + include.resolve("repoint.cflags"),
                                "@" + include.resolve("repoint.ldflags"),
                                name + ".c",
                                "-pthread"));
    }

    /// Builds one with so many functions, `f_0` and so on, each with one call, and a hook with as many calls.
    static Path functions(Settings settings, int functions) throws IOException, InterruptedException {
        String name = "functions" + functions;
        StringBuilder all = new StringBuilder();
        StringBuilder calls = new StringBuilder("\nint run(int x) {\n    x = run_hook(x);\n");
        for (int i = 0; i < functions; i++) {
            all.append("__attribute__((noipa)) int f_%d(int x) { return x + 1; }\n".formatted(i));
            calls.append("    x = f_%d(x);\n".formatted(i));
        }
        calls.append("    __asm__(\"\" : \"+r\"(x)); /* the last one is a call, too */\n    return x;\n}\n");
        Path include = settings.root().resolve("include");
        return new NativeBuild(settings, "process/" + name)
                .source(
                        name + ".c",
                        BEGIN + HOOK + "#define run run_hook\n" + HookCalls.of(functions) + "#undef run\n" + all + calls
                                + END)
                .build(
                        name,
                        List.of(
                                "gcc",
                                "-O2",
                                "-fno-ipa-icf",
                                "-I" + include,
                                "@" + include.resolve("repoint.cflags"),
                                "@" + include.resolve("repoint.ldflags"),
                                name + ".c",
                                "-pthread"));
    }

    /// Builds one with the import `add_one`: stripped, with full RELRO, and with nothing of ours.
    static Path importing(Settings settings) throws IOException, InterruptedException {
        NativeBuild build = new NativeBuild(settings, "process/importing")
                .source("add.c", FUNCTIONS)
                .source("importing.c", BEGIN + IMPORTS + HookCalls.of(1) + END);
        build.build("libadd.so", List.of("gcc", "-O2", "-shared", "-fPIC", "add.c"));
        return build.build(
                "importing",
                List.of(
                        "gcc",
                        "-O2",
                        "-s",
                        "-Wl,-z,relro,-z,now,-rpath,$ORIGIN",
                        "importing.c",
                        "libadd.so",
                        "-pthread"));
    }
}
