package dev.repoint.cli;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.SyntaxException;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.output.StatusLine;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.report.Count;
import dev.repoint.cli.report.DirectJson;
import dev.repoint.cli.report.DirectText;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.DirectSummary;
import dev.repoint.weaver.archive.NestedJars;
import dev.repoint.weaver.direct.DirectResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The patch of a jar, or of a folder of classes, whose calls are pointed at the targets.
///
/// @param file            to read
/// @param output          to write; null to write nothing
/// @param libraries       which jars inside it are looked into
/// @param stripSignatures whether a signed jar may lose its signature
/// @param isClosed        whether no class outside extends one of the file
/// @param force           whether to write although calls still reach a method
/// @param spec            of the command
record DirectJarPatch(
        Path file,
        @Nullable Path output,
        NestedJars libraries,
        boolean stripSignatures,
        boolean isClosed,
        boolean force,
        CommandSpec spec) {

    /// Writes it, and reports.
    ///
    /// @param typed `KEY=TARGET`
    /// @throws CommandFailure if something cannot be; nothing is written then
    void write(List<String> typed, boolean isJson) {
        DirectSummary summary;
        try (StatusLine status = StatusLine.on(spec.commandLine().getErr());
                Archive archive = Archive.open(file, libraries)) {
            archive.listen((step, done, all) -> status.show(step, done, all, "entries"));
            List<Policy> changes = parsed(typed).stream().map(archive::resolved).toList();
            requireKnown(archive, changes);
            summary = archive.point(changes, isClosed, force, output, stripSignatures);
            List<KeyPattern> keys = changes.stream().map(Policy::key).toList();
            CaveatLines.tell(
                    archive, summary.keys().stream().map(DirectResult::key).toList(), keys, new Notices(spec));
        } catch (WeaveException e) {
            boolean isSigned =
                    !stripSignatures && String.valueOf(e.getMessage()).contains("is signed");
            throw new CommandFailure(e.getMessage() + (isSigned ? " (--strip-signatures)" : ""), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            DirectJson.print(file, output, summary, out);
        } else {
            new DirectText(out, Style.ofOutput()).print(file, output, summary, !force);
        }
        requireComplete(summary);
    }

    private List<Policy> parsed(List<String> typed) {
        try {
            return typed.stream().map(Policy::parse).toList();
        } catch (SyntaxException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /// A class of the file has no method of the name: a similar one may be meant. Methods of other files need not be
    /// declared in it.
    private void requireKnown(Archive archive, List<Policy> changes) {
        SortedSet<Key> members = archive.members();
        for (Policy each : changes) {
            boolean isOwn = members.stream().anyMatch(member -> each.key().matchesOwner(member.owner()));
            if (isOwn
                    && members.stream().noneMatch(each.key()::matches)
                    && !each.key().name().startsWith("<")) {
                throw NoMatch.failure(each.key(), List.of(file), members);
            }
        }
    }

    private void requireComplete(DirectSummary summary) {
        for (DirectResult each : summary.keys()) {
            if (each.refusal() != null) {
                throw failure(each.key() + ": " + each.refusal());
            }
        }
        if (!force && summary.isPartial()) {
            int left = summary.keys().stream()
                    .mapToInt(each -> each.left().size() + each.unseen().size())
                    .sum();
            throw failure(Count.of(left, "call", "calls") + " would still reach "
                    + (summary.keys().size() == 1 ? summary.keys().getFirst().key() : "the methods")
                    + (isClosed ? "" : " (--closed-world rules out subclasses outside of it)")
                    + "; --force leaves calls as they are");
        }
        for (DirectResult each : summary.keys()) {
            if (each.isWithoutEffect()) {
                throw failure(each.key() + ": no call in it can be pointed elsewhere");
            }
        }
    }

    private CommandFailure failure(String text) {
        return new CommandFailure(file + ": " + text + (output == null ? "" : "; nothing was written"));
    }
}
