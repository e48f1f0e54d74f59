package dev.repoint.cli.output;

import dev.repoint.SafeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Text in aligned columns, two blanks apart. Not thread-safe.
public final class Table {

    private static final String GAP = "  ";
    /// A longer text in the first column has a line of its own where others are shorter: what stands behind
    /// need not be looked for far to the right.
    private static final int WIDEST = 72;

    private final List<String> titles;
    private final List<Boolean> rightAligned = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /// A table without rows.
    ///
    /// @param titles the columns; a title that starts with `>` aligns its column to the right
    public Table(String... titles) {
        List<String> plain = new ArrayList<>();
        for (String title : titles) {
            boolean right = title.startsWith(">");
            rightAligned.add(right);
            plain.add(right ? title.substring(1) : title);
        }
        this.titles = List.copyOf(plain);
    }

    /// Adds a row.
    ///
    /// @param cells as many as there are columns; they are made [safe][SafeText], as only then their widths are
    ///     known
    /// @throws IllegalArgumentException if there are more or fewer
    public void row(String... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + titles.size() + " columns");
        }
        rows.add(Stream.of(cells).map(SafeText::of).toList());
    }

    /// Prints the titles and the rows.
    ///
    /// @param out where to
    /// @param style for the titles
    public void print(PrintWriter out, Style style) {
        int[] widths = new int[titles.size()];
        for (int column = 0; column < widths.length; column++) {
            int width = titles.get(column).length();
            for (List<String> row : rows) {
                if (column > 0 || row.get(0).length() <= WIDEST) {
                    width = Math.max(width, row.get(column).length());
                }
            }
            widths[column] = width;
        }
        out.println(style.dim(line(titles, widths)));
        for (List<String> row : rows) {
            if (row.getFirst().length() <= widths[0]) {
                out.println(line(row, widths));
            } else {
                List<String> rest = new ArrayList<>(row);
                rest.set(0, "");
                out.println(row.getFirst());
                out.println(line(rest, widths));
            }
        }
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP).append(rightAligned.get(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
