package dev.repoint.plugin;

import java.util.ArrayList;
import java.util.List;

/// The answer of the weaver.
///
/// @param classes the number of class files
/// @param woven the number of woven ones
/// @param written the files that the weaver wrote or removed
/// @param patchables the patchables
/// @param rejected the selected methods that cannot be patched
/// @param unmatched the patterns that matched nothing
/// @param problems the findings of a check
/// @param errors the reasons for a refusal; empty if the weaver has done its work
public record Answer(
        int classes,
        int woven,
        List<String> written,
        List<Patchable> patchables,
        List<Rejected> rejected,
        List<Unmatched> unmatched,
        List<String> problems,
        List<String> errors) {

    /// One patchable.
    ///
    /// @param key the method or field
    /// @param safety `entry`, or `sites` if only its calls can be patched
    /// @param reason the reason why its entry cannot be patched; may be empty
    /// @param sites the places that use it
    public record Patchable(String key, String safety, String reason, List<Site> sites) {}

    /// One place that uses a patchable.
    ///
    /// @param kind the kind of instruction
    /// @param in the containing method
    /// @param line its line, or -1
    public record Site(String kind, String in, int line) {}

    /// A rejected method or file.
    ///
    /// @param key a key or a file
    /// @param reason one line
    public record Rejected(String key, String reason) {}

    /// A pattern that matched nothing.
    ///
    /// @param option the option with the pattern
    /// @param pattern the pattern
    /// @param hint a suggestion; may be empty
    public record Unmatched(String option, String pattern, String hint) {

        /// One line.
        ///
        /// @return the option, the pattern and the suggestion
        public String text() {
            return option + " '" + pattern + "' matches nothing" + (hint.isEmpty() ? "" : "; " + hint);
        }
    }

    /// Reads an answer.
    ///
    /// @param lines all of them
    /// @return what they say
    /// @throws IllegalArgumentException if this is no answer; the message names the line
    public static Answer read(List<String> lines) {
        if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("end")) {
            throw new IllegalArgumentException("the answer of the weaver ends after " + lines.size() + " lines");
        }
        int classes = 0;
        int woven = 0;
        Answer answer = new Answer(
                0,
                0,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        List<Site> sites = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            try {
                switch (fields[0]) {
                    case "classes" -> {
                        classes = Integer.parseInt(fields[1]);
                        woven = Integer.parseInt(fields[2]);
                    }
                    case "written" -> answer.written.add(fields[1]);
                    case "patchable" -> {
                        sites = new ArrayList<>();
                        answer.patchables.add(new Patchable(fields[2], fields[1], fields[3], sites));
                    }
                    case "site" -> sites.add(new Site(fields[1], fields[2], Integer.parseInt(fields[3])));
                    case "rejected" -> answer.rejected.add(new Rejected(fields[1], fields[2]));
                    case "unmatched" -> answer.unmatched.add(new Unmatched(fields[1], fields[2], fields[3]));
                    case "problem" -> answer.problems.add(fields[1]);
                    case "error" -> answer.errors.add(fields[1]);
                    case "end" -> {}
                    default -> throw new IllegalArgumentException("unknown kind of line '" + fields[0] + "'");
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "found '" + line + "' in the answer of the weaver: " + e.getMessage(), e);
            }
        }
        return new Answer(
                classes,
                woven,
                answer.written,
                answer.patchables,
                answer.rejected,
                answer.unmatched,
                answer.problems,
                answer.errors);
    }
}
