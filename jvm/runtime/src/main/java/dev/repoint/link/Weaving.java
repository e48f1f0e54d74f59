package dev.repoint.link;

import dev.repoint.Key;
import dev.repoint.TargetSpec;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an agent tells the runtime about the classes that it weaves.
///
/// Thread-safe. Not for applications.
public final class Weaving {

    private static final Set<Key> SITES = ConcurrentHashMap.newKeySet();
    private static volatile @Nullable Function<Key, @Nullable TargetSpec> policy;
    private static volatile @Nullable TwinSource twins;

    private Weaving() {}

    /// Says that a method of a loaded class has got its prologue.
    ///
    /// @param owner the class that declares it
    /// @param name its name
    /// @param descriptor its descriptor, without a receiver
    public static void declareEntry(Class<?> owner, String name, String descriptor) {
        Points.of(owner, name, descriptor).declareEntry();
    }

    /// Says that calls of a method have been woven, in whichever class.
    ///
    /// @param key the method; its class need not be loaded
    public static void declareSites(Key key) {
        SITES.add(key);
    }

    /// Installs the targets that are applied when a patchable is first linked.
    ///
    /// @param targets gives a key's target, or null to leave it; called by any thread, also by several at once
    public static void policy(Function<Key, @Nullable TargetSpec> targets) {
        policy = targets;
    }

    /// Installs where the default of a method that was woven in place comes from.
    ///
    /// @param source gives class files; called by any thread
    public static void twins(TwinSource source) {
        twins = source;
    }

    static boolean hasSites(Key key) {
        return SITES.contains(key);
    }

    static @Nullable TargetSpec policyFor(Key key) {
        Function<Key, @Nullable TargetSpec> installed = policy;
        return installed == null ? null : installed.apply(key);
    }

    static @Nullable TwinSource twins() {
        return twins;
    }
}
