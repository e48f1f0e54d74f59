package dev.repoint.it.machine;

import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The program of the matrix, built in one way.
///
/// @param build  in which way
/// @param folder where everything of it is
/// @param module the file to be patched: the executable, or its library
record Program(Build build, Path folder, Path module) {

    private static final List<String> C = List.of(
            "aliases.c",
            "callers.c",
            "defaults.c",
            "left.c",
            "plain.c",
            "pointers.c",
            "right.c",
            "rows.c",
            "branches.S");

    /// Compiles and links.
    ///
    /// @param sources the folder of the sources
    /// @param folder  an empty one
    static Program of(Build build, Path sources, Path folder) throws IOException {
        List<String> flags = new ArrayList<>(build.compile());
        flags.add("-I" + Sources.include());
        compile(folder, build.compiler().c(), flags, sources, C);
        List<String> cxx = new ArrayList<>(flags);
        cxx.addAll(List.of("-fno-exceptions", "-fno-rtti"));
        compile(folder, build.compiler().cxx(), cxx, sources, List.of("shapes.cc"));
        link(
                folder,
                build.compiler().c(),
                "libimports.so",
                List.of("-O2", "-fPIC", "-shared"),
                List.of(sources.resolve("imports.c").toString()));

        List<String> objects = new ArrayList<>();
        for (String source : C) {
            objects.add(object(source));
        }
        objects.add(object("shapes.cc"));
        List<String> link = new ArrayList<>(build.compile());
        link.addAll(build.link());
        String main = sources.resolve("main.c").toString();
        if (build.form().isLibrary()) {
            objects.addAll(List.of("-L.", "-limports"));
            link(folder, build.compiler().c(), "libmatrix.so", link, objects);
            List<String> plain = List.of("-I" + Sources.include(), "-O2", main, "-L.", "-lmatrix", "-limports");
            link(folder, build.compiler().c(), "program", List.of(), plain);
            return new Program(build, folder, folder.resolve("libmatrix.so"));
        }
        objects.addAll(List.of("-I" + Sources.include(), main, "-L.", "-limports"));
        link(folder, build.compiler().c(), "program", link, objects);
        return new Program(build, folder, folder.resolve("program"));
    }

    /// The rows that it prints, by name, in order.
    Map<String, String> rows() throws IOException {
        return rows(module);
    }

    /// The rows that it prints with its module replaced.
    ///
    /// @param patched a patched copy of the module, in a folder of its own under the same name
    Map<String, String> rows(Path patched) throws IOException {
        Path program = build.form().isLibrary() ? folder.resolve("program") : patched;
        String libraries = patched.getParent() + ":" + folder;
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : Run.succeeding(folder, build.compiler().run(libraries, program.toString()))
                .lines()) {
            String[] row = line.split(" ", 2);
            rows.put(row[0], row.length < 2 ? "" : row[1]);
        }
        return rows;
    }

    /// A place for a patched copy of the module.
    ///
    /// @param name of the copy; `env` takes what has an equals sign for a variable
    Path copy(String name) throws IOException {
        String plain = name.replaceAll("[^a-z_]+", "-");
        Path place = folder.resolve("patched").resolve(plain.substring(0, Math.min(plain.length(), 60)));
        return Files.createDirectories(place).resolve(module.getFileName());
    }

    private static void compile(
            Path folder, List<String> compiler, List<String> flags, Path sources, List<String> names)
            throws IOException {
        List<String> command = new ArrayList<>(compiler);
        command.addAll(flags);
        command.add("-c");
        for (String name : names) {
            command.add(sources.resolve(name).toString());
        }
        Run.succeeding(folder, command);
    }

    private static void link(Path folder, List<String> driver, String out, List<String> flags, List<String> inputs)
            throws IOException {
        List<String> command = new ArrayList<>(driver);
        command.addAll(flags);
        command.addAll(inputs);
        command.addAll(List.of("-o", out));
        Run.succeeding(folder, command);
    }

    private static String object(String source) {
        return source.substring(0, source.lastIndexOf('.')) + ".o";
    }
}
