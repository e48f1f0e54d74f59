package dev.repoint.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the measurements were taken: figures mean nothing without it.
///
/// @param cpu the model as the kernel names it
/// @param cores how many the JVM may use
/// @param kernel name and version of the operating system
/// @param jdk version and vendor
public record Machine(String cpu, int cores, String kernel, String jdk) {

    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    /// The machine that this runs on.
    ///
    /// @param jdk what is measured there
    /// @return its description
    /// @throws IOException if the kernel's description cannot be read
    public static Machine here(Jdk jdk) throws IOException {
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                jdk.vm());
    }

    /// One line.
    @Override
    public String toString() {
        return cpu + ", " + cores + " cores; " + kernel + "; " + jdk;
    }

    private static String cpuModel() throws IOException {
        String architecture = System.getProperty("os.arch");
        if (!Files.isReadable(CPUINFO)) {
            return architecture;
        }
        return Files.readAllLines(CPUINFO).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip() + " (" + architecture + ")")
                .findFirst()
                .orElse(architecture);
    }
}
