package dev.repoint.agent;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.Frame;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.Reply;
import dev.repoint.agent.control.Request;
import dev.repoint.agent.patch.KnownPatchables;
import dev.repoint.agent.patch.PatchEngine;
import dev.repoint.agent.patch.Policies;
import dev.repoint.agent.trace.TraceRow;
import dev.repoint.agent.weave.DirectCalls;
import dev.repoint.agent.weave.LoadedClasses;
import dev.repoint.agent.weave.Report;
import dev.repoint.internal.report.PatchRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Answers requests for the classes that find one runtime. Every failure becomes one line for the client, and has no
/// other effect.
///
/// Thread-safe.
final class RequestHandler implements UnaryOperator<List<String>> {

    /// A request for the [location][KeyLocation] of keys. The reply has the location and the reason for each.
    static final String LOCATE = "locate";
    /// A request for those of some patterns that match a patchable.
    static final String MATCHING = "matching";
    /// A request for the keys of the options that have had no effect.
    static final String UNUSED_OPTIONS = "unusedOptions";
    /// A request that gives a secondary agent further options.
    static final String OPTIONS = "options";
    /// A request that gives a secondary agent all policies.
    static final String POLICIES = "policies";
    /// A request to check a patch without applying it.
    private static final String CHECK = "check";

    private final PatchEngine patches;
    private final KnownPatchables known;
    private final LoadedClasses classes;
    private final Report report;
    private final SharedOptions shared;
    private final Traces traces;
    private volatile @Nullable DirectCalls direct;

    /// @param shared receives further options, and all policies
    RequestHandler(
            PatchEngine patches, KnownPatchables known, LoadedClasses classes, Report report, SharedOptions shared) {
        this.patches = patches;
        this.known = known;
        this.classes = classes;
        this.report = report;
        this.shared = shared;
        this.traces = new Traces(patches);
    }

    /// The calls that are pointed elsewhere are part of the status.
    void know(DirectCalls calls) {
        direct = calls;
    }

    private List<List<String>> statuses() {
        List<PatchableStatus> all = new ArrayList<>(known.statuses());
        DirectCalls calls = direct;
        if (calls != null) {
            for (DirectCalls.Row each : calls.rows()) {
                all.removeIf(status -> status.key().equals(each.key()));
                String note = each.left() == 0 ? "" : each.left() + " more stay at the default";
                all.add(new PatchableStatus(each.key(), "", each.target(), "direct", each.pointed(), 0, "", note));
            }
        }
        return all.stream().map(PatchableStatus::fields).toList();
    }

    /// The fields of a request.
    static List<String> request(String verb, List<String> arguments) {
        List<String> request = new ArrayList<>();
        request.add(verb);
        request.addAll(arguments);
        return request;
    }

    /// Sends a request to a handler of this agent or of a secondary agent.
    ///
    /// @return the rows of the reply
    /// @throws PatchException if the handler refuses the request
    static List<List<String>> ask(UnaryOperator<List<String>> handler, List<String> request) {
        Reply reply = Reply.of(new Frame(handler.apply(request)));
        if (reply instanceof Reply.Refused refused) {
            throw new PatchRefusal(refused.message());
        }
        return ((Reply.Rows) reply).rows();
    }

    /// The keys of the options that have had no effect.
    List<String> unusedOptions() {
        return report.unusedOptions();
    }

    /// A request to check a patch.
    static List<String> check(Request.Patch patch) {
        return request(CHECK, patch.frame().fields());
    }

    /// Answers a request.
    ///
    /// @param request the fields of the request
    /// @return the fields of the reply
    @Override
    @SuppressWarnings("CatchingThrowable") // nothing that goes wrong here may reach the program
    public List<String> apply(List<String> request) {
        return answer(request).frame().fields();
    }

    @SuppressWarnings("CatchingThrowable") // likewise
    private Reply answer(List<String> request) {
        try {
            List<String> arguments = request.subList(1, request.size());
            return new Reply.Rows(
                    switch (request.get(0)) {
                        case LOCATE ->
                            patches.locate(arguments).stream()
                                    .map(each -> List.of(each.place().name(), each.reason()))
                                    .toList();
                        case MATCHING ->
                            patches.matching(arguments, known).stream()
                                    .map(List::of)
                                    .toList();
                        case CHECK -> {
                            if (Request.of(new Frame(arguments)) instanceof Request.Patch patch) {
                                patches.check(patch.changes(), patch.classpath());
                            }
                            yield List.of();
                        }
                        case UNUSED_OPTIONS ->
                            unusedOptions().stream().map(List::of).toList();
                        case OPTIONS -> {
                            shared.addText(arguments.get(0));
                            yield List.of();
                        }
                        case POLICIES -> {
                            shared.usePolicies(Policies.Assigned.listOf(arguments));
                            yield List.of();
                        }
                        default -> rows(Request.of(new Frame(request)));
                    });
        } catch (PatchException | SyntaxException | ControlException e) {
            return new Reply.Refused(oneLine(String.valueOf(e.getMessage())));
        } catch (Throwable e) {
            return new Reply.Refused(oneLine("the request failed in the program: " + e));
        }
    }

    private List<List<String>> rows(Request request) {
        if (request instanceof Request.Patch patch) {
            return patches.set(patch.changes(), patch.classpath(), patch.forced()).stream()
                    .map(Outcome::fields)
                    .toList();
        }
        if (request instanceof Request.Reset reset) {
            return patches.reset(reset.keys().stream().map(KeyPattern::parse).toList(), known).stream()
                    .map(Outcome::fields)
                    .toList();
        }
        if (request instanceof Request.Trace trace) {
            return List.of(List.of(traces.start(trace)));
        }
        if (request instanceof Request.Traced traced) {
            return traces.take(traced).stream().map(TraceRow::fields).toList();
        }
        classes.weaveMissed();
        return request instanceof Request.Status
                ? statuses()
                : report.lines().stream().map(List::of).toList();
    }

    /// Puts a message into one line.
    static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
