package dev.repoint.weaver.build;

import dev.repoint.SafeText;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.archive.InPlaceWeaving;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.TableRow;
import java.io.PrintStream;
import java.util.Iterator;

/// The answer to a build: lines of fields that are separated by tabs. The first field gives the kind of the line.
///
/// | line | fields |
/// | --- | --- |
/// | `classes` | number of class files, number of woven ones |
/// | `written` | a file that was written or removed, or would be |
/// | `patchable` | `entry` or `sites`, key, the reason for `sites` |
/// | `site` | kind, containing method, line or -1. Belongs to the `patchable` line before it |
/// | `rejected` | key or file, reason |
/// | `unmatched` | option, pattern, suggestion |
/// | `problem` | a finding of a check |
/// | `error` | the reason for a refusal |
/// | `end` | nothing. Always the last line |
///
/// @param out the output
record Answer(PrintStream out) {

    void outcome(InPlaceWeaving.Outcome outcome, Unmatched unmatched) {
        line(
                "classes",
                Integer.toString(outcome.summary().classes()),
                Integer.toString(outcome.summary().woven()));
        outcome.written().forEach(name -> line("written", name));
        Iterator<String> keys = outcome.table().keyTexts().iterator();
        for (TableRow row : outcome.table().rows()) {
            line("patchable", row.safety().text(), keys.next(), row.reason());
            for (Site site : row.sites()) {
                line("site", site.kind(), site.in().text(), Integer.toString(site.line()));
            }
        }
        for (Rejected rejected : outcome.summary().rejected()) {
            line("rejected", rejected.subject(), rejected.reason());
        }
        for (Unmatched.Pattern each : unmatched.patterns()) {
            line("unmatched", each.option(), each.text(), each.hint());
        }
    }

    void problem(String message) {
        line("problem", message);
    }

    void error(String message) {
        line("error", message);
    }

    void end() {
        line("end");
        out.flush();
    }

    private void line(String... fields) {
        for (int i = 0; i < fields.length; i++) {
            out.append(i == 0 ? "" : "\t").append(SafeText.of(fields[i]));
        }
        out.append('\n');
    }
}
