package dev.repoint.machine.witness;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
                    || text.matches("(rex[.WRXB]*|data16|addr32|repz|repnz|lock|[c-g,s]s| )+");
        }
    }

    private static final int LONGEST = 20;

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
            if (colon > 0 && line.substring(0, colon).strip().matches("[0-9a-f]+")) {
                lines.add(line(line, colon));
            }
        });
        return lines;
    }

    private static Line line(String line, int colon) {
        long address = Long.parseUnsignedLong(line.substring(0, colon).strip(), 16);
        String rest = line.substring(colon + 2);
        int tab = rest.indexOf('\t');
        String numbers = tab < 0 ? rest : rest.substring(0, tab);
        boolean raw = numbers.strip().matches("([0-9a-f]{2} ?)+|[0-9a-f]{8}");
        int length = !raw ? 0 : numbers.replace(" ", "").length() / 2;
        String text = raw ? (tab < 0 ? "" : rest.substring(tab + 1)) : rest;
        return new Line(address, length, text.strip().replaceAll("\\s+", " "));
    }
}
