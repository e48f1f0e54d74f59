package dev.repoint.weaver.archive;

import dev.repoint.weaver.Policy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Weaves a file, and writes it.
///
/// @param contents the original file
/// @param weaving the weaving; not run yet
record ArchiveOutput(WholeContents contents, ArchiveWeaving weaving) {

    /// Weaves and writes.
    ///
    /// @param stripSignatures whether to weave a signed jar and remove its signatures
    WeaveSummary write(Path output, boolean stripSignatures) {
        OutputFile file = file();
        List<String> signatures = file.signatures(stripSignatures);
        weaving.run();
        return write(file, output, signatures, stripSignatures);
    }

    /// Patches and writes.
    ///
    /// @param output the new file; null to write nothing
    /// @param stripSignatures whether to patch a signed jar and remove its signatures
    WeaveSummary patch(List<Policy> policies, @Nullable Path output, boolean stripSignatures) {
        OutputFile file = file();
        List<String> signatures = file.signatures(stripSignatures);
        weaving.decide(policies);
        return write(file, output, signatures, stripSignatures);
    }

    private WeaveSummary write(OutputFile file, @Nullable Path output, List<String> signatures, boolean strip) {
        boolean ofLibraries = file.signsLibraries(weaving.changed().keySet(), strip);
        boolean change =
                output == null ? !weaving.changed().isEmpty() : file.write(output, weaving.changed(), signatures);
        return weaving.summary(change, !signatures.isEmpty() || ofLibraries);
    }

    private OutputFile file() {
        return new OutputFile(contents, weaving.listener());
    }
}
