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

    private static final double UNEQUAL = 0.1;

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
        if (!faults.isEmpty()) {
            return;
        }
        Spread cheaper = result.perProcessorSecond(Phase.PATCHED).dividedBy(result.perProcessorSecond(Phase.BEFORE));
        out.println(style.bold(style.green(ratio(speedUp.median()) + " the throughput")) + between(speedUp)
                + ", " + ratio(cheaper.median()) + " per CPU time" + between(cheaper));
        out.println(String.format(
                Locale.ROOT, "%,d results checked, 0 wrong", result.recording().last().calls()));
        double before = result.processors(Phase.BEFORE);
        double patched = result.processors(Phase.PATCHED);
        if (Math.abs(before - patched) > UNEQUAL * Math.max(before, patched)) {
            out.println(style.yellow(String.format(
                    Locale.ROOT,
                    "Other programs were busy: the service had %.1f processors before and %.1f patched."
                            + " Per CPU time is the fair figure.",
                    before,
                    patched)));
        }
    }

    private static String between(Spread spread) {
        return " (" + ratio(spread.low()) + " to " + ratio(spread.high()) + ")";
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
