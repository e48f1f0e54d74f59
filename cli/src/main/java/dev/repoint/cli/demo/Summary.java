package dev.repoint.cli.demo;

import dev.repoint.cli.output.Style;
import dev.repoint.cli.output.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/// The summary at the end of the demo.
final class Summary {

    private static final double UNEQUAL = 0.1;

    private final Result result;
    private final Style style;

    Summary(Result result, Style style) {
        this.result = result;
        this.style = style;
    }

    /// Prints it.
    void print(PrintWriter out) {
        Quartiles before = result.throughput(Phase.BEFORE);
        Quartiles cpuBefore = result.perProcessorSecond(Phase.BEFORE);
        SummaryLabels terms = result.terms();
        Table table = new Table(Stream.concat(
                        Stream.of(""),
                        terms.measured().stream()
                                .map(phase -> ">" + phase.name().toLowerCase(Locale.ROOT)))
                .toArray(String[]::new));
        row(
                table,
                terms.calls() + " per s, median",
                phase -> Rate.text(result.throughput(phase).median()));
        row(table, "  middle half", phase -> rates(result.throughput(phase)));
        row(table, "relative to before", phase -> ratio(result.throughput(phase).median() / before.median()));
        row(
                table,
                "the same per CPU time",
                phase -> ratio(result.perProcessorSecond(phase).median() / cpuBefore.median()));
        row(table, terms.results() + " checked", phase -> String.format(Locale.ROOT, "%,d", result.checked(phase)));
        row(table, terms.results() + " wrong", phase -> String.format(Locale.ROOT, "%,d", result.wrong(phase)));
        row(table, terms.arrived(), this::arrived);
        row(table, terms.pause(), phase -> millis(result.recording().longestMillis(phase)));
        out.println();
        table.print(out, style);
        out.println();
        int width = result.changes().stream()
                .mapToInt(change -> change.title().length())
                .max()
                .orElse(0);
        result.changes().forEach(change -> out.println(line(change, width)));
        out.println();
        verdict(out, result.throughput(Phase.PATCHED).dividedBy(before));
        out.flush();
    }

    private void verdict(PrintWriter out, Quartiles speedUp) {
        List<String> faults = result.faults();
        faults.forEach(fault -> out.println(style.red("WRONG: " + fault)));
        if (!faults.isEmpty()) {
            return;
        }
        Quartiles cheaper = result.perProcessorSecond(Phase.PATCHED).dividedBy(result.perProcessorSecond(Phase.BEFORE));
        out.println(style.bold(style.green(ratio(speedUp.median()) + " the throughput")) + between(speedUp) + ", "
                + ratio(cheaper.median()) + " per CPU time" + between(cheaper));
        out.println(String.format(
                Locale.ROOT,
                "%,d %s checked, 0 wrong",
                result.recording().last().calls(),
                result.terms().results()));
        double before = result.processors(Phase.BEFORE);
        double patched = result.processors(Phase.PATCHED);
        if (Math.abs(before - patched) > UNEQUAL * Math.max(before, patched)) {
            out.println(style.yellow(String.format(
                    Locale.ROOT,
                    "%s: the service had %.1f processors before and %.1f patched."
                            + " Per CPU time is the fair figure.",
                    result.terms().competition(),
                    before,
                    patched)));
        }
    }

    private static String between(Quartiles spread) {
        return " (" + ratio(spread.low()) + " to " + ratio(spread.high()) + ")";
    }

    private String arrived(Phase phase) {
        long arrived = result.arrived(phase);
        return arrived > 0 && result.allArrived(phase) ? "all" : String.format(Locale.ROOT, "%,d", arrived);
    }

    private String line(TimedChange change, int width) {
        StringBuilder line = new StringBuilder(
                change.title() + ":" + " ".repeat(width - change.title().length() + 1));
        line.append(millis(change.millis()));
        change.pauseNanos()
                .ifPresent(nanos ->
                        line.append(String.format(Locale.ROOT, ", all threads stopped for %.2f ms", nanos / 1e6)));
        return line.append(", ")
                .append(result.terms().pauseDuringChange())
                .append(' ')
                .append(millis(result.recording().longestMillis(change.phase())))
                .toString();
    }

    private void row(Table table, String title, Function<Phase, String> cell) {
        List<Phase> measured = result.terms().measured();
        String[] cells = new String[measured.size() + 1];
        cells[0] = title;
        for (int i = 0; i < measured.size(); i++) {
            cells[i + 1] = cell.apply(measured.get(i));
        }
        table.row(cells);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2fx", value);
    }

    private static String rates(Quartiles spread) {
        return Rate.text(spread.low()) + "-" + Rate.text(spread.high());
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f ms" : "%.0f ms", value);
    }
}
