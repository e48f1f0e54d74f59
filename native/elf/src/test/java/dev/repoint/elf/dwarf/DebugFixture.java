package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.provider.Arguments;

/// A way to compile `ops.c` with debug information.
///
/// @param tool    the compiler
/// @param options what it is told
record DebugFixture(Tool tool, String options) {

    /// Every compiler, version, compression and kind of file.
    static List<DebugFixture> all() {
        List<DebugFixture> all = new ArrayList<>();
        for (Tool tool : List.of(Tool.GCC, Tool.CLANG, Tool.AARCH64_GCC)) {
            for (String version : List.of("-gdwarf-2", "-gdwarf-3", "-gdwarf-4", "-gdwarf-5")) {
                for (String compression : List.of("-gz=none", "-gz")) {
                    for (String kind : List.of("-ffunction-sections -c", "")) {
                        all.add(new DebugFixture(
                                tool,
                                String.join(" ", version, compression, kind).strip()));
                    }
                }
            }
        }
        all.add(new DebugFixture(Tool.GCC, "-gdwarf-5 -gdwarf64 -c"));
        all.add(new DebugFixture(Tool.GCC, "-gdwarf-5 -gdwarf64"));
        all.add(new DebugFixture(Tool.CLANG, "-gdwarf-5 -gdwarf64"));
        all.add(new DebugFixture(Tool.GCC, "-gdwarf-4 -gz=zlib-gnu"));
        all.add(new DebugFixture(Tool.GCC, "-gdwarf-4 -gz=zlib-gnu -c"));
        all.add(new DebugFixture(Tool.GCC, "-gdwarf-4 -fdebug-types-section"));
        all.add(new DebugFixture(Tool.GCC, "-gdwarf-5 -fdebug-types-section -c"));
        all.add(new DebugFixture(Tool.GCC, "-gdwarf-5 -fdebug-types-section"));
        all.add(new DebugFixture(Tool.CLANG, "-gdwarf-5 -fdebug-types-section"));
        all.add(new DebugFixture(Tool.GCC, "-gdwarf-5 -flto -ffat-lto-objects"));
        all.add(new DebugFixture(Tool.GCC, "-gdwarf-5 -fno-pie -no-pie"));
        return all;
    }

    /// Those that a test runs for.
    static List<Arguments> arguments() {
        return all().stream().map(Arguments::of).toList();
    }

    /// Those of them that are linked.
    static List<Arguments> linked() {
        return all().stream()
                .filter(each -> !each.options.endsWith("-c"))
                .map(Arguments::of)
                .toList();
    }

    /// Compiles a source. Skips the running test if the compiler is missing.
    Path build(Path folder, String source) throws IOException {
        tool.required();
        try (InputStream in = DebugFixture.class.getResourceAsStream(source)) {
            Files.copy(Objects.requireNonNull(in, source), folder.resolve(source));
        }
        List<String> command = new ArrayList<>(List.of(tool.command(), "-O1", "-w", "-o", "built", source));
        command.addAll(Arrays.asList(options.split(" ")));
        Run.succeeding(folder, command);
        return folder.resolve("built");
    }

    ElfFile read(Path folder, String source) throws IOException {
        return ElfFile.read(build(folder, source));
    }

    @Override
    public String toString() {
        return tool.command() + " " + options;
    }
}
