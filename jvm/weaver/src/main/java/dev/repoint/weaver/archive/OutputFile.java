package dev.repoint.weaver.archive;

import dev.repoint.internal.report.FileFailure;
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

/// Writes a changed file. It writes a new file in the folder of the output, and then renames it.
///
/// @param contents the original file
/// @param listener receives the progress
record OutputFile(WholeContents contents, WorkListener listener) {

    /// The entries of the signature of the file.
    ///
    /// @param strip whether it may be removed
    /// @throws WeaveException if there is one, and it may not be removed
    List<String> signatures(boolean strip) {
        List<String> signatures =
                contents.format() == ArchiveFormat.JAR ? Signatures.among(contents.names()) : List.of();
        if (!signatures.isEmpty() && !strip) {
            throw new WeaveException(contents.file() + " is signed (" + signatures.get(0)
                    + "): changed classes would not match the signature; strip the signature (--strip-signatures)");
        }
        return signatures;
    }

    /// Whether libraries lose their signatures.
    ///
    /// @param changed the changed entries
    /// @throws WeaveException if one is signed, and its signature may not be removed
    boolean signsLibraries(Set<String> changed, boolean strip) {
        return contents instanceof ApplicationContents application
                && !new ApplicationWriter(application).signed(changed, strip).isEmpty();
    }

    /// Writes.
    ///
    /// @param changed the new content of changed entries
    /// @param signatures the entries of the signature, which are removed
    /// @return whether the output differs from the file
    boolean write(Path output, Map<String, byte[]> changed, List<String> signatures) {
        boolean change = !changed.isEmpty() || !signatures.isEmpty();
        try (Staging staging = contents.format() == ArchiveFormat.DIRECTORY
                ? Staging.folder(output)
                : Staging.file(output, contents.file())) {
            if (change) {
                fill(staging.path(), new HashMap<>(changed), signatures);
            } else {
                copy(staging.path());
            }
            staging.publish();
        } catch (IOException e) {
            throw new WeaveException(output + " cannot be written: " + FileFailure.reason(e), e);
        }
        return change;
    }

    private void fill(Path to, Map<String, byte[]> changed, List<String> signatures) throws IOException {
        if (contents instanceof JarContents jar) {
            write(jar, to, changed, signatures);
        } else if (contents instanceof ApplicationContents application) {
            write(application.jar(), to, new ApplicationWriter(application).packed(changed), signatures);
        } else if (contents instanceof DirectoryContents directory) {
            DirectoryWriter.write(directory, to, changed);
        } else if (contents instanceof SingleClass single) {
            Files.write(to, changed.getOrDefault(single.names().get(0), single.bytes()));
        }
    }

    private void write(JarContents jar, Path to, Map<String, byte[]> changed, List<String> signatures)
            throws IOException {
        byte[] manifest = jar.read(Signatures.MANIFEST);
        if (!signatures.isEmpty() && manifest != null) {
            changed.put(Signatures.MANIFEST, Signatures.withoutDigests(manifest));
        }
        JarWriter.write(jar, to, changed, Set.copyOf(signatures), listener);
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
