package dev.repoint.agent.patch;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.KeySyntax;
import dev.repoint.Mode;
import dev.repoint.PatchableState;
import dev.repoint.Repoint;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.weave.WeaveLog;
import dev.repoint.internal.report.Nearest;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All patchables of the JVM: those that the runtime has linked or looked up, those that are woven and were not
/// called yet, and those whose classes are not loaded yet.
///
/// Thread-safe.
public final class KnownPatchables {

    private static final String DEFAULT = "default";
    private static final String FIRST = " when it is first ";

    private final WeaveLog weaveLog;
    private final Policies policies;

    public KnownPatchables(WeaveLog weaveLog, Policies policies) {
        this.weaveLog = weaveLog;
        this.policies = policies;
    }

    /// One patchable of one class loader.
    ///
    /// @param state its state, or null if the class is not loaded
    /// @param policy its target from the first call on, or null
    record Row(@Nullable PatchableState state, @Nullable Policy policy) {

        /// Its identity, unless the class is not loaded.
        Optional<Key> key() {
            return Optional.ofNullable(state).map(PatchableState::key);
        }

        String keyText() {
            return state == null
                    ? String.valueOf(policy == null ? null : policy.key())
                    : state.key().text();
        }

        /// The key as text, with the parts that distinguish it from other rows.
        String keyText(Map<Key, String> texts) {
            return state == null ? keyText() : texts.getOrDefault(state.key(), keyText());
        }

        String target() {
            return state == null ? String.valueOf(policy == null ? null : policy.target()) : state.target();
        }

        String note() {
            if (state == null) {
                return "when it is loaded";
            }
            return policy != null && state.links() == 0 && state.changes() == 0
                    ? policy.target() + FIRST + (state.key().isField() ? "read" : "called")
                    : state.note();
        }

        /// The note after a reset. A note of a loaded patchable describes the removed target.
        String noteAfterReset() {
            return state == null ? note() : "";
        }

        /// Whether its target is the default, now and at its first call.
        boolean isDefault() {
            return target().equals(DEFAULT) && !note().contains(FIRST);
        }

        boolean matches(KeyPattern pattern) {
            return state != null
                    ? pattern.matches(state.key())
                    : policy != null
                            && (pattern.equals(policy.key())
                                    || pattern.matchesOwner(policy.key().owner())
                                            && (pattern.matchesMethodName(
                                                            policy.key().name())
                                                    || pattern.matchesFieldName(
                                                            policy.key().name())));
        }

        boolean isOf(Policy other) {
            return state == null ? other.equals(policy) : other.key().matches(state.key());
        }

        private PatchableStatus status(Map<Key, String> texts) {
            if (state == null) {
                return new PatchableStatus(keyText(), "", target(), "constant", 0, 0, "", note());
            }
            return new PatchableStatus(
                    keyText(texts),
                    declaration(state.key()),
                    state.target(),
                    mode(state),
                    state.links(),
                    state.changes(),
                    shortened(state.loader()),
                    note());
        }
    }

    private static String mode(PatchableState state) {
        String mode = state.mode().name().toLowerCase(Locale.ROOT);
        return state.modeReason().isEmpty() ? mode : mode + " (" + state.modeReason() + ")";
    }

    /// All rows, ordered by key and class loader.
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Set<Policy> left = new HashSet<>(policies.all());
        for (PatchableState state : Repoint.states()) {
            add(rows, state, seen, left);
        }
        for (PatchableState state : unlinked()) {
            add(rows, state, seen, left);
        }
        for (Policy policy : left) {
            rows.add(new Row(null, policy));
        }
        rows.sort(Comparator.comparing((Row row) -> row.keyText())
                .thenComparing(row -> row.state == null ? "" : row.state.loader()));
        return rows;
    }

    /// All rows, for a reply.
    public List<PatchableStatus> statuses() {
        List<Row> rows = rows();
        Map<Key, String> texts = texts(rows);
        return rows.stream().map(row -> row.status(texts)).toList();
    }

    /// The keys of rows as text, with the parts that distinguish them.
    static Map<Key, String> texts(List<Row> rows) {
        List<Key> keys = rows.stream().flatMap(row -> row.key().stream()).toList();
        Iterator<String> texts = Key.texts(keys).iterator();
        Map<Key, String> byKey = new HashMap<>();
        keys.forEach(key -> byKey.put(key, texts.next()));
        return byKey;
    }

    /// The candidates for the correction of a mistyped pattern.
    List<String> nearest(KeyPattern pattern) {
        List<Key> keys = rows().stream().flatMap(row -> row.key().stream()).toList();
        return Nearest.to(pattern.text(), keys, 3);
    }

    private void add(List<Row> rows, PatchableState state, Set<String> seen, Set<Policy> left) {
        left.removeIf(policy -> policy.key().matches(state.key()));
        if (seen.add(state.key().owner() + state.key().name() + state.key().descriptor() + state.loader())) {
            rows.add(new Row(state, policies.of(state.key())));
        }
    }

    /// The rows of woven patchables that were not called.
    private List<PatchableState> unlinked() {
        record Place(Key key, @Nullable ClassLoader loader) {}
        List<Place> entries = new ArrayList<>();
        Set<Key> calls = new HashSet<>();
        weaveLog.each((loader, woven) -> {
            woven.entries().forEach(entry -> entries.add(new Place(entry.key(), loader)));
            woven.sites().stream().map(Site::key).forEach(calls::add);
        });
        List<PatchableState> states = new ArrayList<>();
        for (Place place : entries) {
            String loader = place.loader == null ? "bootstrap" : place.loader.toString();
            states.add(new PatchableState(place.key, DEFAULT, Mode.CONSTANT, "", 0, 0, loader, ""));
        }
        Set<Key> known = new HashSet<>();
        states.forEach(state -> known.add(state.key()));
        Repoint.states().forEach(state -> known.add(state.key()));
        calls.removeAll(known);
        for (Key key : calls) {
            states.add(
                    new PatchableState(key, DEFAULT, Mode.CONSTANT, "", 0, 0, "", key.isField() ? "" : "at its calls"));
        }
        return states;
    }

    /// The JDK's own loaders by their names: `app` for
    /// `jdk.internal.loader.ClassLoaders$AppClassLoader@7c84929b`.
    private static String shortened(String loader) {
        for (ClassLoader known = ClassLoader.getSystemClassLoader(); known != null; known = known.getParent()) {
            if (loader.equals(known.toString()) && known.getName() != null) {
                return known.getName();
            }
        }
        return loader;
    }

    /// A key as a declaration: `int update(int,byte[])`.
    private static String declaration(Key key) {
        if (key.isField()) {
            return key.type() + " " + KeySyntax.quoted(key.name());
        }
        return key.type() + " " + KeySyntax.quoted(key.name()) + key.parameters();
    }
}
