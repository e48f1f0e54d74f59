package dev.repoint.agent;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.Reply;
import dev.repoint.agent.control.Request;
import java.util.List;

/// Answers requests from outside. Whatever goes wrong becomes a line for the one who asked, and nothing else.
///
/// Thread-safe.
final class Requests {

    private final Patches patches;
    private final KnownPatchables known;
    private final LoadedClasses classes;
    private final Report report;

    Requests(Patches patches, KnownPatchables known, LoadedClasses classes, Report report) {
        this.patches = patches;
        this.known = known;
        this.classes = classes;
        this.report = report;
    }

    /// Answers.
    @SuppressWarnings("CatchingThrowable") // nothing that goes wrong here may reach the program
    Reply answer(Request request) {
        try {
            return new Reply.Rows(rows(request));
        } catch (PatchException | ControlException e) {
            return new Reply.Refused(oneLine(String.valueOf(e.getMessage())));
        } catch (Throwable e) {
            return new Reply.Refused(oneLine("the request failed in the program: " + e));
        }
    }

    private List<List<String>> rows(Request request) {
        return switch (request) {
            case Request.Status() -> {
                classes.weaveMissed();
                yield known.statuses().stream().map(PatchableStatus::fields).toList();
            }
            case Request.Report() -> {
                classes.weaveMissed();
                yield report.lines().stream().map(List::of).toList();
            }
            case Request.Reset(List<String> keys) -> patches.reset(keys.stream().map(KeyPattern::parse).toList(), known)
                    .stream()
                    .map(Outcome::fields)
                    .toList();
            case Request.Patch patch -> patches.set(patch.changes(), patch.classpath()).stream()
                    .map(Outcome::fields)
                    .toList();
        };
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
