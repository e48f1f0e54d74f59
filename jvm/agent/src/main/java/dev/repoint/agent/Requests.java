package dev.repoint.agent;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.Frame;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.Reply;
import dev.repoint.agent.control.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Answers requests for the classes that find one runtime. Whatever goes wrong becomes a line for the one who
/// asked, and nothing else.
///
/// Thread-safe.
final class Requests implements UnaryOperator<List<String>> {

    /// Asks a deputy where keys are: answered by [#LOADED], [#FILE], [#ABSENT] or [#REFUSED] for each, and the
    /// reason.
    static final String WHERE = "where";
    /// Asks a deputy which of some patterns match a patchable: answered by those.
    static final String MATCHING = "matching";
    /// Asks a deputy what was named in options and has come to nothing.
    static final String DISAPPOINTMENTS = "disappointments";
    /// Gives a deputy further options.
    static final String OPTIONS = "options";
    /// Gives a deputy all policies.
    static final String POLICIES = "policies";
    /// Asks a deputy to check a patch, and not to make it.
    private static final String CHECK = "check";

    /// The class of the key is loaded.
    static final String LOADED = "loaded";
    /// It is not loaded, and can be found.
    static final String FILE = "file";
    /// There is no such class or member.
    static final String ABSENT = "absent";
    /// The class is loaded, and the key means no member of it, or several.
    static final String REFUSED = "refused";

    private final Patches patches;
    private final KnownPatchables known;
    private final LoadedClasses classes;
    private final Report report;
    private final Consumer<String> options;
    private final Consumer<List<Policies.Assigned>> policies;

    /// @param options takes further options
    /// @param policies takes all policies
    Requests(
            Patches patches,
            KnownPatchables known,
            LoadedClasses classes,
            Report report,
            Consumer<String> options,
            Consumer<List<Policies.Assigned>> policies) {
        this.patches = patches;
        this.known = known;
        this.classes = classes;
        this.report = report;
        this.options = options;
        this.policies = policies;
    }

    /// A request to a deputy.
    static List<String> request(String verb, List<String> arguments) {
        List<String> request = new ArrayList<>();
        request.add(verb);
        request.addAll(arguments);
        return request;
    }

    /// A request to check a patch.
    static List<String> check(Request.Patch patch) {
        return request(CHECK, patch.frame().fields());
    }

    /// The reason for which a key is nowhere, out of those that [#WHERE] gave.
    static String reason(List<List<String>> places) {
        for (List<String> place : places) {
            if (place.getFirst().equals(REFUSED)) {
                return place.getLast();
            }
        }
        for (List<String> place : places) {
            if (place.getLast().contains("did you mean")) {
                return place.getLast();
            }
        }
        return places.getFirst().getLast();
    }

    /// Answers.
    ///
    /// @param request the fields of a request
    /// @return those of the reply
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
                    switch (request.getFirst()) {
                        case WHERE -> patches.where(arguments);
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
                        case DISAPPOINTMENTS ->
                            report.disappointments().stream().map(List::of).toList();
                        case OPTIONS -> {
                            options.accept(arguments.getFirst());
                            yield List.of();
                        }
                        case POLICIES -> {
                            policies.accept(Policies.Assigned.listOf(arguments));
                            yield List.of();
                        }
                        default -> rows(Request.of(new Frame(request)));
                    });
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
            case Request.Reset(List<String> keys) ->
                patches.reset(keys.stream().map(KeyPattern::parse).toList(), known).stream()
                        .map(Outcome::fields)
                        .toList();
            case Request.Patch patch ->
                patches.set(patch.changes(), patch.classpath(), patch.forced()).stream()
                        .map(Outcome::fields)
                        .toList();
        };
    }

    /// Puts a message into one line.
    static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
