package dev.repoint.internal.policy;

import dev.repoint.SyntaxException;
import dev.repoint.internal.report.Excerpt;
import dev.repoint.internal.report.WrongSyntax;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What conditions of offers ask: the processor, the operating system and the JDK.
///
/// The features of the processor are those that Linux lists in `/proc/cpuinfo`, as `flags` on x86-64 and as
/// `Features` on AArch64; where processors differ, those that all have. The system property `repoint.cpu` takes
/// their place where it is set: on systems that have no such file, and where fewer are to be used.
///
/// Immutable.
public final class Machine {

    /// Lists features, separated by commas, in place of what the operating system tells.
    static final String CPU_PROPERTY = "repoint.cpu";

    private static final Path CPU_FILE = Path.of("/proc/cpuinfo");

    private static volatile @Nullable Machine here;

    private final String os;
    private final String arch;
    private final int jdk;
    private final @Nullable Set<String> cpu;

    Machine(String os, String arch, int jdk, @Nullable Set<String> cpu) {
        this.os = os.toLowerCase(Locale.ROOT);
        this.arch = archName(arch);
        this.jdk = jdk;
        this.cpu = cpu;
    }

    /// The machine that runs this JVM.
    public static Machine here() {
        Machine known = here;
        if (known == null) {
            known = new Machine(
                    System.getProperty("os.name", ""),
                    System.getProperty("os.arch", ""),
                    Runtime.version().feature(),
                    features(System.getProperty(CPU_PROPERTY), CPU_FILE));
            here = known;
        }
        return known;
    }

    /// Why the processor will not do.
    ///
    /// @param features all of which it must have
    /// @return empty if it will
    public String lacksCpu(List<String> features) {
        if (features.isEmpty()) {
            return "";
        }
        if (cpu == null) {
            return "needs cpu " + String.join(", ", features) + ", and what this processor can do is not known; set "
                    + CPU_PROPERTY;
        }
        List<String> lacking = features.stream()
                .filter(feature -> !cpu.contains(feature.toLowerCase(Locale.ROOT)))
                .toList();
        return lacking.isEmpty() ? "" : "needs cpu " + String.join(", ", lacking);
    }

    /// Why the operating system will not do.
    ///
    /// @param names one of which it must be; empty for any
    /// @return empty if it will
    public String lacksOs(List<String> names) {
        boolean has = names.isEmpty() || names.stream().anyMatch(this::isOs);
        return has ? "" : "needs " + String.join(" or ", names);
    }

    /// Why the architecture will not do.
    ///
    /// @param names one of which it must be; empty for any
    /// @return empty if it will
    public String lacksArch(List<String> names) {
        boolean has = names.isEmpty()
                || names.stream().anyMatch(name -> archName(name).equals(arch));
        return has ? "" : "needs " + String.join(" or ", names);
    }

    /// Why the JDK will not do.
    ///
    /// @param versions `25`, `25+` or `21-24`; empty for any
    /// @return empty if it will
    /// @throws SyntaxException if they are not written so
    public String lacksJdk(String versions) {
        int[] range = range(versions);
        return range[0] <= jdk && jdk <= range[1] ? "" : "needs JDK " + versions;
    }

    /// Checks how versions of the JDK are written.
    ///
    /// @throws SyntaxException if they are not written as `25`, `25+` or `21-24`, or mean none
    public static void checkJdk(String versions) {
        int[] unused = range(versions);
    }

    /// Why the system properties will not do.
    ///
    /// @param properties `NAME` or `NAME=VALUE`, all of them
    /// @return empty if they will
    public static String lacksProperties(List<String> properties) {
        for (String property : properties) {
            int equals = property.indexOf('=');
            String value = System.getProperty(equals < 0 ? property : property.substring(0, equals));
            if (equals < 0 ? value == null : !property.substring(equals + 1).equals(value)) {
                return "needs property " + property;
            }
        }
        return "";
    }

    /// The features that are listed, or else those of all processors in a file; null if they are not known.
    static @Nullable Set<String> features(@Nullable String listed, Path file) {
        if (listed != null) {
            return words(listed.replace(',', ' '));
        }
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            Set<String> common = null;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int colon = line.indexOf(':');
                String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                if (name.equals("flags") || name.equals("features")) {
                    Set<String> here = words(line.substring(colon + 1));
                    if (common == null) {
                        common = here;
                    } else {
                        common.retainAll(here);
                    }
                }
            }
            return common;
        } catch (IOException e) {
            return null;
        }
    }

    private boolean isOs(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return os.startsWith(wanted.equals("macos") ? "mac" : wanted);
    }

    private static String archName(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (lower) {
            case "amd64", "x64" -> "x86-64";
            case "arm64" -> "aarch64";
            default -> lower;
        };
    }

    private static int[] range(String versions) {
        String text = versions.strip();
        if (text.isEmpty()) {
            return new int[] {0, Integer.MAX_VALUE};
        }
        int dash = text.indexOf('-');
        try {
            if (text.endsWith("+")) {
                return new int[] {Integer.parseUnsignedInt(text, 0, text.length() - 1, 10), Integer.MAX_VALUE};
            }
            int first = Integer.parseUnsignedInt(dash < 0 ? text : text.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseUnsignedInt(text.substring(dash + 1));
            if (first > last) {
                throw new WrongSyntax("jdk '" + versions + "': no version is from " + first + " to " + last + "; write "
                        + last + "-" + first);
            }
            return new int[] {first, last};
        } catch (NumberFormatException e) {
            throw new WrongSyntax("jdk '" + Excerpt.of(versions) + "': write 25, 25+ or 21-24", e);
        }
    }

    private static Set<String> words(String text) {
        Set<String> words =
                new TreeSet<>(List.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+")));
        words.remove("");
        return words;
    }
}
