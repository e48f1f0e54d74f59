package dev.repoint.bench.nativeentry;

import dev.repoint.bench.NativeBuild;
import dev.repoint.bench.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The library with all forms, and the program for the tools that need one. Functions and loops begin at multiples of
/// 64, so that no form has a better place than another one.
final class EntrySources {

    /// A loop, and how long it takes.
    private static final String LOOP = """
        int %s(int x);
        __attribute__((noipa, aligned(64))) int %s(int x, int n) {
            for (int i = 0; i < n; i++) {
                x = %s(x ^ i);
            }
            return x;
        }

        """;

    private static final String ELAPSED = """
        #include <stdint.h>
        #include <time.h>

        /* How many nanoseconds it takes to call n times. */
        __attribute__((noipa)) int64_t elapsed(int (*caller)(int, int), int x, int n, int *result) {
            struct timespec start, end;
            clock_gettime(CLOCK_MONOTONIC, &start);
            *result = caller(x, n);
            clock_gettime(CLOCK_MONOTONIC, &end);
            return (end.tv_sec - start.tv_sec) * INT64_C(1000000000) + end.tv_nsec - start.tv_nsec;
        }

        """;

    private static final String PROBED = """
        #include <errno.h>
        #include <linux/perf_event.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        /* A counter of the calls of a function of this file, at its offset there; -1 if the kernel refuses it. */
        static int uprobe(const char *file, uint64_t offset) {
            struct perf_event_attr attributes;
            unsigned type;
            FILE *in = fopen("/sys/bus/event_source/devices/uprobe/type", "r");
            if (in == NULL || fscanf(in, "%u", &type) != 1) {
                return -1;
            }
            fclose(in);
            memset(&attributes, 0, sizeof attributes);
            attributes.size = sizeof attributes;
            attributes.type = type;
            attributes.config1 = (uintptr_t)file;
            attributes.config2 = offset;
            return (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
        }

        static int order(const void *a, const void *b) {
            return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
        }

        /* CALLS TIMES [FILE OFFSET]: prints the median of nanoseconds for a call; with a file, under a uprobe. */
        int main(int count, char **arguments) {
            int calls = atoi(arguments[1]), times = atoi(arguments[2]), result, probe = -1;
            double nanos[times];
            uint64_t hits = 0;
            if (count > 4 && (probe = uprobe(arguments[3], strtoull(arguments[4], NULL, 10))) < 0) {
                printf("refused %s\\n", strerror(errno));
                return 0;
            }
            elapsed(hot_probed, 7, calls, &result);
            for (int i = 0; i < times; i++) {
                nanos[i] = (double)elapsed(hot_probed, 7, calls, &result) / calls;
            }
            if (probe >= 0 && (read(probe, &hits, sizeof hits) != sizeof hits || hits != (uint64_t)calls * (times + 1))) {
                printf("refused %lu hits\\n", hits);
                return 0;
            }
            qsort(nanos, times, sizeof *nanos, order);
            printf("nanos %f\\n", nanos[times / 2]);
            return 0;
        }
        """;

    private EntrySources() {}

    /// Builds the library.
    static Path library(Settings settings) throws IOException, InterruptedException {
        StringBuilder imported = new StringBuilder();
        StringBuilder functions = new StringBuilder(ELAPSED)
                .append("static const int one __attribute__((used)) = 1;\n\n")
                .append(naked("add_two", 2));
        StringBuilder loops = new StringBuilder();
        for (Form form : Form.values()) {
            (form.body == Form.Body.IMPORTED ? imported : functions).append(function(form));
            loops.append(LOOP.formatted(form.symbol(), form.hot(), form.symbol()));
        }
        NativeBuild build = new NativeBuild(settings, "native-entry")
                .source("entry-imported.c", imported.toString())
                .source("entry-functions.c", functions.toString())
                .source("entry-loops.c", loops.toString());
        Path other = build.library("libentryimported.so", "entry-imported.c");
        return build.library(
                "libentries.so",
                "entry-functions.c",
                "entry-loops.c",
                String.valueOf(other.getFileName()),
                "-Wl,-rpath,$ORIGIN");
    }

    /// Builds a program with one function, which other tools patch.
    static Path probed(Settings settings) throws IOException, InterruptedException {
        return new NativeBuild(settings, "native-entry")
                .source(
                        "probed.c",
                        ELAPSED
                                + naked("add_probed", 1)
                                + LOOP.formatted("add_probed", "hot_probed", "add_probed")
                                + PROBED)
                .build("probed", List.of("gcc", "-O2", "-fcf-protection=none", "-falign-loops=64", "probed.c"));
    }

    private static String function(Form form) {
        String name = form.symbol();
        String function = switch (form.body) {
            case IMMEDIATE, IMPORTED -> naked(name, 1) + (form.body == Form.Body.IMPORTED ? two(name) : "");
            case RELATIVE -> assembly(name, "mov %edi,%eax; add one(%rip),%eax; ret");
            case SHORT -> compiled(name, ""); // lea 1(%rdi),%eax; ret
            case PAD -> compiled(name, ", patchable_function_entry(5, 0)");
            case NESTED ->
                naked(name + "_inner", 1)
                        + "__attribute__((noipa, aligned(64))) int %s(int x) { return %s_inner(x) + 1; }\n\n"
                                .formatted(name, name);
        };
        if (form.state != Form.State.WRAPPED) {
            return function;
        }
        return function + """
            static int (*original_of_%1$s)(int);
            void %2$s(int (*original)(int)) { original_of_%1$s = original; }
            __attribute__((noipa, aligned(64))) int %3$s(int x) { return original_of_%1$s(x) + 1; }

            """.formatted(name, form.setter(), form.wrapper());
    }

    /// The target of a function of another library lies there, too.
    private static String two(String name) {
        return naked(name + "_two", 2);
    }

    /// Two instructions of five bytes.
    private static String naked(String name, int adds) {
        return assembly(name, "mov %edi,%eax; add $" + adds + ",%eax; ret");
    }

    private static String compiled(String name, String attribute) {
        return "__attribute__((noipa, aligned(64)%s)) int %s(int x) { return x + 1; }\n\n".formatted(attribute, name);
    }

    private static String assembly(String name, String text) {
        return "__attribute__((naked, noipa, aligned(64))) int %s(int x) { __asm__(\"%s\"); }\n\n"
                .formatted(name, text);
    }
}
