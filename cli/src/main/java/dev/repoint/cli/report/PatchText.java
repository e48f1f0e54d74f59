package dev.repoint.cli.report;

import dev.repoint.cli.output.Style;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.mangling.Demangler;
import dev.repoint.machine.plan.Edit;
import dev.repoint.machine.plan.KeyPlan;
import dev.repoint.machine.plan.Plan;
import dev.repoint.machine.plan.UnchangedSite;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a patch of a file did, or would do, as text.
///
/// @param out   where to
/// @param style for headings and bytes
public record PatchText(PrintWriter out, Style style) {

    private static final String INDENT = "  ";
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    /// Longer edits are told by their size.
    private static final int SHOWN = 16;

    /// Writes it.
    ///
    /// @param plan    what is to be done
    /// @param written the file that has been written; null if none was, which shows all bytes
    public void print(Plan plan, @Nullable Path written) {
        for (KeyPlan key : plan.keys()) {
            key(plan, key, written == null);
        }
        List<Edit> all = plan.edits().isEmpty() ? plan.restored().edits() : plan.edits();
        long bytes = all.stream().mapToLong(Edit::length).sum();
        int sites = changed(plan, Mechanism.SITES);
        int entries = changed(plan, Mechanism.ENTRY);
        boolean hasEntries = plan.keys().stream().anyMatch(key -> key.mechanism() == Mechanism.ENTRY);
        String size = (hasEntries ? Count.of(entries, "entry", "entries") : "")
                + (hasEntries && sites > 0 ? " and " : "")
                + (hasEntries && sites == 0 ? "" : Count.of(sites, "site", "sites"))
                + ", " + Count.of(bytes, "byte", "bytes");
        out.println(
                written == null
                        ? style.bold(plan.file()) + ": would change " + size + "; nothing was written"
                        : style.bold(written.toString()) + ": changed " + size);
    }

    private static int changed(Plan plan, Mechanism mechanism) {
        return plan.keys().stream()
                .filter(key -> key.mechanism() == mechanism)
                .mapToInt(KeyPlan::changed)
                .sum();
    }

    private static String changed(KeyPlan key) {
        return switch (key.mechanism()) {
            case SITES ->
                Count.of(key.changed(), "site", "sites") + " changed"
                        + (key.alreadySet() == 0
                                ? ""
                                : String.format(Locale.ROOT, ", %,d so already", key.alreadySet()));
            case ENTRY -> key.changed() == 0 ? "its entry is so already" : "its entry changed";
        };
    }

    private void key(Plan plan, KeyPlan key, boolean withBytes) {
        out.println(style.bold(Demangler.shown(key.key())) + " -> " + style.bold(Demangler.shown(key.target())) + ": "
                + changed(key)
                + (key.unchangedSites().isEmpty()
                        ? ""
                        : String.format(
                                Locale.ROOT, ", %,d left", key.unchangedSites().size())));
        if (withBytes) {
            edits(plan, key.edits());
        }
        for (UnchangedSite unchanged : key.unchangedSites()) {
            out.println(INDENT + style.yellow("left") + " " + unchanged.site() + ": " + unchanged.reason());
        }
    }

    private void edits(Plan plan, List<Edit> edits) {
        int places = 0;
        int bytes = 0;
        for (Edit edit : edits) {
            places = Math.max(places, place(edit).length());
            bytes = Math.max(bytes, Math.min(edit.length(), SHOWN) * 3 - 1);
        }
        for (Edit edit : edits) {
            String site = edit.site().replace(" at " + edit.address(), ""); // it stands in front
            out.println(INDENT
                    + pad(place(edit), places)
                    + INDENT
                    + site
                    + (edit.section().isEmpty() ? "" : style.dim(" (" + edit.section() + ")")));
            line("-", edit.expected(), plan.before(edit), places, bytes, style::red);
            line("+", edit.replacement(), plan.after(edit), places, bytes, style::green);
        }
    }

    private void line(String sign, byte[] bytes, String meaning, int places, int width, UnaryOperator<String> colour) {
        String hex = bytes.length > SHOWN ? Count.of(bytes.length, "byte", "bytes") : HEX.formatHex(bytes);
        String text = sign + " " + pad(hex, width) + INDENT + meaning;
        out.println(INDENT + " ".repeat(places) + colour.apply(text.stripTrailing()));
    }

    /// An address where there is one: what debuggers and `objdump` go by.
    private static String place(Edit edit) {
        return edit.address().value() == 0
                ? "@" + edit.offset()
                : edit.address().toString();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
