package dev.repoint.it.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// The addresses that the relocations of a file name, as `readelf -r` lists them; without those of debug
/// information, which are no addresses.
final class Relocations {

    private final NavigableSet<Long> offsets = new TreeSet<>();
    private boolean wanted;

    /// Reads them.
    static Relocations of(Path file) throws IOException {
        Relocations relocations = new Relocations();
        Tool.lines(List.of("readelf", "-rW", file.toString()), relocations::line);
        return relocations;
    }

    private void line(String line) {
        if (line.startsWith("Relocation section ")) {
            wanted = !line.contains("'.rela.debug_");
        } else if (wanted && !line.isEmpty() && Character.digit(line.charAt(0), 16) >= 0) {
            offsets.add(Long.parseUnsignedLong(line.substring(0, line.indexOf(' ')), 16));
        }
    }

    /// Whether one of them lies in a range of addresses.
    boolean anyIn(long from, int length) {
        Long first = offsets.ceiling(from);
        return first != null && first < from + length;
    }
}
