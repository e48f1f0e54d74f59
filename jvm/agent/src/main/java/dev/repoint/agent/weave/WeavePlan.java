package dev.repoint.agent.weave;

import dev.repoint.ClassPattern;
import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.agent.options.Options;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Spared;
import dev.repoint.weaver.weave.Weaver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The selection of all options and requests so far.
///
/// Calls inside the JDK are patched only if the option `in` names the calling classes: a redirect of
/// `System.nanoTime` is for the program, not for `java.util.concurrent`. Thread-safe.
public final class WeavePlan {

    private final JdkExclusions needs;
    private volatile Selection selection = Selection.ofAnnotated();
    private volatile Weaver weaver = Weaver.of(selection);
    private volatile Weaver jdkWeaver = weaver;
    private volatile boolean concernsJdk;

    /// @param needs the methods of the JDK that must stay unchanged
    public WeavePlan(JdkExclusions needs) {
        this.needs = needs;
    }

    /// The weaver for the classes of a loader.
    Weaver weaverFor(@Nullable ClassLoader loader) {
        return JdkClasses.areOf(loader) ? jdkWeaver : weaver;
    }

    /// The current selection.
    public Selection selection() {
        return selection;
    }

    /// Whether the selection names members of classes that the JDK may have loaded before the program.
    public boolean wantsNamed() {
        return !selection.patchable().isEmpty() || !selection.in().isEmpty();
    }

    /// Whether the selection may match a class of the JDK, according to its loader and its module.
    boolean mayConcern(@Nullable ClassLoader loader, @Nullable Module module) {
        return concernsJdk || !JdkClasses.areOf(loader) || module == null || !module.isNamed();
    }

    /// Whether only the calls of a method are patched.
    public boolean isAtCalls(Key key) {
        return matches(selection.sites(), key) && !matches(selection.patchable(), key);
    }

    /// Whether the selection contains a field, apart from its annotation.
    public boolean isSelected(Key field) {
        return matches(selection.patchable(), field);
    }

    /// Whether the selection names fields, so that any class may use one.
    boolean wantsFields() {
        for (KeyPattern pattern : selection.patchable()) {
            if (pattern.mayMeanField()) {
                return true;
            }
        }
        return false;
    }

    /// The selected fields.
    public Selection ofFields() {
        Selection now = selection;
        List<KeyPattern> fields =
                now.patchable().stream().filter(KeyPattern::mayMeanField).toList();
        return new Selection(fields, true, List.of(), List.of(), now.exclude());
    }

    /// Whether methods of a class may be selected, according to its name.
    boolean wantsEntriesOf(String binaryName) {
        List<KeyPattern> patterns = selection.patchable();
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matchesOwner(binaryName)) {
                return true;
            }
        }
        return false;
    }

    /// Whether calls in a class may be selected, according to its name and loader.
    boolean wantsCallsIn(String binaryName, @Nullable ClassLoader loader) {
        Selection now = selection;
        if (now.sites().isEmpty() || JdkClasses.areOf(loader) && now.in().isEmpty()) {
            return false;
        }
        return now.in().isEmpty() || matches(now.in(), binaryName);
    }

    /// The pattern that excludes a class, or null.
    public @Nullable ClassPattern excluding(String binaryName) {
        for (ClassPattern pattern : selection.exclude()) {
            if (pattern.matches(binaryName)) {
                return pattern;
            }
        }
        return null;
    }

    /// Whether options limit the patched calls to some classes.
    public boolean limitsCalls() {
        return !selection.in().isEmpty();
    }

    /// Adds the selection of options.
    public synchronized void add(Options options) {
        Selection now = selection;
        List<KeyPattern> patchable = joined(now.patchable(), options.patchable());
        List<KeyPattern> sites = joined(now.sites(), options.sites());
        for (Policy policy : options.policy()) {
            if (!isAmong(sites, policy.key())) {
                patchable = joined(patchable, List.of(policy.key()));
            }
        }
        use(new Selection(
                patchable, true, sites, joined(now.in(), options.in()), joined(now.exclude(), options.exclude())));
    }

    /// Adds the keys of a policy file.
    ///
    /// @return the keys whose entries will be patched
    public synchronized List<KeyPattern> addNamed(List<KeyPattern> keys) {
        Selection now = selection;
        List<KeyPattern> entries =
                keys.stream().filter(key -> !isAmong(now.sites(), key)).toList();
        use(new Selection(joined(now.patchable(), entries), true, now.sites(), now.in(), now.exclude()));
        return entries;
    }

    /// Adds the entry of one method, or one field.
    public synchronized void addEntry(Key key) {
        Selection now = selection;
        List<KeyPattern> patchable = joined(now.patchable(), List.of(pattern(key)));
        use(new Selection(patchable, true, now.sites(), now.in(), now.exclude()));
    }

    /// Adds the calls of one method, instead of its entry.
    public synchronized void addCalls(Key key) {
        Selection now = selection;
        KeyPattern pattern = pattern(key);
        List<KeyPattern> patchable = new ArrayList<>(now.patchable());
        patchable.remove(pattern);
        use(new Selection(patchable, true, joined(now.sites(), List.of(pattern)), now.in(), now.exclude()));
    }

    /// The methods of a loader's classes that must stay unchanged for this selection.
    public Spared sparedOf(@Nullable ClassLoader loader, Selection wanted) {
        return JdkClasses.areOf(loader) ? needs.of(wanted) : Spared.NONE;
    }

    /// Removes everything that was added since, and was not woven.
    public synchronized void restore(Selection before) {
        use(before);
    }

    @SuppressWarnings("ReferenceEquality") // it is that object or another
    private void use(Selection wanted) {
        weaver = Weaver.of(wanted);
        Selection inJdk = wanted.sites().isEmpty() || !wanted.in().isEmpty()
                ? wanted
                : new Selection(wanted.patchable(), true, List.of(), List.of(), wanted.exclude());
        Spared spared = needs.of(inJdk);
        jdkWeaver = Weaver.of(inJdk, spared);
        concernsJdk = spared != Spared.NONE;
        selection = wanted;
    }

    /// Whether one of these patterns selects the key of a policy.
    private static boolean isAmong(List<KeyPattern> sites, KeyPattern key) {
        for (KeyPattern site : sites) {
            if (site.mayHaveTypesOf(key) && site.matchesOwner(key.owner()) && site.matchesMethodName(key.name())) {
                return true;
            }
        }
        return false;
    }

    private static KeyPattern pattern(Key key) {
        return KeyPattern.of(key);
    }

    private static boolean matches(List<ClassPattern> patterns, String binaryName) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(binaryName)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(List<KeyPattern> patterns, Key key) {
        for (KeyPattern pattern : patterns) {
            if (pattern.matches(key)) {
                return true;
            }
        }
        return false;
    }

    private static <T> List<T> joined(List<T> present, List<T> added) {
        List<T> all = new ArrayList<>(present);
        for (T each : added) {
            if (!all.contains(each)) {
                all.add(each);
            }
        }
        return all;
    }
}
