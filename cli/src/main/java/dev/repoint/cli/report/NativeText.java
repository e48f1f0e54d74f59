package dev.repoint.cli.report;

import dev.repoint.cli.output.Style;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.mangling.Demangler;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Rejection;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.Site;
import dev.repoint.weaver.table.Rejected;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of `sites` for native code as text.
///
/// Lines are put together by hand: there may be a hundred thousand.
///
/// @param out   where to
/// @param style for headings
record NativeText(PrintWriter out, Style style) {

    private static final String INDENT = "  ";
    private static final int KIND_WIDTH = 18;
    private static final int ADDRESS_WIDTH = 12;

    /// Writes what was found in a file.
    ///
    /// @param summary whether numbers are enough
    void print(NativeResult file, boolean summary) {
        out.println(style.bold(file.file().toString()) + " (elf): "
                + file.table().machine().text() + ", "
                + Count.of(file.patchables().size(), "patchable", "patchables") + ", "
                + Count.of(file.siteCount(), "site", "sites"));
        if (summary) {
            numbers(file);
            return;
        }
        boolean isExplained = false;
        for (Patchable each : file.patchables()) {
            String whole = each.safety().text() + ": " + each.reason();
            patchable(each, !file.asked() ? null : isExplained ? each.caution() : whole);
            isExplained |= each.safety() == Safety.PLAIN; // once is enough
        }
        rejections(file.rejections());
    }

    private void numbers(NativeResult file) {
        int[] bySafety = new int[Safety.values().length];
        int[] byKind = new int[SiteKind.values().length];
        int changed = 0;
        for (Patchable each : file.patchables()) {
            bySafety[each.safety().ordinal()]++;
            for (Site site : each.sites()) {
                byKind[site.kind().ordinal()]++;
                if (!site.currentTarget().isDefault()) {
                    changed++;
                }
            }
        }
        List<String> safeties = new ArrayList<>();
        for (Safety safety : Safety.values()) {
            safeties.add(Count.of(bySafety[safety.ordinal()], safety.text(), safety.text()));
        }
        out.println(INDENT + "safety: " + String.join(", ", safeties));
        List<String> kinds = new ArrayList<>();
        for (SiteKind kind : SiteKind.values()) {
            if (byKind[kind.ordinal()] > 0) {
                kinds.add(Count.of(byKind[kind.ordinal()], kind.text(), kind.text()));
            }
        }
        if (!kinds.isEmpty()) {
            out.println(INDENT + "sites: " + String.join(", ", kinds));
        }
        if (changed > 0) {
            out.println(INDENT + Count.of(changed, "site is", "sites are") + " redirected");
        }
        if (!file.rejections().isEmpty()) {
            out.println(INDENT + Count.of(file.rejections().size(), "use", "uses") + " cannot be patched, by reason:");
            RejectionSummary.print(rejected(file.rejections()), out, INDENT + INDENT);
        }
    }

    /// With the reason alone: where it was is in parentheses behind it.
    private static List<Rejected> rejected(List<Rejection> rejections) {
        List<Rejected> rejected = new ArrayList<>();
        for (Rejection each : rejections) {
            int place = each.reason().lastIndexOf(" (");
            rejected.add(new Rejected(
                    each.key().text(), place < 0 ? each.reason() : each.reason().substring(0, place)));
        }
        return rejected;
    }

    private void patchable(Patchable patchable, @Nullable String reason) {
        out.println();
        String key = patchable.key().text();
        String name = Demangler.shown(key);
        out.println(style.bold(name)
                + (name.equals(key) ? "" : INDENT + style.dim(key))
                + INDENT
                + Count.of(patchable.sites().size(), "site", "sites")
                + INDENT
                + styled(patchable.safety()));
        if (reason != null) {
            out.println(INDENT + reason);
        }
        StringBuilder line = new StringBuilder();
        for (Site site : patchable.sites()) {
            line.setLength(0);
            line.append(INDENT);
            pad(line, site.kind().text(), KIND_WIDTH);
            pad(line, site.address().toString(), ADDRESS_WIDTH);
            line.append(site.in().isEmpty() ? site.section() : Demangler.shown(site.in()));
            if (site.line() >= 0) {
                line.append(':').append(site.line());
            }
            if (!site.currentTarget().isDefault()) {
                line.append(" -> ").append(style.cyan(site.currentTarget().text()));
            }
            out.println(line);
        }
    }

    private String styled(Safety safety) {
        return switch (safety) {
            case HOOK, NOIPA -> style.green(safety.text());
            case IMPORT -> style.dim(safety.text());
            case PLAIN -> style.yellow(safety.text());
        };
    }

    private static void pad(StringBuilder line, String text, int width) {
        line.append(text);
        for (int i = text.length(); i < width; i++) {
            line.append(' ');
        }
    }

    private void rejections(List<Rejection> rejections) {
        if (rejections.isEmpty()) {
            return;
        }
        out.println();
        out.println(style.yellow("cannot be patched:"));
        for (Rejection each : rejections) {
            out.println(INDENT + Demangler.shown(each.key().text()) + ": " + each.reason());
        }
    }
}
