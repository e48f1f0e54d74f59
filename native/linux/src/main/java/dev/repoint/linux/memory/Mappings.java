package dev.repoint.linux.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was mapped in this process at one moment. Immutable.
///
/// @param all by address, without overlaps; those of the kernel at the top of the address space are left out
public record Mappings(List<Mapping> all) {

    private static final Path MAPS = Path.of("/proc/self/maps");

    /// Copies the list.
    public Mappings {
        all = List.copyOf(all);
    }

    /// What is mapped in this process now.
    public static Mappings now() {
        try {
            return read(MAPS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is mapped in a process now; nothing if it is a thread of the kernel, or has ended and waits for its
    /// parent.
    ///
    /// @throws IOException if there is no such process, or it may not be asked
    public static Mappings of(long pid) throws IOException {
        return read(Path.of("/proc", Long.toString(pid), "maps"));
    }

    private static Mappings read(Path maps) throws IOException {
        // A path may hold any bytes but a line feed, which the kernel writes as \012.
        String text = new String(Files.readAllBytes(maps), StandardCharsets.UTF_8);
        return new Mappings(text.lines()
                .map(Mapping::parse)
                .filter(each -> each.start() > 0)
                .toList());
    }

    /// The mapping that holds bytes as a whole; null if none does.
    public @Nullable Mapping containing(long address, long length) {
        int low = 0;
        int high = all.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Mapping each = all.get(middle);
            if (address < each.start()) {
                high = middle - 1;
            } else if (address >= each.end()) {
                low = middle + 1;
            } else {
                return each.contains(address, length) ? each : null;
            }
        }
        return null;
    }
}
