package dev.repoint.weaver.archive;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.Finding;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.SiteScan;
import dev.repoint.weaver.archive.ClassEntries.ClassEntry;
import dev.repoint.weaver.scan.ClassScanner;
import dev.repoint.weaver.scan.WantedUses;
import dev.repoint.weaver.table.TableRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Collects the patchables of a file and their sites: first those that its classes declare, then those that they
/// use.
///
/// A pattern matches methods that the file declares. For methods of other files that it uses, `sites` patterns
/// match. On request `patchable` patterns match them too, except patterns that begin with `**`.
final class Survey {

    private final Classes classes;
    private final ClassEntries entries;
    private final Selection selection;
    private final List<KeyPattern> ofUses;
    private final Map<Location, ClassScanner> scanners = new HashMap<>();
    private final Map<Key, Finding> declared = new TreeMap<>();
    private final Set<String> declaredNames = new HashSet<>();
    private final Set<String> inside = new HashSet<>();
    private final Map<Key, Optional<Finding>> used = new HashMap<>();
    private final Map<Key, List<Site>> sites = new HashMap<>();
    private final List<Rejection> siteRejections = new ArrayList<>();

    /// @param outside whether `patchable` patterns also match methods of other files
    Survey(Classes classes, ClassEntries entries, Selection selection, boolean outside) {
        this.classes = classes;
        this.entries = entries;
        this.selection = selection;
        this.ofUses = outside
                ? selection.patchable().stream()
                        .filter(pattern -> !pattern.text().startsWith("**"))
                        .toList()
                : List.of();
    }

    /// Reads every class twice.
    Survey run() {
        entries.forEach(this::declarations);
        declared.forEach((key, finding) -> {
            if (finding.safety() != Safety.NONE) {
                declaredNames.add(key.name());
            }
        });
        entries.forEach(this::uses);
        return this;
    }

    /// The rows of patchables that satisfy a test.
    List<TableRow> rows(Predicate<Finding> wanted) {
        List<TableRow> rows = new ArrayList<>();
        for (Finding finding : findings()) {
            if (finding.safety() != Safety.NONE && wanted.test(finding)) {
                rows.add(new TableRow(
                        finding.key(),
                        finding.safety(),
                        finding.reason(),
                        sites.getOrDefault(finding.key(), List.of())));
            }
        }
        return rows;
    }

    /// The rejected methods and calls.
    List<Rejection> rejections() {
        List<Rejection> rejections = new ArrayList<>();
        Set<Key> bySites = new HashSet<>();
        for (Finding finding : findings()) {
            if (finding.safety() == Safety.NONE) {
                rejections.add(new Rejection(finding.key(), finding.reason()));
            } else if (finding.safety() == Safety.SITES) {
                bySites.add(finding.key());
            }
        }
        for (Rejection rejection : siteRejections) {
            if (bySites.contains(rejection.key()) || rejection.key().isField()) {
                rejections.add(rejection);
            }
        }
        return rejections;
    }

    /// The patterns that match no method.
    List<KeyPattern> unmatched() {
        List<Finding> findings = findings();
        List<KeyPattern> patterns = new ArrayList<>(selection.patchable());
        patterns.addAll(selection.sites());
        patterns.removeIf(pattern -> findings.stream().anyMatch(finding -> pattern.matches(finding.key())));
        return patterns;
    }

    private List<Finding> findings() {
        Map<Key, Finding> all = new TreeMap<>(declared);
        used.values().forEach(each -> each.ifPresent(finding -> all.putIfAbsent(finding.key(), finding)));
        return List.copyOf(all.values());
    }

    private ClassScanner scanner(Location location) {
        return scanners.computeIfAbsent(location, each -> new ClassScanner(selection, classes.from(each)));
    }

    private void declarations(ClassEntry entry) {
        inside.add(entry.internalName().replace('/', '.'));
        for (Finding finding : scanner(entry.location()).declared(entry.bytes())) {
            declared.merge(finding.key(), finding, Finding::weaker);
        }
    }

    private void uses(ClassEntry entry) {
        ClassScanner scanner = scanner(entry.location());
        SiteScan scan = scanner.sites(entry.bytes(), new Uses(scanner));
        for (Site site : scan.sites()) {
            sites.computeIfAbsent(site.key(), none -> new ArrayList<>()).add(site);
        }
        siteRejections.addAll(scan.rejections());
    }

    /// The selection for one class.
    private final class Uses implements WantedUses {

        private final ClassScanner scanner;

        Uses(ClassScanner scanner) {
            this.scanner = scanner;
        }

        @Override
        public boolean couldBeNamed(String name) {
            return declaredNames.contains(name)
                    || ofUses.stream()
                            .anyMatch(pattern -> pattern.matchesMethodName(name) || pattern.matchesFieldName(name))
                    || selection.sites().stream().anyMatch(pattern -> pattern.matchesMethodName(name));
        }

        @Override
        public boolean include(Key key, boolean synthetic) {
            Finding finding = declared.get(key);
            if (finding == null) {
                finding = used.computeIfAbsent(key, unknown -> look(key, synthetic))
                        .orElse(null);
            }
            return finding != null && finding.safety() != Safety.NONE;
        }

        private Optional<Finding> look(Key key, boolean synthetic) {
            return isAskedFor(key, synthetic) ? Optional.of(scanner.look(key)) : Optional.empty();
        }
    }

    private boolean isAskedFor(Key key, boolean synthetic) {
        return !key.isField() && selection.sites().stream().anyMatch(pattern -> means(pattern, key, synthetic))
                || !inside.contains(key.owner()) && ofUses.stream().anyMatch(pattern -> means(pattern, key, synthetic));
    }

    /// A method made by a compiler matches only a pattern without wildcards, and a constructor only a pattern with
    /// its name: neither can be patched.
    private static boolean means(KeyPattern pattern, Key key, boolean synthetic) {
        return pattern.matches(key)
                && (!synthetic || pattern.isExact())
                && (key.name().charAt(0) != '<' || pattern.name().equals(key.name()));
    }
}
