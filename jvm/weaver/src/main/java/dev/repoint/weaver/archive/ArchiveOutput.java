package dev.repoint.weaver.archive;

import dev.repoint.internal.report.FileFailure;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Staging;
import dev.repoint.weaver.WeaveException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a woven file. It writes a new file in the folder of the output, and then renames it.
///
/// @param contents the original file
/// @param weaving the weaving; not run yet
record ArchiveOutput(WholeContents contents, ArchiveWeaving weaving) {

    /// Weaves and writes.
    ///
    /// @param stripSignatures whether to weave a signed jar and remove its signatures
    WeaveSummary write(Path output, boolean stripSignatures) {
        List<String> signatures = signatures(stripSignatures);
        weaving.run();
        return write(output, signatures, ofLibraries(stripSignatures));
    }

    /// Patches and writes.
    ///
    /// @param output the new file; null to write nothing
    /// @param stripSignatures whether to patch a signed jar and remove its signatures
    WeaveSummary patch(List<Policy> policies, @Nullable Path output, boolean stripSignatures) {
        List<String> signatures = signatures(stripSignatures);
        weaving.decide(policies);
        boolean ofLibraries = ofLibraries(stripSignatures);
        return output == null
                ? weaving.summary(!weaving.changed().isEmpty(), !signatures.isEmpty() || ofLibraries)
                : write(output, signatures, ofLibraries);
    }

    /// Whether libraries lose their signatures.
    private boolean ofLibraries(boolean strip) {
        return contents instanceof ApplicationContents application
                && !new ApplicationWriter(application)
                        .signed(weaving.changed().keySet(), strip)
                        .isEmpty();
    }

    private WeaveSummary write(Path output, List<String> signatures, boolean ofLibraries) {
        boolean change = !weaving.changed().isEmpty() || !signatures.isEmpty();
        try (Staging staging = contents.format() == ArchiveFormat.DIRECTORY
                ? Staging.folder(output)
                : Staging.file(output, contents.file())) {
            if (change) {
                fill(staging.path(), signatures);
            } else {
                copy(staging.path());
            }
            staging.publish();
        } catch (IOException e) {
            throw new WeaveException(output + " cannot be written: " + FileFailure.reason(e), e);
        }
        return weaving.summary(change, !signatures.isEmpty() || ofLibraries);
    }

    private List<String> signatures(boolean strip) {
        List<String> signatures =
                contents.format() == ArchiveFormat.JAR ? Signatures.among(contents.names()) : List.of();
        if (!signatures.isEmpty() && !strip) {
            throw new WeaveException(contents.file() + " is signed (" + signatures.get(0)
                    + "): woven classes would not match the signature; strip the signature (--strip-signatures)");
        }
        return signatures;
    }

    private void fill(Path to, List<String> signatures) throws IOException {
        Map<String, byte[]> changed = new HashMap<>(weaving.changed());
        if (contents instanceof JarContents jar) {
            write(jar, to, changed, signatures);
        } else if (contents instanceof ApplicationContents application) {
            write(application.jar(), to, new ApplicationWriter(application).packed(changed), signatures);
        } else if (contents instanceof DirectoryContents directory) {
            DirectoryWriter.write(directory, to, changed);
        } else if (contents instanceof SingleClass file) {
            Files.write(to, changed.getOrDefault(file.names().get(0), file.bytes()));
        }
    }

    private void write(JarContents jar, Path to, Map<String, byte[]> changed, List<String> signatures)
            throws IOException {
        byte[] manifest = jar.read(Signatures.MANIFEST);
        if (!signatures.isEmpty() && manifest != null) {
            changed.put(Signatures.MANIFEST, Signatures.withoutDigests(manifest));
        }
        JarWriter.write(jar, to, changed, Set.copyOf(signatures), weaving.listener());
    }

    private void copy(Path to) throws IOException {
        if (contents instanceof DirectoryContents directory) {
            DirectoryWriter.write(directory, to, Map.of());
        } else {
            try (OutputStream out = Files.newOutputStream(to)) {
                Files.copy(contents.file(), out);
            }
        }
    }
}
