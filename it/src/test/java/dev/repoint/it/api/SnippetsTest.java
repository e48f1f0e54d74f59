package dev.repoint.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The snippets of the public Javadoc compile, with the names around them that a reader would have.
class SnippetsTest {

    private static final List<String> ROOMS = List.of("jvm/runtime", "jvm/junit", "native/linux");

    private static final Path HOME = Path.of(System.getProperty("repoint.home"));

    private static final String CLASS_PATH =
            System.getProperty("java.class.path") + File.pathSeparator + HOME.resolve("jvm/junit/target/classes");

    private static final String BEFORE = """
        import dev.repoint.*;
        import dev.repoint.jmx.*;
        import dev.repoint.junit.*;
        import dev.repoint.linux.*;
        import dev.repoint.linux.process.*;
        import dev.repoint.machine.choice.*;
        import java.lang.invoke.*;
        import java.lang.management.*;
        import java.nio.file.*;
        import java.util.*;
        import java.util.function.*;
        import org.junit.jupiter.api.Test;

        abstract class Context {
            static class Crc {}
            static class FastCrc {}
            static class Spin {}
            static class Flags {}
            static class Clock {}
            interface Timed {
                int apply(IntBinaryOperator original, int a, int b);
            }
            static PatchableMethod patchable, update, add, audit, lock, unlock, clock;
            static void record(long nanos) {}
        }

        abstract class NativeContext {
            static NativePatchable crc32, lock, unlock;
            static PatchableMethod crc;
            static NativeModule zlib;
        }
        """;

    /// @param code without what Javadoc has around it
    record Snippet(Path file, int line, boolean ofNativeCode, String code) {
        @Override
        public String toString() {
            return file.getFileName() + ":" + line;
        }
    }

    static List<Snippet> snippets() {
        List<Snippet> snippets = new ArrayList<>();
        for (String room : ROOMS) {
            try (Stream<Path> files = Files.walk(HOME.resolve(room).resolve("src/main/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    read(file, room.startsWith("native"), snippets);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(snippets).hasSizeGreaterThan(15);
        return snippets;
    }

    private static void read(Path file, boolean ofNativeCode, List<Snippet> into) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals("/// {@snippet :")) {
                int start = i + 1;
                int depth = 1;
                StringBuilder code = new StringBuilder();
                while (true) {
                    String line = lines.get(++i).strip().substring("///".length());
                    depth += count(line, '{') - count(line, '}');
                    if (depth == 0) {
                        break;
                    }
                    code.append(line).append('\n');
                }
                into.add(new Snippet(file, start, ofNativeCode, code.toString()));
            }
        }
    }

    private static int count(String line, char wanted) {
        return (int) line.chars().filter(each -> each == wanted).count();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void itCompiles(Snippet snippet) {
        String code = snippet.code()
                .replace("{ ... }", "{ throw new UnsupportedOperationException(); }")
                .replaceAll("(?m)^\\s*\\.\\.\\.$", "");
        String context = snippet.ofNativeCode() ? "NativeContext" : "Context";
        String statements =
                BEFORE + "abstract class Use extends " + context + " { void use() throws Throwable {\n" + code + "} }";
        String members = BEFORE + "abstract class Use extends " + context + " {\n" + code + "}";

        List<String> errors = errors(statements);

        assertThat(errors.isEmpty() ? errors : errors(members))
                .as("as members; as statements: %s", errors)
                .isEmpty();
    }

    private static List<String> errors(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Use.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoring) {
                return source;
            }
        };
        List<String> options =
                List.of("-proc:none", "-implicit:none", "-XDshould-stop.ifNoError=FLOW", "-cp", CLASS_PATH);
        boolean unused = compiler.getTask(new StringWriter(), null, found, options, null, List.of(file))
                .call();
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(each -> each.getMessage(null))
                .toList();
    }
}
