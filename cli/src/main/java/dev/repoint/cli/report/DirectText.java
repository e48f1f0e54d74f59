package dev.repoint.cli.report;

import dev.repoint.cli.output.Style;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.archive.DirectSummary;
import dev.repoint.weaver.direct.DirectResult;
import dev.repoint.weaver.direct.LeftCall;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The answer of `patch --direct` as text.
///
/// @param out   where to
/// @param style for headings
public record DirectText(PrintWriter out, Style style) {

    private static final int MOST = 20;

    /// Writes it.
    ///
    /// @param output the new file; null if nothing is to be written, and all calls are listed
    public void print(Path file, @Nullable Path output, DirectSummary summary, boolean isStrict) {
        summary.keys().forEach(each -> result(each, output == null));
        boolean isRefused = summary.isRefused() || isStrict && summary.isPartial();
        String calls =
                Count.of(summary.pointed(), "call", "calls") + " in " + Count.of(summary.changed(), "class", "classes");
        if (output == null && !isRefused) {
            out.println(style.bold(file.toString()) + ": would point " + calls + " elsewhere; nothing was written");
        } else if (summary.isWritten()) {
            out.println(style.bold(String.valueOf(output)) + ": pointed " + calls
                    + " elsewhere; it needs no runtime. Callers outside of it, and reflection, reach the methods as"
                    + " before");
        }
    }

    private void result(DirectResult result, boolean isListed) {
        if (result.target() == null) {
            return; // the failure says why
        }
        out.println(style.bold(result.key().toString()) + " -> "
                + style.bold(result.target().toString()) + ": "
                + Count.of(result.pointed().size(), "call", "calls")
                + (result.earlier() == 0
                        ? ""
                        : ", " + Count.of(result.earlier(), "call", "calls") + " from an earlier patch"));
        if (isListed) {
            result.pointed().forEach(this::site);
        }
        result.differences().forEach(each -> out.println("  note: " + each));
        if (!result.own().isEmpty()) {
            out.println("  note: " + Count.of(result.own().size(), "call", "calls")
                    + " by the target itself still " + (result.own().size() == 1 ? "reaches" : "reach")
                    + " the method");
        }
        if (result.isPartial()) {
            out.println("  " + style.yellow("still reach the method:"));
            result.unseen().forEach(each -> out.println("    " + each));
            result.left().stream().limit(MOST).forEach(this::left);
            if (result.left().size() > MOST) {
                out.println("    and " + (result.left().size() - MOST) + " more; --json lists all");
            }
        }
    }

    private void left(LeftCall call) {
        out.println("    " + place(call.site()) + ": " + call.reason());
    }

    private void site(Site site) {
        out.printf("  %-15s  %s%n", site.kind(), place(site));
    }

    private static String place(Site site) {
        return site.in().text() + (site.line() < 0 ? "" : ":" + site.line());
    }
}
