package dev.repoint.bench.nativecall;

import dev.repoint.bench.NativeBuild;
import dev.repoint.bench.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The library with all forms of a call, generated and compiled. Loops and functions begin at multiples of 64,
/// so that no form has a better place than another one.
final class CallSources {

    /// How many distinct sites a form has, besides the one in the loop.
    static final int SITES = 20_000;

    private static final int SITES_OF_FUNCTION = 100;

    private CallSources() {}

    /// @return the library
    static Path build(Settings settings) throws IOException, InterruptedException {
        NativeBuild build = new NativeBuild(settings, "native-call");
        build.source("imported.c", imported());
        Path imported = build.library("libimported.so", "imported.c");
        build.source("callees.c", callees());
        List<String> options = new ArrayList<>(List.of("callees.c"));
        for (Form form : Form.values()) {
            String file = form.symbol() + ".c";
            build.source(file, callers(form));
            options.add(file);
        }
        options.add(imported.getFileName().toString());
        options.add("-Wl,-rpath,$ORIGIN");
        return build.library("libcalls.so", options.toArray(String[]::new));
    }

    /// The library that the others import from.
    private static String imported() {
        StringBuilder text = new StringBuilder();
        for (Form form : Form.values()) {
            if (form.kind == Form.Kind.IMPORT) {
                text.append(function(form.symbol(), 1));
            }
        }
        return text.toString();
    }

    private static String callees() {
        StringBuilder text = new StringBuilder("""
            #define REPOINT_HIDDEN
            #include <repoint.h>
            #include <stdint.h>
            #include <time.h>

            /* How many nanoseconds it takes to call n times. */
            int64_t elapsed(int (*caller)(int, int), int x, int n, int *result) {
                struct timespec start, end;
                clock_gettime(CLOCK_MONOTONIC, &start);
                *result = caller(x, n);
                clock_gettime(CLOCK_MONOTONIC, &end);
                return (end.tv_sec - start.tv_sec) * INT64_C(1000000000) + end.tv_nsec - start.tv_nsec;
            }

            """);
        text.append("REPOINT_TARGET\n").append(function("add_two", 2));
        for (Form form : Form.values()) {
            String name = form.symbol();
            switch (form.kind) {
                case FUNCTION -> text.append(function(name, 1));
                case HOOK ->
                    text.append(function(name + "_default", 1))
                            .append("REPOINT_DEFINE(%s, %s_default);\n\n".formatted(name, name));
                case POINTER ->
                    text.append(function(name + "_default", 1))
                            .append("REPOINT_DEFINE_POINTER(%s, %s_default);\n\n".formatted(name, name));
                case RETPOLINE ->
                    text.append(function(name + "_default", 1))
                            .append("int (*%s)(int) __attribute__((visibility(\"hidden\"))) = %s_default;\n\n"
                                    .formatted(name, name));
                case IFUNC ->
                    text.append(function(name + "_default", 1))
                            .append("static void *choose_%s(void) { return %s_default; }\n".formatted(name, name))
                            .append("int %s(int x) __attribute__((ifunc(\"choose_%s\")));\n\n".formatted(name, name));
                case IMPORT -> {}
            }
        }
        return text.toString();
    }

    /// A function that adds a number, of which no compiler that sees it makes use.
    private static String function(String name, int adds) {
        return "__attribute__((noipa, aligned(64))) int %s(int x) { return x + %d; }\n\n".formatted(name, adds);
    }

    /// What calls by one form.
    private static String callers(Form form) {
        String name = form.symbol();
        StringBuilder text = new StringBuilder("""
            #define REPOINT_HIDDEN
            #include <repoint.h>

            """);
        text.append(
                switch (form.kind) {
                    case FUNCTION, IFUNC -> "int %s(int x);\n".formatted(name);
                    case IMPORT -> "int %s(int x);\n".formatted(name);
                    case HOOK ->
                        "int %s_default(int x);\nREPOINT_DECLARE(%s, %s_default);\n".formatted(name, name, name);
                    case POINTER ->
                        "int %s_default(int x);\nREPOINT_DECLARE_POINTER(%s, %s_default);\n"
                                .formatted(name, name, name);
                    case RETPOLINE ->
                        "extern int (*%s)(int) __attribute__((visibility(\"hidden\")));\n".formatted(name);
                });
        String attribute = form.kind == Form.Kind.RETPOLINE ? "__attribute__((indirect_branch(\"thunk\"))) " : "";
        text.append("""

            %sint %s(int x, int n) {
                for (int i = 0; i < n; i++) {
                    x = %s(x ^ i);
                }
                return x;
            }

            """.formatted(attribute, form.hot(), name));
        for (int part = 0; part < SITES / SITES_OF_FUNCTION; part++) {
            text.append("static %sint part%d(int x) {\n".formatted(attribute, part));
            text.append("    x = %s(x);\n".formatted(name).repeat(SITES_OF_FUNCTION));
            text.append("    return x - 1;\n}\n");
        }
        text.append("\nint %s(int x, int n) {\n    for (int i = 0; i < n; i++) {\n".formatted(form.many()));
        for (int part = 0; part < SITES / SITES_OF_FUNCTION; part++) {
            text.append("        x = part%d(x);\n".formatted(part));
        }
        return text.append("    }\n    return x;\n}\n").toString();
    }

    /// What the function with the loop gives.
    static int hotResult(int x, int n, int adds) {
        int result = x;
        for (int i = 0; i < n; i++) {
            result = (result ^ i) + adds;
        }
        return result;
    }

    /// What the function with the distinct sites gives.
    static int manyResult(int x, int n, int adds) {
        return x + n * (SITES * adds - SITES / SITES_OF_FUNCTION);
    }
}
