package dev.repoint.cli.demo;

import dev.repoint.cli.output.Style;
import dev.repoint.cli.output.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The summary at the end of the demo.
final class Summary {

    private static final List<Phase> MEASURED = List.of(Phase.BEFORE, Phase.PATCHED, Phase.AFTER);

    private final Result result;
    private final Style style;

    Summary(Result result, Style style) {
        this.result = result;
        this.style = style;
    }

    /// Prints it.
    void print(PrintWriter out) {
        Spread before = result.throughput(Phase.BEFORE);
        Spread cpuBefore = result.perProcessorSecond(Phase.BEFORE);
        Table table = new Table("", ">before", ">patched", ">after");
        row(table, "calls per s, median", phase -> Rate.text(result.throughput(phase).median()));
        row(table, "  middle half", phase -> rates(result.throughput(phase)));
        row(table, "relative to before", phase -> ratio(result.throughput(phase).median() / before.median()));
        row(
                table,
                "the same per CPU time",
                phase -> ratio(result.perProcessorSecond(phase).median() / cpuBefore.median()));
        row(table, "results checked", phase -> String.format(Locale.ROOT, "%,d", result.checked(phase)));
        row(table, "results wrong", phase -> String.format(Locale.ROOT, "%,d", result.wrong(phase)));
        row(table, "calls at HexFormat", this::arrived);
        row(table, "longest pause", phase -> millis(result.recording().longestMillis(phase)));
        out.println();
        table.print(out, style);
        out.println();
        out.printf(
                Locale.ROOT,
                "set, with attaching: %s, longest pause of a worker %s%n",
                millis(result.setMillis()),
                millis(result.recording().longestMillis(Phase.SETTING)));
        out.printf(
                Locale.ROOT,
                "reset:               %s, longest pause of a worker %s%n",
                millis(result.resetMillis()),
                millis(result.recording().longestMillis(Phase.RESETTING)));
        out.println();
        verdict(out, result.throughput(Phase.PATCHED).dividedBy(before));
        out.flush();
    }

    private void verdict(PrintWriter out, Spread speedUp) {
        List<String> faults = result.faults();
        faults.forEach(fault -> out.println(style.red("WRONG: " + fault)));
        if (faults.isEmpty()) {
            String times = ratio(speedUp.median()) + " the throughput (" + ratio(speedUp.low()) + " to "
                    + ratio(speedUp.high()) + " between quartiles)";
            out.println(style.bold(style.green(times)) + String.format(
                    Locale.ROOT, ", %,d results checked, 0 wrong", result.recording().last().calls()));
        }
    }

    private String arrived(Phase phase) {
        long arrived = result.arrived(phase);
        return arrived > 0 && result.allArrived(phase) ? "all" : String.format(Locale.ROOT, "%,d", arrived);
    }

    private static void row(Table table, String title, Function<Phase, String> cell) {
        String[] cells = new String[MEASURED.size() + 1];
        cells[0] = title;
        for (int i = 0; i < MEASURED.size(); i++) {
            cells[i + 1] = cell.apply(MEASURED.get(i));
        }
        table.row(cells);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2fx", value);
    }

    private static String rates(Spread spread) {
        return Rate.text(spread.low()) + "-" + Rate.text(spread.high());
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f ms" : "%.0f ms", value);
    }
}
