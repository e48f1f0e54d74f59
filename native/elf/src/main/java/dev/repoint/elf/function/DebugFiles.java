package dev.repoint.elf.function;

import dev.repoint.elf.BuildId;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the debug files of stripped programs are looked for. Nothing is downloaded.
///
/// | for | in |
/// | --- | --- |
/// | build id `abcdef` | `FOLDER/.build-id/ab/cdef.debug` for each folder of debug files |
/// | | `CACHE/abcdef/debuginfo` for the cache of debuginfod |
/// | `.gnu_debuglink` of `/usr/bin/app` | `/usr/bin/`, `/usr/bin/.debug/`, `FOLDER/usr/bin/`, `FOLDER/` |
///
/// A file of another build is refused: by its build id, or by the checksum of the link.
///
/// @param folders of debug files, such as `/usr/lib/debug`
/// @param caches  of debuginfod
public record DebugFiles(List<Path> folders, List<Path> caches) {

    private static final Path USUAL = Path.of("/usr/lib/debug");

    /// Copies the lists.
    public DebugFiles {
        folders = List.copyOf(folders);
        caches = List.copyOf(caches);
    }

    /// What was found for a file.
    ///
    /// @param file     the debug file; empty if there is none that fits
    /// @param refusals one line for each file that does not fit
    public record Found(Optional<ElfFile> file, List<String> refusals) {}

    /// Looks nowhere.
    public static DebugFiles none() {
        return new DebugFiles(List.of(), List.of());
    }

    /// The usual places of a system.
    public static DebugFiles usual() {
        return of(List.of(), System.getenv());
    }

    /// The usual places, and others that come first.
    public static DebugFiles of(List<Path> first) {
        return of(first, System.getenv());
    }

    /// @param environment may name the cache of debuginfod, as `DEBUGINFOD_CACHE_PATH` or by `HOME`
    static DebugFiles of(List<Path> first, Map<String, String> environment) {
        List<Path> folders = new ArrayList<>(first);
        folders.add(USUAL);
        String cache = environment.getOrDefault("DEBUGINFOD_CACHE_PATH", "");
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        List<Path> found = new ArrayList<>();
        if (!cache.isEmpty()) {
            found.add(Path.of(cache));
        } else if (!caches.isEmpty()) {
            found.add(Path.of(caches, "debuginfod_client"));
        } else if (!home.isEmpty()) {
            found.add(Path.of(home, ".cache", "debuginfod_client"));
        }
        return new DebugFiles(folders, found);
    }

    /// Looks for the debug file of a file.
    public Found find(ElfFile file) {
        List<String> refusals = new ArrayList<>();
        Path own = real(Path.of(file.name()));
        for (Path candidate : byBuildId(file)) {
            Optional<ElfFile> found = open(candidate, own, file, null, refusals);
            if (found.isPresent()) {
                return new Found(found, refusals);
            }
        }
        DebugLink link = DebugLink.of(file).orElse(null);
        for (Path candidate : link == null ? List.<Path>of() : byLink(own, link)) {
            Optional<ElfFile> found = open(candidate, own, file, link, refusals);
            if (found.isPresent()) {
                return new Found(found, refusals);
            }
        }
        return new Found(Optional.empty(), refusals);
    }

    private List<Path> byBuildId(ElfFile file) {
        String hex = file.buildId().map(BuildId::hex).orElse("");
        List<Path> candidates = new ArrayList<>();
        if (hex.length() > 2) {
            for (Path folder : folders) {
                candidates.add(
                        folder.resolve(".build-id").resolve(hex.substring(0, 2)).resolve(hex.substring(2) + ".debug"));
            }
            for (Path cache : caches) {
                candidates.add(cache.resolve(hex).resolve("debuginfo"));
            }
        }
        return candidates;
    }

    private Set<Path> byLink(Path own, DebugLink link) {
        Set<Path> candidates = new LinkedHashSet<>();
        Path folder = own.getParent();
        if (folder != null) {
            candidates.add(folder.resolve(link.name()));
            candidates.add(folder.resolve(".debug").resolve(link.name()));
        }
        for (Path each : folders) {
            if (folder != null && folder.isAbsolute()) {
                candidates.add(each.resolve(folder.getRoot().relativize(folder)).resolve(link.name()));
            }
            candidates.add(each.resolve(link.name()));
        }
        return candidates;
    }

    /// Debuginfod leaves empty files where a server has nothing.
    private static Optional<ElfFile> open(
            Path candidate, Path own, ElfFile file, @Nullable DebugLink link, List<String> refusals) {
        try {
            boolean isThere = Files.isRegularFile(candidate) && Files.size(candidate) > 0;
            if (!isThere || real(candidate).equals(own)) {
                return Optional.empty();
            }
            ElfFile found = ElfFile.read(candidate);
            requireSameBuild(file, found);
            if (link != null && !link.fits(found)) {
                throw new ElfException(candidate + " is not the debug file of " + file.name()
                        + ": its checksum is not that of .gnu_debuglink");
            }
            return Optional.of(found);
        } catch (IOException e) {
            refusals.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /// Refuses the debug file of another build.
    static void requireSameBuild(ElfFile file, ElfFile debug) throws ElfException {
        if (debug.machine() != file.machine()) {
            throw new ElfException(debug.name() + " is not the debug file of " + file.name() + ": it is for "
                    + debug.machine().text());
        }
        boolean isOther = file.buildId().isPresent()
                && debug.buildId().isPresent()
                && !file.buildId().equals(debug.buildId());
        if (isOther) {
            throw new ElfException(debug.name() + " is not the debug file of " + file.name() + ": it has the build id "
                    + debug.buildId().get() + ", and the file " + file.buildId().get());
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
