package dev.repoint.bench.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A program of a thousand functions with a hundred calls each, to fifty others.
final class Generated {

    private static final int CALLERS = 1_000;
    private static final int CALLS = 100;
    private static final int CALLEES = 50;

    private Generated() {}

    /// How many calls its sources have.
    static int calls() {
        return CALLERS * CALLS;
    }

    /// Writes, compiles and links it, as the documents say.
    static Path program(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path program = folder.resolve("calls");
        Files.writeString(folder.resolve("callers.c"), callers());
        Files.writeString(folder.resolve("callees.c"), callees());
        Command compile = new Command(
                "gcc",
                List.of(
                        "gcc",
                        "-O1",
                        "-ffunction-sections",
                        "-Wl,--emit-relocs",
                        "-o",
                        program.toString(),
                        folder.resolve("callers.c").toString(),
                        folder.resolve("callees.c").toString()));
        compile.run(folder);
        return program;
    }

    private static String callers() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < CALLEES; i++) {
            text.append("int callee").append(i).append("(int);\n");
        }
        for (int i = 0; i < CALLERS; i++) {
            text.append("int caller").append(i).append("(int n) {\n");
            for (int j = 0; j < CALLS; j++) {
                text.append("    n = callee").append((i + j) % CALLEES).append("(n) + 1;\n");
            }
            text.append("    return n;\n}\n");
        }
        text.append("int main(void) {\n    int n = 0;\n");
        for (int i = 0; i < CALLERS; i++) {
            text.append("    n += caller").append(i).append("(n);\n");
        }
        return text.append("    return n == 0;\n}\n").toString();
    }

    private static String callees() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < CALLEES; i++) {
            text.append("int callee")
                    .append(i)
                    .append("(int n) { return n ^ ")
                    .append(i)
                    .append("; }\n");
        }
        return text.toString();
    }
}
