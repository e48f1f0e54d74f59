package dev.repoint.elf.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionTypesTest {

    private static final String SOURCE = """
        #include <stdint.h>
        struct node { struct node *next; };
        typedef struct { int x, y; } point;
        enum colour { RED };
        typedef int (*compare)(const void *, const void *);
        int plain(int a, long b) { return a + b; }
        void nothing(void) {}
        const char *text(const char *restrict a, volatile int *b) { return a + *b; }
        uint32_t typed(uint64_t a, int8_t b) { return a + b; }
        unsigned int untyped(unsigned long a, signed char b) { return a + b; }
        struct node *list(struct node *a, point b) { return b.x ? a : 0; }
        int many(const char *format, ...) { return format[0]; }
        int sorted(compare by, enum colour c) { return by(0, 0) + c; }
        static __attribute__((noinline)) double local(float *a, char **b) { return *a + **b; }
        static inline int inlined(int a) { return a * 2; }
        int use(int a, float *b, char **c) { return inlined(a) + local(b, c); }
        """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc -O0 -gdwarf-5",
                "gcc -O2 -gdwarf-5",
                "gcc -O2 -gdwarf-4 -fdebug-types-section",
                "clang -O2 -gdwarf-5",
                "clang -O1 -gdwarf-4",
                "gcc -O2 -gdwarf-5 -gz=zlib"
            })
    void aFunctionHasItsResultAndItsParameters(String compiler) throws IOException {
        FunctionTypes types = FunctionTypes.of(build(compiler));

        assertThat(text(types, "plain")).isEqualTo("int (int, long int)");
        assertThat(text(types, "nothing")).isEqualTo("void (void)");
        assertThat(text(types, "text")).isEqualTo("char * (char *, int *)");
        assertThat(text(types, "typed")).isEqualTo("unsigned int (long unsigned int, char)");
        assertThat(types.of("untyped", "")).isEqualTo(types.of("typed", ""));
        assertThat(text(types, "list")).isEqualTo("struct node * (struct node *, struct point)");
        assertThat(text(types, "many")).isEqualTo("int (char *, ...)");
        assertThat(text(types, "sorted")).isEqualTo("int (int (*)(void *, void *), enum colour)");
        assertThat(text(types, "local")).isEqualTo("double (float *, char **)");
        assertThat(text(types, "use")).isEqualTo("int (int, float *, char **)");
        assertThat(types.of("local", "types.c")).isPresent();
        assertThat(types.of("local", "other.c")).isEmpty();
        assertThat(types.of("missing", "")).isEmpty();
    }

    @Test
    void aFileWithoutDebugInformationTellsNoType() throws IOException {
        assertThat(FunctionTypes.of(build("gcc -g0")).of("plain", "")).isEmpty();
    }

    @Test
    void ofADeclarationTheTypeIsKnownToo() throws IOException {
        Files.writeString(folder.resolve("types.c"), "int other(char *a); int use(char *a) { return other(a); }");
        Run.succeeding(folder, List.of(Tool.GCC.required().command(), "-O2", "-g", "-c", "types.c", "-o", "types.o"));

        FunctionTypes types = FunctionTypes.of(ElfFile.read(folder.resolve("types.o")));

        assertThat(text(types, "other")).isEqualTo("int (char *)");
    }

    private static String text(FunctionTypes types, String name) throws IOException {
        return types.of(name, "").orElseThrow().toString();
    }

    private ElfFile build(String compiler) throws IOException {
        Files.writeString(folder.resolve("types.c"), SOURCE);
        List<String> command = new ArrayList<>(List.of(compiler.split(" ")));
        (compiler.startsWith("gcc") ? Tool.GCC : Tool.CLANG).required();
        command.addAll(List.of("-shared", "-fPIC", "-w", "types.c", "-o", "types.so"));
        Run.succeeding(folder, command);
        return ElfFile.read(folder.resolve("types.so"));
    }
}
