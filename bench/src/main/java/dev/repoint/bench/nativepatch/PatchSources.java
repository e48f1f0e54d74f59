package dev.repoint.bench.nativepatch;

import dev.repoint.bench.HookCalls;
import dev.repoint.bench.NativeBuild;
import dev.repoint.bench.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What is patched: libraries whose hook has so many sites, and programs of clang with as many sleds.
final class PatchSources {

    /// Threads that run through all sites, over and over.
    private static final String BUSY = """
        #include <pthread.h>
        #include <stddef.h>

        static pthread_t busy_threads[64];
        static int busy_count, busy_ended;

        static void *busy_run(void *run) {
            int x = 0;
            while (!__atomic_load_n(&busy_ended, __ATOMIC_RELAXED)) {
                x = ((int (*)(int))run)(x);
            }
            return NULL;
        }

        void busy_finish(void) {
            __atomic_store_n(&busy_ended, 1, __ATOMIC_RELAXED);
            while (busy_count > 0) {
                pthread_join(busy_threads[--busy_count], NULL);
            }
        }

        int busy_start(int (*run)(int), int threads) {
            busy_ended = 0;
            while (busy_count < threads) {
                if (pthread_create(&busy_threads[busy_count], NULL, busy_run, (void *)run) != 0) {
                    busy_finish();
                    return -1;
                }
                busy_count++;
            }
            return 0;
        }

        """;

    private PatchSources() {}

    /// A library with a function `run` that calls a hook at so many sites.
    static Path library(Settings settings, int sites) throws IOException, InterruptedException {
        String text = """
            #include <repoint.h>

            __attribute__((noipa)) int add_one(int x) { return x + 1; }
            __attribute__((noipa)) REPOINT_TARGET int add_two(int x) { return x + 2; }

            REPOINT_DECLARE(hook, add_one);
            REPOINT_DEFINE(hook, add_one);

            """ + BUSY + HookCalls.of(sites);
        String name = "patch" + sites;
        return new NativeBuild(settings, "native-patch/" + name)
                .source(name + ".c", text)
                .library("lib" + name + ".so", name + ".c", "-pthread");
    }

    /// A program with so many sleds of XRay: each function has one where it begins and one where it ends.
    static Path xray(Settings settings, int sleds) throws IOException, InterruptedException {
        int functions = Math.max(1, sleds / 2);
        StringBuilder text = new StringBuilder("""
            #include <stdint.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <time.h>

            """).append(BUSY);
        for (int i = 0; i < functions; i++) {
            text.append("__attribute__((xray_always_instrument, noinline)) int f%d(int x) { return x ^ %d; }\n"
                    .formatted(i, i));
        }
        text.append("\n__attribute__((xray_never_instrument)) static int run(int x) {\n");
        for (int i = 0; i < functions; i++) {
            text.append("    x = f%d(x);\n".formatted(i));
        }
        text.append("""
                return x;
            }

            int __xray_patch(void); /* xray/xray_interface.h, which is C++ */
            int __xray_unpatch(void);

            static int64_t now(void) {
                struct timespec time;
                clock_gettime(CLOCK_MONOTONIC, &time);
                return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
            }

            /* THREADS TIMES: prints how many nanoseconds each patch and each way back took. */
            int main(int count, char **arguments) {
                if (count != 3 || busy_start(run, atoi(arguments[1])) != 0) {
                    return 2;
                }
                for (int i = 0; i < atoi(arguments[2]); i++) {
                    int64_t start = now();
                    int there = __xray_patch();
                    int64_t middle = now();
                    int back = __xray_unpatch();
                    int64_t end = now();
                    if (there != 1 || back != 1) { /* SUCCESS */
                        return 1;
                    }
                    printf("%ld\\n%ld\\n", (long)(middle - start), (long)(end - middle));
                }
                busy_finish();
                return 0;
            }
            """);
        String name = "xray" + sleds;
        return new NativeBuild(settings, "native-patch/" + name)
                .source(name + ".c", text.toString())
                .build(name, List.of("clang", "-O1", "-fxray-instrument", name + ".c", "-pthread"));
    }
}
