package dev.repoint.weaver.archive;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.Finding;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.archive.ClassEntries.ClassEntry;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import dev.repoint.weaver.table.TableWriter;
import dev.repoint.weaver.weave.Weaver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Weaves the classes of one file, and makes its table. It writes nothing.
final class ArchiveWeaving {

    private final WorkListener listener;
    private final Contents contents;
    private final Classes classes;
    private final ClassEntries entries;
    private final Selection selection;
    private final Weaver weaver;
    private final OfferIndex offers;
    private final Map<String, byte[]> changed = new HashMap<>();
    private final List<PatchedEntry> patched = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final Set<Key> leftForRoom = new HashSet<>();
    private List<KeyPattern> unmatched = List.of();
    private String runtime = "";
    private int woven;
    private long bytesBefore;
    private long bytesAfter;
    private String newer = "";

    ArchiveWeaving(Contents contents, Classes classes, Selection selection) {
        this(contents, classes, selection, WorkListener.NONE);
    }

    /// @param listener receives the progress
    ArchiveWeaving(Contents contents, Classes classes, Selection selection, WorkListener listener) {
        this.listener = listener;
        this.contents = contents;
        this.classes = classes;
        this.entries = new ClassEntries(contents, classes, listener);
        this.selection = selection;
        this.weaver = Weaver.of(selection);
        this.offers = new OfferIndex(contents);
    }

    /// Weaves all classes, and makes the table.
    ArchiveWeaving run() {
        entries.forEach("weaving", this::weave);
        newer = entries.newer();
        Survey survey = new Survey(classes, entries, selection, false).run();
        unmatched = survey.unmatched();
        addTable(survey);
        addOffers();
        if (woven > 0) {
            runtime = new RuntimeLibrary(contents).addTo(changed);
        }
        return this;
    }

    /// Sets targets of patchables in the output.
    ///
    /// @throws WeaveException if a patchable cannot be patched, or its target does not fit
    ArchiveWeaving decide(List<Policy> policies) {
        run();
        requireNoneNewer();
        TargetCheck check = new TargetCheck(contents.file(), classes.from(Location.BASE));
        for (Policy policy : policies) {
            for (Rejection each : rejections) {
                if (policy.key().matches(each.key())) {
                    throw new WeaveException(contents.file() + ": " + each.key() + ": " + each.reason());
                }
            }
            check.require(policy);
            offers.decide(policy);
        }
        addOffers();
        return this;
    }

    /// The listener for the progress.
    WorkListener listener() {
        return listener;
    }

    /// Refuses selected class files of a later Java.
    ///
    /// @throws WeaveException if there is one
    ArchiveWeaving requireNoneNewer() {
        if (!newer.isEmpty()) {
            throw new WeaveException(newer);
        }
        return this;
    }

    /// The new content of changed entries, including the table and the index of offers.
    Map<String, byte[]> changed() {
        return changed;
    }

    /// The result.
    ///
    /// @param change whether the output differs from the input
    /// @param signaturesRemoved whether the file was signed, and its signature was removed
    WeaveSummary summary(boolean change, boolean signaturesRemoved) {
        List<Rejected> rejected = Stream.concat(
                        rejections.stream().map(Rejected::of),
                        unreadable().map(each -> new Rejected(contents.place(each.subject()), each.reason())))
                .toList();
        return new WeaveSummary(
                contents.format(),
                change,
                entries.count(),
                woven,
                patched,
                sites,
                rejected,
                unmatched,
                offers.count(),
                runtime,
                signaturesRemoved,
                bytesBefore,
                bytesAfter,
                newer);
    }

    private void weave(ClassEntry entry) {
        offers.add(entry);
        WeaveResult result = weaver.weave(entry.bytes(), classes.from(entry.location()), Phase.LOAD);
        bytesBefore += entry.bytes().length;
        bytesAfter += result.bytes().length;
        patched.addAll(result.entries());
        sites.addAll(result.sites());
        rejections.addAll(result.rejections());
        for (Rejection each : result.rejections()) {
            if (each.isForLackOfRoom()) {
                leftForRoom.add(each.key());
            }
        }
        if (result.changed()) {
            woven++;
            changed.put(entry.name(), result.bytes());
        }
    }

    /// A single class file cannot contain an index.
    private void addOffers() {
        byte[] index = contents.format() == ArchiveFormat.CLASS ? null : offers.bytes();
        if (index != null) {
            changed.put(contents.index(), index);
        }
    }

    /// The patchables of the output: those with an entry, and those whose calls were selected.
    private void addTable(Survey survey) {
        if (woven == 0 || contents.format() == ArchiveFormat.CLASS) {
            return;
        }
        List<Rejected> rejected = Stream.concat(rejections.stream().map(Rejected::of), unreadable())
                .toList();
        Table table = new Table(survey.rows(this::isPatched), rejected);
        byte[] earlier = contents.read(Table.ENTRY);
        if (earlier != null) {
            table = table.and(TableReader.read(earlier, contents.place(Table.ENTRY)));
        }
        changed.put(Table.ENTRY, TableWriter.write(table));
    }

    private boolean isPatched(Finding finding) {
        if (leftForRoom.contains(finding.key())) {
            return false;
        }
        if (finding.safety() == Safety.ENTRY || finding.safety() == Safety.FIELD) {
            return true;
        }
        for (KeyPattern pattern : selection.sites()) {
            if (pattern.matches(finding.key())) {
                return true;
            }
        }
        return false;
    }

    private Stream<Rejected> unreadable() {
        return Stream.concat(entries.rejected().entrySet().stream(), contents.unreadable().entrySet().stream())
                .map(each -> new Rejected(each.getKey(), each.getValue()));
    }
}
