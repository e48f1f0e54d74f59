package dev.repoint.agent;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.Reply;
import dev.repoint.agent.control.Request;
import dev.repoint.agent.patch.KeyLocation;
import dev.repoint.agent.patch.PatchEngine;
import dev.repoint.agent.weave.WeavePlan;
import dev.repoint.internal.report.PatchRefusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Answers requests from outside for all runtimes of the JVM: the runtime of the primary agent and those of the
/// secondary agents.
///
/// If several runtimes have the keys of a patch, the router first checks the patch in all of them. Then it applies
/// the patch in one runtime after the other. In each runtime the patch takes effect at one moment. If a runtime
/// refuses it, the router reverts it in the others.
///
/// Thread-safe.
final class RequestRouter {

    private static final String NOT_LOADED = "when it is loaded";

    private final RequestHandler own;
    private final SecondaryAgents secondaries;
    private final MissingRuntimes missingRuntimes;
    private final WeavePlan plan;
    private final PatchEngine patches;

    RequestRouter(
            RequestHandler own,
            SecondaryAgents secondaries,
            MissingRuntimes missingRuntimes,
            WeavePlan plan,
            PatchEngine patches) {
        this.own = own;
        this.secondaries = secondaries;
        this.missingRuntimes = missingRuntimes;
        this.plan = plan;
        this.patches = patches;
    }

    /// The changes for one runtime.
    private record Part(UnaryOperator<List<String>> runtime, List<Change> changes, List<Boolean> loaded) {}

    /// Answers a request. Every failure becomes one line for the client, and has no other effect.
    @SuppressWarnings("CatchingThrowable") // nothing that goes wrong here may reach the program
    synchronized Reply answer(Request request) {
        try {
            secondaries.find();
            return new Reply.Rows(rows(request));
        } catch (PatchException | SyntaxException | ControlException e) {
            return new Reply.Refused(RequestHandler.oneLine(String.valueOf(e.getMessage())));
        } catch (Throwable e) {
            return new Reply.Refused(RequestHandler.oneLine("the request failed in the program: " + e));
        }
    }

    private List<List<String>> rows(Request request) {
        if (request instanceof Request.Patch patch) {
            return set(patch);
        }
        if (request instanceof Request.Reset reset) {
            return reset(reset.keys());
        }
        if (request instanceof Request.Trace trace) {
            return trace(trace);
        }
        if (request instanceof Request.Traced traced) {
            return traced(traced);
        }
        return request instanceof Request.Status ? status(request.frame().fields()) : report();
    }

    /// The lines of the report.
    synchronized List<List<String>> report() {
        List<List<List<String>>> reports = runtimes().stream()
                .map(each -> RequestHandler.ask(each, List.of("report")))
                .toList();
        if (reports.size() == 1) {
            return reports.get(0);
        }
        Set<List<String>> lines = new LinkedHashSet<>();
        for (List<List<String>> report : reports) {
            for (List<String> line : report) {
                // A pattern has matched nothing only if no runtime has a match.
                if (!line.get(0).startsWith("unmatched ") || isInAll(line, reports)) {
                    lines.add(line);
                }
            }
        }
        return lines.stream()
                .sorted(Comparator.comparingInt(RequestRouter::section))
                .toList();
    }

    /// The keys of the options, without wildcards, that have had no effect in any runtime.
    synchronized List<String> unusedOptions() {
        List<UnaryOperator<List<String>>> runtimes = runtimes();
        if (runtimes.size() == 1) {
            return own.unusedOptions();
        }
        List<List<List<String>>> all = runtimes.stream()
                .map(each -> RequestHandler.ask(each, List.of(RequestHandler.UNUSED_OPTIONS)))
                .toList();
        return all.get(0).stream()
                .filter(line -> isInAll(line, all))
                .map(row -> row.get(0))
                .toList();
    }

    /// Whether all of them report this; their suggestions may differ.
    private static boolean isInAll(List<String> line, List<List<List<String>>> all) {
        String said = withoutAdvice(line);
        return all.stream()
                .allMatch(lines ->
                        lines.stream().map(RequestRouter::withoutAdvice).anyMatch(said::equals));
    }

    private static String withoutAdvice(List<String> line) {
        int advice = line.get(0).indexOf("; did you mean");
        return advice < 0 ? line.get(0) : line.get(0).substring(0, advice);
    }

    private static int section(List<String> line) {
        String text = line.get(0);
        return List.of("entry", "site", "refused", "unmatched").indexOf(text.substring(0, text.indexOf(' ')));
    }

    private List<UnaryOperator<List<String>>> runtimes() {
        List<UnaryOperator<List<String>>> all = new ArrayList<>();
        all.add(own);
        all.addAll(secondaries.all());
        return all;
    }

    private List<List<String>> status(List<String> request) {
        Set<List<String>> rows = new LinkedHashSet<>();
        runtimes().forEach(each -> rows.addAll(RequestHandler.ask(each, request)));
        return ordered(rows);
    }

    /// The rows of several runtimes by key. If one runtime waits for a class and another one has loaded it, the
    /// result has only the row of the loaded class.
    private static List<List<String>> ordered(Set<List<String>> rows) {
        List<String> loaded = rows.stream()
                .filter(row -> !isNotLoaded(row))
                .map(row -> row.get(0))
                .toList();
        return rows.stream()
                .filter(row -> !isNotLoaded(row)
                        || loaded.stream()
                                .noneMatch(key -> key.equals(row.get(0))
                                        || key.startsWith(row.get(0).concat("("))))
                .sorted(Comparator.comparing(row -> row.get(0)))
                .toList();
    }

    private static boolean isNotLoaded(List<String> row) {
        return row.get(row.size() - 1).equals(NOT_LOADED);
    }

    private List<List<String>> reset(List<String> keys) {
        List<UnaryOperator<List<String>>> runtimes = runtimes();
        if (runtimes.size() == 1) {
            return RequestHandler.ask(own, new Request.Reset(keys).frame().fields());
        }
        Map<UnaryOperator<List<String>>, List<String>> matching = new LinkedHashMap<>();
        Set<String> left = new LinkedHashSet<>(keys);
        for (UnaryOperator<List<String>> each : runtimes) {
            List<String> found =
                    RequestHandler.ask(each, RequestHandler.request(RequestHandler.MATCHING, keys)).stream()
                            .map(row -> row.get(0))
                            .toList();
            left.removeAll(found);
            if (keys.isEmpty() || !found.isEmpty()) {
                matching.put(each, found);
            }
        }
        if (!left.isEmpty()) {
            return RequestHandler.ask(
                    own, new Request.Reset(List.copyOf(left)).frame().fields()); // says what may be meant
        }
        Set<List<String>> rows = new LinkedHashSet<>();
        matching.forEach((each, found) -> rows.addAll(
                RequestHandler.ask(each, new Request.Reset(found).frame().fields())));
        return ordered(rows);
    }

    private List<List<String>> set(Request.Patch patch) {
        missingRuntimes.supplyFor(patch.changes());
        List<Part> parts = parts(patch.changes());
        if (parts.size() > 1) {
            for (Part part : parts) {
                List<List<String>> unused = RequestHandler.ask(
                        part.runtime, RequestHandler.check(new Request.Patch(part.changes, patch.classpath())));
            }
        }
        List<List<List<String>>> made = new ArrayList<>();
        for (Part part : parts) {
            Request.Patch request = new Request.Patch(part.changes, patch.classpath(), patch.forced());
            try {
                made.add(RequestHandler.ask(part.runtime, request.frame().fields()));
            } catch (PatchException | SyntaxException e) {
                for (int i = made.size() - 1; i >= 0; i--) {
                    takeBack(parts.get(i), made.get(i), patch.classpath());
                }
                throw e;
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).runtime != own) {
                assign(parts.get(i).changes, made.get(i), patch.classpath());
            }
        }
        return parts.size() == 1 ? made.get(0) : merged(patch.changes(), parts, made);
    }

    /// Starts a trace in each runtime that has keys of it. The identity has those of all of them.
    private List<List<String>> trace(Request.Trace trace) {
        List<Change> changes =
                trace.keys().stream().map(key -> new Change(key, "default")).toList();
        missingRuntimes.supplyFor(changes);
        List<UnaryOperator<List<String>>> runtimes = runtimes();
        List<String> ids = new ArrayList<>();
        try {
            for (Part part : parts(changes)) {
                List<String> keys = part.changes.stream().map(Change::key).toList();
                List<List<String>> started = RequestHandler.ask(
                        part.runtime,
                        new Request.Trace(keys, trace.options()).frame().fields());
                ids.add(runtimes.indexOf(part.runtime) + ":" + started.get(0).get(0));
            }
        } catch (PatchException | SyntaxException e) {
            if (!ids.isEmpty()) {
                List<List<String>> unused = traced(new Request.Traced(String.join(",", ids), true));
            }
            throw e;
        }
        return List.of(List.of(String.join(",", ids)));
    }

    private List<List<String>> traced(Request.Traced traced) {
        List<UnaryOperator<List<String>>> runtimes = runtimes();
        List<List<String>> rows = new ArrayList<>();
        for (String id : traced.id().split(",")) {
            int colon = id.indexOf(':');
            int runtime = colon < 0 ? -1 : Integer.parseInt(id.substring(0, colon));
            if (runtime < 0 || runtime >= runtimes.size()) {
                throw new ControlException("there is no trace " + traced.id());
            }
            Request one = new Request.Traced(id.substring(colon + 1), traced.isLast());
            rows.addAll(RequestHandler.ask(runtimes.get(runtime), one.frame().fields()));
        }
        return rows;
    }

    /// Records the targets of secondary agents, for later secondary agents.
    private void assign(List<Change> changes, List<List<String>> made, List<String> classpath) {
        for (int i = 0; i < changes.size(); i++) {
            String key = made.get(i).get(0);
            List<KeyPattern> unused = plan.addNamed(List.of(KeyPattern.parse(key)));
            patches.assign(changes.get(i), key, classpath);
        }
    }

    private static void takeBack(Part part, List<List<String>> made, List<String> classpath) {
        List<Change> back = made.stream()
                .map(Outcome::of)
                .map(outcome -> new Change(outcome.key(), outcome.before()))
                .toList();
        List<List<String>> unused = RequestHandler.ask(
                part.runtime, new Request.Patch(back, classpath, true).frame().fields());
    }

    /// Finds the runtimes that have each key.
    private List<Part> parts(List<Change> changes) {
        List<UnaryOperator<List<String>>> runtimes = runtimes();
        if (runtimes.size() == 1) {
            return List.of(new Part(own, changes, List.of()));
        }
        List<String> keys = changes.stream().map(Change::key).toList();
        List<List<KeyLocation>> locations =
                runtimes.stream().map(each -> locations(each, keys)).toList();
        List<Part> parts = new ArrayList<>();
        for (int each = 0; each < locations.size(); each++) {
            Part part = new Part(runtimes.get(each), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < changes.size(); i++) {
                KeyLocation location = locations.get(each).get(i);
                if (location.isFound()) {
                    part.changes.add(changes.get(i));
                    part.loaded.add(location.place() == KeyLocation.Place.LOADED);
                }
            }
            if (!part.changes.isEmpty()) {
                parts.add(part);
            }
        }
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (parts.stream().noneMatch(part -> part.changes.contains(change))) {
                int at = i;
                throw new PatchRefusal(
                        reason(locations.stream().map(each -> each.get(at)).toList()));
            }
        }
        return parts;
    }

    private static List<KeyLocation> locations(UnaryOperator<List<String>> runtime, List<String> keys) {
        return RequestHandler.ask(runtime, RequestHandler.request(RequestHandler.LOCATE, keys)).stream()
                .map(row -> new KeyLocation(KeyLocation.Place.valueOf(row.get(0)), row.get(row.size() - 1)))
                .toList();
    }

    /// The reason why no runtime has a key: the refusal of a loaded class, otherwise a message with a suggestion,
    /// otherwise the first message.
    private static String reason(List<KeyLocation> locations) {
        return locations.stream()
                .filter(each -> each.place() == KeyLocation.Place.REFUSED)
                .findFirst()
                .or(() -> locations.stream()
                        .filter(each -> each.reason().contains("did you mean"))
                        .findFirst())
                .orElse(locations.get(0))
                .reason();
    }

    /// The result of each change: of the runtimes that have loaded the class, or of all if none has.
    private static List<List<String>> merged(List<Change> changes, List<Part> parts, List<List<List<String>>> made) {
        List<List<String>> rows = new ArrayList<>();
        for (Change change : changes) {
            Map<List<String>, Integer> loaded = new LinkedHashMap<>();
            Set<List<String>> others = new LinkedHashSet<>();
            for (int each = 0; each < parts.size(); each++) {
                int at = parts.get(each).changes.indexOf(change);
                if (at >= 0 && parts.get(each).loaded.get(at)) {
                    loaded.merge(made.get(each).get(at), 1, Integer::sum);
                } else if (at >= 0) {
                    others.add(made.get(each).get(at));
                }
            }
            loaded.forEach((row, times) -> rows.add(times == 1 ? row : times(row, times)));
            others.stream()
                    .filter(row -> loaded.isEmpty()
                            || row.get(row.size() - 1).startsWith("at its calls, in ")
                                    && !row.get(row.size() - 1).startsWith("at its calls, in 0 "))
                    .forEach(rows::add);
        }
        return rows;
    }

    private static List<String> times(List<String> row, int times) {
        Outcome outcome = Outcome.of(row);
        String where = "in " + times + " runtimes";
        String note = outcome.note().isEmpty() ? where : outcome.note() + ", " + where;
        return new Outcome(outcome.key(), outcome.before(), outcome.target(), note).fields();
    }
}
