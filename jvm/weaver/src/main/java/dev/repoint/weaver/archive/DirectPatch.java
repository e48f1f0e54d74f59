package dev.repoint.weaver.archive;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.ClassEntries.ClassEntry;
import dev.repoint.weaver.direct.DirectClass;
import dev.repoint.weaver.direct.DirectKey;
import dev.repoint.weaver.direct.DirectResult;
import dev.repoint.weaver.direct.DirectRow;
import dev.repoint.weaver.direct.DirectScope;
import dev.repoint.weaver.direct.FileSurroundings;
import dev.repoint.weaver.direct.LeftCall;
import dev.repoint.weaver.direct.ModuleRules;
import dev.repoint.weaver.direct.Surroundings;
import dev.repoint.weaver.table.Rejected;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Points calls in the classes of one file at their targets, so that the file needs no runtime.
final class DirectPatch {

    private static final String MODULE = "module-info.class";

    private final WholeContents contents;
    private final Classes classes;
    private final ClassEntries entries;
    private final OutputFile file;
    private final List<Policy> policies;
    private final FileSurroundings surroundings;
    /// A class file that is no entry of anything, by the name of its class.
    private final Map<String, byte[]> alone = new HashMap<>();

    private final List<String> atRoot = new ArrayList<>();
    private final Map<Location, DirectScope> scopes = new HashMap<>();
    private final Map<String, byte[]> changed = new HashMap<>();
    private final Map<Key, List<Site>> pointed = new HashMap<>();
    private final Map<Key, List<Site>> own = new HashMap<>();
    private final Map<Key, List<LeftCall>> left = new HashMap<>();
    private final Map<Key, TreeSet<String>> texts = new HashMap<>();

    DirectPatch(
            WholeContents contents, Classes classes, List<Policy> policies, boolean isClosed, WorkListener listener) {
        this.contents = contents;
        this.classes = classes;
        this.entries = new ClassEntries(contents, classes, listener);
        this.file = new OutputFile(contents, listener);
        this.policies = List.copyOf(policies);
        this.surroundings = new FileSurroundings(isClosed, ModuleRules.of(contents.read(MODULE)));
    }

    /// Points the calls, and writes the file unless something is refused.
    ///
    /// @param output the new file; null to write nothing
    /// @param force whether to write although calls still reach a method
    /// @param strip whether to change a signed jar and remove its signatures
    DirectSummary run(@Nullable Path output, boolean force, boolean strip) {
        List<String> signatures = file.signatures(strip);
        List<DirectRow> earlier = earlier(contents);
        entries.forEach(this::learn);
        learnOthers();
        entries.forEach("pointing", this::point);
        List<DirectResult> keys = results(earlier);
        requireFound(keys);
        requireSame(earlier, keys);
        int count = changed.size();
        DirectSummary summary = summary(keys, count, false, !signatures.isEmpty());
        if (summary.isRefused() || summary.isPartial() && !force) {
            return summary;
        }
        if (count > 0 && contents.format() != ArchiveFormat.CLASS) {
            changed.put(DirectRow.ENTRY, record(earlier, keys).getBytes(StandardCharsets.UTF_8));
        }
        boolean stripped = file.signsLibraries(changed.keySet(), strip) || !signatures.isEmpty();
        if (output != null) {
            boolean unused = file.write(output, changed, signatures);
        }
        return summary(keys, count, output != null, stripped);
    }

    /// What earlier patches of a file have pointed elsewhere.
    ///
    /// @throws WeaveException if the record is malformed
    static List<DirectRow> earlier(Contents contents) {
        byte[] text = contents.read(DirectRow.ENTRY);
        return text == null
                ? List.of()
                : DirectRow.read(new String(text, StandardCharsets.UTF_8), contents.place(DirectRow.ENTRY));
    }

    private DirectSummary summary(List<DirectResult> keys, int count, boolean isWritten, boolean stripped) {
        List<Rejected> rejected = new ArrayList<>();
        entries.rejected().forEach((name, reason) -> rejected.add(new Rejected(contents.place(name), reason)));
        contents.unreadable().forEach((name, reason) -> rejected.add(new Rejected(contents.place(name), reason)));
        return new DirectSummary(keys, entries.count(), count, rejected, isWritten, stripped);
    }

    /// Calls that an earlier patch has pointed elsewhere no longer name their method.
    private void requireSame(List<DirectRow> earlier, List<DirectResult> keys) {
        for (DirectRow row : earlier) {
            for (DirectResult each : keys) {
                Key target = each.target();
                boolean isSame =
                        target != null && KeyPattern.parse(row.target()).matches(target);
                if (row.key().matches(each.key()) && !isSame) {
                    throw pointedBefore(contents, row);
                }
            }
        }
    }

    /// Refuses to set targets of methods whose callers do not ask for them.
    ///
    /// @throws WeaveException if there is one
    static void requireNone(Contents contents, List<Policy> policies) {
        for (DirectRow row : earlier(contents)) {
            for (Policy each : policies) {
                boolean isMeant = row.key().owner().equals(each.key().owner())
                        && row.key().name().equals(each.key().name())
                        && row.key().mayHaveTypesOf(each.key());
                if (isMeant) {
                    throw pointedBefore(contents, row);
                }
            }
        }
    }

    private static WeaveException pointedBefore(Contents contents, DirectRow row) {
        return new WeaveException(contents.file() + ": the calls of " + row.key() + " were pointed at " + row.target()
                + " before, and do not name it any more; patch the original file");
    }

    private void learn(ClassEntry entry) {
        surroundings.add(entry.bytes());
        if (entry.location().root().isEmpty()) {
            atRoot.add(entry.internalName());
        }
        if (contents.format() == ArchiveFormat.CLASS) {
            alone.put(entry.internalName(), entry.bytes());
        }
    }

    /// The subclasses in libraries that the user did not select count, too.
    private void learnOthers() {
        if (contents instanceof ApplicationContents application) {
            Set<String> known = Set.copyOf(contents.names());
            for (Map.Entry<String, JarContents> each : application.libraries().entrySet()) {
                for (String name : each.getValue().names()) {
                    if (contents.isClass(name) && !known.contains(each.getKey() + NestedJars.SEPARATOR + name)) {
                        learn(each.getValue(), name);
                    }
                }
            }
        }
    }

    private void learn(JarContents library, String name) {
        byte[] bytes = library.read(name);
        try {
            if (bytes != null) {
                surroundings.add(bytes);
            }
        } catch (WeaveException e) {
            // no class of the JVM either
        }
    }

    private void point(ClassEntry entry) {
        DirectClass result =
                scopes.computeIfAbsent(entry.location(), this::scope).point(entry.bytes());
        if (result.isChanged()) {
            changed.put(entry.name(), result.bytes());
        }
        result.pointed().forEach(each -> list(pointed, each.key()).add(each));
        result.own().forEach(each -> list(own, each.key()).add(each));
        result.left().forEach(each -> list(left, each.site().key()).add(each));
        result.named()
                .forEach(key -> texts.computeIfAbsent(key, none -> new TreeSet<>())
                        .add(entry.internalName().replace('/', '.')));
    }

    private DirectScope scope(Location location) {
        boolean isBefore =
                contents instanceof ApplicationContents && location.root().isEmpty();
        Surroundings around = isBefore ? surroundings.before(atRoot) : surroundings;
        ClassSource source = classes.from(location);
        return new DirectScope(
                policies,
                name -> {
                    byte[] itself = alone.get(name);
                    return itself != null ? itself : source.find(name);
                },
                around);
    }

    private List<DirectResult> results(List<DirectRow> earlier) {
        SortedMap<Key, DirectKey> found = new TreeMap<>();
        for (DirectScope scope : scopes.values()) {
            scope.keys().forEach(each -> found.merge(each.key(), each, DirectPatch::worse));
        }
        List<DirectResult> results = new ArrayList<>();
        for (DirectKey each : found.values()) {
            Key key = each.key();
            int calls = earlier.stream()
                    .filter(row -> row.key().matches(key))
                    .mapToInt(DirectRow::calls)
                    .sum();
            List<String> differences = new ArrayList<>(each.differences());
            for (String text : texts.getOrDefault(key, new TreeSet<>())) {
                differences.add(text + " uses reflection and contains the name " + key.name()
                        + ": a call that it makes still reaches the method");
            }
            results.add(new DirectResult(
                    key,
                    each.target(),
                    each.refusal(),
                    calls,
                    sorted(pointed.get(key)),
                    sorted(left.get(key)),
                    sorted(own.get(key)),
                    each.unseen(),
                    differences));
        }
        return results;
    }

    /// Of the views of two places in the file, the one that refuses.
    private static DirectKey worse(DirectKey one, DirectKey other) {
        return one.refusal() != null ? one : other;
    }

    private void requireFound(List<DirectResult> keys) {
        for (Policy each : policies) {
            if (keys.stream().noneMatch(result -> each.key().matches(result.key()))) {
                throw new WeaveException(contents.file() + ": " + each.key()
                        + ": no method of this name is declared or called in it; direct mode is for methods");
            }
        }
    }

    private static String record(List<DirectRow> earlier, List<DirectResult> keys) {
        SortedMap<String, DirectRow> rows = new TreeMap<>();
        earlier.forEach(each -> rows.put(each.key().text(), each));
        for (DirectResult each : keys) {
            Key target = each.target();
            if (target != null) {
                String key = each.key().fullText();
                int calls = each.earlier() + each.pointed().size();
                rows.put(key, new DirectRow(KeyPattern.parse(key), target.fullText(), calls));
            }
        }
        return DirectRow.write(List.copyOf(rows.values()));
    }

    private static <T> List<T> list(Map<Key, List<T>> map, Key key) {
        return map.computeIfAbsent(key, none -> new ArrayList<>());
    }

    private static <T extends Comparable<T>> List<T> sorted(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().sorted().toList();
    }
}
