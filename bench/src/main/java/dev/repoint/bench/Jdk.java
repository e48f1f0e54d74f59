package dev.repoint.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// A JDK that calls are measured on.
///
/// @param home its folder
/// @param release its number, such as 17
/// @param vm version and vendor
public record Jdk(Path home, int release, String vm) {

    private static final int FIRST_WITH_WARNINGS_OF_UNSAFE = 23;

    /// The one that this runs on.
    ///
    /// @return it
    public static Jdk own() {
        Map<String, String> properties = new TreeMap<>();
        System.getProperties().forEach((name, value) -> properties.put(name.toString(), value.toString()));
        return of(Path.of(System.getProperty("java.home")), properties);
    }

    /// Asks a JDK what it is.
    ///
    /// @param home its folder
    /// @return its description
    /// @throws IOException if it has no `bin/java` that runs
    /// @throws InterruptedException if the thread is interrupted
    public static Jdk at(Path home) throws IOException, InterruptedException {
        Path java = home.resolve("bin/java");
        if (!Files.isExecutable(java)) {
            throw new IOException(java + " is no program; name the folder of a JDK");
        }
        Process process = new ProcessBuilder(java.toString(), "-XshowSettings:properties", "-version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(java + " does not run: " + said.strip());
        }
        Map<String, String> properties = new TreeMap<>();
        said.lines()
                .map(line -> line.strip().split(" = ", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> properties.put(pair[0], pair[1]));
        return of(home.toAbsolutePath(), properties);
    }

    /// The program.
    ///
    /// @return its path
    public Path java() {
        return home.resolve("bin/java");
    }

    /// Whether its JVM warns of `sun.misc.Unsafe`, which JMH uses, and knows the option that allows it.
    ///
    /// @return whether it does
    public boolean warnsOfUnsafe() {
        return release >= FIRST_WITH_WARNINGS_OF_UNSAFE;
    }

    private static Jdk of(Path home, Map<String, String> properties) {
        return new Jdk(
                home,
                Integer.parseInt(property(properties, "java.specification.version")),
                property(properties, "java.vm.name") + " " + property(properties, "java.vm.version") + ", "
                        + property(properties, "java.vendor"));
    }

    private static String property(Map<String, String> properties, String name) {
        String value = properties.get(name);
        if (value == null) {
            throw new IllegalStateException("the JVM does not tell its " + name);
        }
        return value;
    }
}
