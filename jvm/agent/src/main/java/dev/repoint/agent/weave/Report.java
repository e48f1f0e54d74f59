package dev.repoint.agent.weave;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.SafeText;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The report as text: one line for each woven or rejected method, field or class, always in the same order. Names
/// are made [safe][SafeText].
///
/// | line | meaning |
/// | --- | --- |
/// | `entry KEY` | the method is patchable at its entry; `in place` if its class was already loaded |
/// | `site KEY KIND in METHOD line N` | this call is patchable |
/// | `refused KEY or CLASS: REASON` | it was selected, and is not patchable |
/// | `unmatched PATTERN; did you mean ...?` | the pattern of an option matches nothing |
///
/// Thread-safe.
public final class Report {

    private final WeaveLog weaveLog;
    private final UnmatchedPatterns unmatched;
    private final LoadedClasses classes;

    public Report(WeaveLog weaveLog, UnmatchedPatterns unmatched, LoadedClasses classes) {
        this.weaveLog = weaveLog;
        this.unmatched = unmatched;
        this.classes = classes;
    }

    /// The lines.
    public List<String> lines() {
        List<Key> keys = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        SortedSet<Site> sites = new TreeSet<>();
        SortedSet<String> refused = new TreeSet<>();
        weaveLog.each((loader, woven) -> {
            for (PatchedEntry entry : woven.entriesAtLoad()) {
                keys.add(entry.key());
                notes.add("");
            }
            for (PatchedEntry entry : woven.entriesInPlace()) {
                keys.add(entry.key());
                notes.add(" in place");
            }
            sites.addAll(woven.sites());
            for (Refusal refusal : woven.refusals()) {
                refused.add(line(refusal));
            }
        });
        SortedSet<String> entries = new TreeSet<>();
        Iterator<String> texts = Key.texts(keys).iterator();
        notes.forEach(note -> entries.add("entry " + texts.next() + note));
        List<String> lines = new ArrayList<>(entries);
        for (Site site : sites) {
            String line = site.line() < 0 ? "" : " line " + site.line();
            lines.add("site " + site.key() + " " + site.kind() + " in " + site.in() + line);
        }
        lines.addAll(refused);
        lines.addAll(unmatched());
        return lines;
    }

    /// Writes lines to a file.
    public static void write(List<String> lines, Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (Staging staging = Staging.file(file, null)) {
            Files.write(staging.path(), lines.stream().map(SafeText::of).toList());
            staging.publish();
        }
    }

    /// The keys of the options, without wildcards, that have had no effect: they matched nothing, or were refused.
    public List<String> unusedOptions() {
        List<String> lines = new ArrayList<>();
        if (unmatched.namesNothing()) {
            return lines;
        }
        for (KeyPattern pattern : unmatched.patterns()) {
            if (pattern.isExact()) {
                lines.add("the key " + pattern + " of the agent's options matches no loaded class" + meant(pattern));
            }
        }
        RefusedKeys keys = new RefusedKeys();
        weaveLog.each(keys);
        lines.addAll(keys.lines());
        return lines;
    }

    /// Finds the keys of the options that were refused in each class that has them.
    private final class RefusedKeys implements BiConsumer<@Nullable ClassLoader, WovenClass> {

        private final List<Refusal> refusals = new ArrayList<>();
        private final Set<String> woven = new HashSet<>();

        @Override
        public void accept(@Nullable ClassLoader loader, WovenClass each) {
            for (Refusal refusal : each.refusals()) {
                if (unmatched.isNamed(refusal.subject())) {
                    refusals.add(refusal);
                }
            }
            for (PatchedEntry entry : each.entries()) {
                woven.add(entry.key().text());
            }
            for (Site site : each.sites()) {
                woven.add(site.key().text());
            }
        }

        SortedSet<String> lines() {
            SortedSet<String> lines = new TreeSet<>();
            for (Refusal refusal : refusals) {
                if (!woven.contains(refusal.subject())) {
                    lines.add(refusal.subject() + " of the agent's options is not patchable: " + refusal.reason());
                }
            }
            return lines;
        }
    }

    private static String line(Refusal refusal) {
        return "refused " + refusal.subject() + ": " + refusal.reason();
    }

    private List<String> unmatched() {
        List<String> lines = new ArrayList<>();
        for (KeyPattern pattern : unmatched.patterns()) {
            lines.add(unmatched(pattern));
        }
        return lines;
    }

    private String unmatched(KeyPattern pattern) {
        return "unmatched " + pattern + meant(pattern);
    }

    private String meant(KeyPattern pattern) {
        return pattern.isExact() ? Suggestion.of(new KeySuggestions(classes).loaded(pattern.text())) : "";
    }
}
