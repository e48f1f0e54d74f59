package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.weaver.Selection;
import dev.repoint.weaver.archive.Archive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Compiles the programs of these tests, so that they have nothing of Repoint on their class path.
///
/// @param folder an empty folder to work in
record Sources(Path folder) {

    /// Compiles files into a folder of that name.
    ///
    /// @param name of the folder
    /// @param options for the compiler
    /// @param files each with its path in the first line, behind `//`
    Path compile(String name, List<String> options, String... files) {
        try {
            Path classes = folder.resolve(name);
            List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none"));
            arguments.addAll(options);
            for (String file : files) {
                Path path = folder.resolve(name + "-src")
                        .resolve(file.lines()
                                .findFirst()
                                .orElseThrow()
                                .substring(2)
                                .strip());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file);
                arguments.add(path.toString());
            }
            int exit = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            assertThat(exit).as("compiling " + name).isZero();
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As [#compile(String, List, String...)], without options.
    Path compile(String name, String... files) {
        return compile(name, List.of(), files);
    }

    /// Weaves the methods and fields that carry the annotation.
    ///
    /// @param classes a jar or a folder
    /// @return another one of the same kind, beside it
    static Path woven(Path classes) {
        Path to = classes.resolveSibling("woven-" + classes.getFileName());
        try (Archive archive = Archive.open(classes)) {
            archive.weave(Selection.ofAnnotated(), to, false);
        }
        return to;
    }

    /// Puts a folder of classes into a jar.
    Path jar(Path classes, String premainClass) throws IOException {
        Path jar = classes.resolveSibling(classes.getFileName() + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!premainClass.isEmpty()) {
            manifest.getMainAttributes().putValue("Premain-Class", premainClass);
            manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
