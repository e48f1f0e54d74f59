package dev.repoint.machine.witness;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What `objdump` makes of code.
public final class Objdump {

    /// An instruction.
    ///
    /// @param address of its first byte
    /// @param length  in bytes; 0 if the numbers were not asked for
    /// @param text    with single spaces
    public record Line(long address, int length, String text) {

        /// Whether it is no instruction, or a prefix without one.
        public boolean isBad() {
            return text.isEmpty()
                    || text.contains("(bad)")
                    || text.startsWith(".")
                    || PREFIXES.matcher(text).matches();
        }
    }

    private static final int LONGEST = 20;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern PREFIXES = Pattern.compile("(rex[.WRXB]*|data16|addr32|repz|repnz|lock|[c-g,s]s| )+");

    private Objdump() {}

    /// The code of a file without format.
    public static List<Line> ofBytes(Path folder, byte[] bytes, long address, boolean aarch64) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "code", ".bin"), bytes);
        List<String> command = new ArrayList<>(List.of(tool(aarch64), "-D", "-z", "-w", "-b", "binary"));
        command.addAll(List.of("-m", aarch64 ? "aarch64" : "i386:x86-64"));
        command.addAll(List.of("--insn-width=" + LONGEST, "--adjust-vma=0x" + Long.toHexString(address)));
        command.add(file.toString());
        return lines(Run.succeeding(folder, command));
    }

    /// The executable sections of an ELF file, without numbers.
    public static List<Line> ofFile(Path file, boolean aarch64) throws IOException {
        return lines(Run.succeeding(
                Path.of("/"), List.of(tool(aarch64), "-d", "-z", "-w", "--no-show-raw-insn", file.toString())));
    }

    private static String tool(boolean aarch64) {
        return (aarch64 ? Tool.AARCH64_OBJDUMP : Tool.OBJDUMP).required().command();
    }

    private static List<Line> lines(Run run) {
        List<Line> lines = new ArrayList<>();
        run.output().lines().forEach(line -> {
            int colon = line.indexOf(":\t");
            String address = colon > 0 ? line.substring(0, colon).strip() : "";
            if (digits(address) > 0 && digits(address) == address.length()) {
                lines.add(line(Long.parseUnsignedLong(address, 16), line.substring(colon + 2)));
            }
        });
        return lines;
    }

    private static Line line(long address, String rest) {
        int tab = rest.indexOf('\t');
        String first = tab < 0 ? rest : rest.substring(0, tab);
        int length = length(first.strip());
        String text = length == 0 ? rest : tab < 0 ? "" : rest.substring(tab + 1);
        return new Line(address, length, singleBlanks(text.strip()));
    }

    /// Of how many bytes these are the numbers, as pairs of digits or as one word; 0 if they are none.
    private static int length(String numbers) {
        if (numbers.length() == 8 && digits(numbers) == 8) {
            return 4;
        }
        int pairs = 0;
        for (String left = numbers; !left.isEmpty(); left = left.substring(Math.min(3, left.length()))) {
            if (digits(left) != 2) {
                return 0;
            }
            pairs++;
        }
        return pairs;
    }

    /// How many digits it begins with.
    private static int digits(String text) {
        int digits = 0;
        while (digits < text.length() && "0123456789abcdef".indexOf(text.charAt(digits)) >= 0) {
            digits++;
        }
        return digits;
    }

    private static String singleBlanks(String text) {
        return text.contains("  ") || text.indexOf('\t') >= 0
                ? BLANKS.matcher(text).replaceAll(" ")
                : text;
    }
}
