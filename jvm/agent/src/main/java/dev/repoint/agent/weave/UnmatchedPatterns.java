package dev.repoint.agent.weave;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.SyntaxException;
import dev.repoint.agent.options.Options;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The patterns of the options that have matched nothing yet: mistyped ones, and those whose classes are not loaded.
///
/// Thread-safe.
public final class UnmatchedPatterns {

    private final Set<KeyPattern> left = ConcurrentHashMap.newKeySet();
    private final Set<KeyPattern> exact = ConcurrentHashMap.newKeySet();

    /// Adds the patterns of options.
    public void expect(Options options) {
        for (KeyPattern pattern : options.patchable()) {
            expect(pattern);
        }
        for (KeyPattern pattern : options.sites()) {
            expect(pattern);
        }
        for (Policy policy : options.policy()) {
            expect(policy.key());
        }
    }

    /// Adds the keys of a policy file.
    public void expect(List<KeyPattern> keys) {
        for (KeyPattern key : keys) {
            expect(key);
        }
    }

    /// Removes the patterns that match a woven or refused member.
    public void see(WeaveResult result) {
        if (left.isEmpty()) {
            return;
        }
        for (PatchedEntry entry : result.entries()) {
            see(entry.key());
        }
        for (Site site : result.sites()) {
            see(site.key());
        }
        for (Rejection rejection : result.rejections()) {
            see(rejection.key());
        }
    }

    /// Whether a pattern without wildcards names a method of a class.
    boolean names(String binaryName) {
        for (KeyPattern pattern : exact) {
            if (pattern.matchesOwner(binaryName)) {
                return true;
            }
        }
        return false;
    }

    /// Removes the patterns that match a whole class.
    void seeAll(String binaryName) {
        for (KeyPattern pattern : left) {
            if (!pattern.isExact() && pattern.matchesOwner(binaryName)) {
                left.remove(pattern);
            }
        }
    }

    /// The remaining patterns, ordered by their text.
    List<KeyPattern> patterns() {
        List<KeyPattern> patterns = new ArrayList<>(left);
        if (patterns.size() > 1) {
            patterns.sort((one, other) -> one.text().compareTo(other.text()));
        }
        return patterns;
    }

    /// Whether each pattern has matched something.
    public boolean isEmpty() {
        return left.isEmpty();
    }

    /// Whether an option has a pattern without wildcards.
    boolean namesNothing() {
        return exact.isEmpty();
    }

    /// Whether an option names a key, without wildcards.
    ///
    /// @param keyText the key as text
    boolean isNamed(String keyText) {
        KeyPattern key;
        try {
            key = KeyPattern.parse(keyText);
        } catch (SyntaxException e) {
            return false; // a class, or a place
        }
        for (KeyPattern pattern : exact) {
            boolean named = pattern.matchesOwner(key.owner())
                    && (pattern.matchesMethodName(key.name()) || pattern.matchesFieldName(key.name()));
            if (named && key.hasParameters() && pattern.mayHaveTypesOf(key)) {
                return true;
            }
        }
        return false;
    }

    private void expect(KeyPattern pattern) {
        left.add(pattern);
        if (pattern.isExact()) {
            exact.add(pattern);
        }
    }

    /// Removes the patterns that match a key.
    public void see(Key key) {
        for (KeyPattern pattern : left) {
            if (pattern.matches(key)) {
                left.remove(pattern);
            }
        }
    }
}
