package dev.repoint.cli;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.SyntaxException;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.output.JsonWriter;
import dev.repoint.cli.output.StatusLine;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.report.Count;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.NestedJars;
import dev.repoint.weaver.archive.WeaveSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The patch of a jar, or of a folder of classes.
///
/// @param file            to read
/// @param output          to write; null to write nothing
/// @param libraries       which jars inside it are looked into
/// @param stripSignatures whether a signed jar may lose its signature
/// @param spec            of the command
record JarPatch(Path file, @Nullable Path output, NestedJars libraries, boolean stripSignatures, CommandSpec spec) {

    /// Writes it, and reports.
    ///
    /// @param typed `KEY=TARGET`
    /// @throws CommandFailure if something cannot be; nothing is written then
    void write(List<String> typed, boolean isJson) {
        try (StatusLine status = StatusLine.on(spec.commandLine().getErr());
                Archive archive = Archive.open(file, libraries)) {
            archive.listen((step, done, all) -> status.show(step, done, all, "entries"));
            List<Policy> changes = parsed(typed).stream().map(archive::resolved).toList();
            SortedSet<Key> members = archive.members();
            for (Policy each : changes) {
                if (members.stream().noneMatch(each.key()::matches)) {
                    archive.requireReadable(each.key());
                    throw NoMatch.failure(each.key(), List.of(file), members);
                }
            }
            WeaveSummary summary = archive.patch(changes, output, stripSignatures);
            List<KeyPattern> keys = changes.stream().map(Policy::key).toList();
            CaveatLines.tell(
                    archive,
                    members.stream()
                            .filter(key -> keys.stream().anyMatch(each -> each.matches(key)))
                            .toList(),
                    keys,
                    new Notices(spec));
            status.close();
            if (isJson) {
                json(changes, summary);
            } else {
                text(changes, summary);
            }
        } catch (WeaveException e) {
            boolean isSigned =
                    !stripSignatures && String.valueOf(e.getMessage()).contains("is signed");
            throw new CommandFailure(e.getMessage() + (isSigned ? " (--strip-signatures)" : ""), e);
        }
    }

    private List<Policy> parsed(List<String> typed) {
        try {
            return typed.stream().map(Policy::parse).toList();
        } catch (SyntaxException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void text(List<Policy> changes, WeaveSummary summary) {
        Style style = Style.ofOutput();
        PrintWriter out = spec.commandLine().getOut();
        for (Policy each : changes) {
            out.println(style.bold(each.key().toString()) + " -> "
                    + style.bold(each.target().toString()));
        }
        String count = Count.of(changes.size(), "patchable", "patchables");
        String woven = Count.of(summary.woven(), "class", "classes") + " woven";
        Path written = output;
        out.println(
                written == null
                        ? style.bold(file.toString()) + ": would change " + count + ", " + woven
                                + "; nothing was written"
                        : style.bold(written.toString()) + ": changed " + count + ", " + woven);
        if (!summary.runtime().isEmpty()) {
            out.println("  " + summary.runtime());
        }
    }

    private void json(List<Policy> changes, WeaveSummary summary) {
        JsonWriter json = new JsonWriter(spec.commandLine().getOut());
        json.object().name("file").value(file.toString());
        if (output != null) {
            json.name("output").value(output.toString());
        }
        json.name("woven").value(summary.woven());
        json.name("keys").array();
        for (Policy each : changes) {
            json.object().name("key").value(each.key().toString());
            json.name("target").value(each.target().toString()).endObject();
        }
        json.endArray().endObject().end();
    }
}
