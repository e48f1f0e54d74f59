package dev.repoint.internal.agent;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.Target;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an agent tells the runtime about the classes that it weaves.
///
/// Thread-safe. Not for applications.
public final class Weaving {

    private static final Set<Key> SITES = ConcurrentHashMap.newKeySet();
    private static volatile @Nullable Function<Key, Target.@Nullable Written> policy;
    private static volatile @Nullable LoadedClassFiles classFiles;
    private static volatile @Nullable PolicyHost host;

    private Weaving() {}

    /// Says that calls of a method have been woven, in whichever class.
    ///
    /// @param key the method; its class need not be loaded
    public static void declareSites(Key key) {
        SITES.add(key);
    }

    /// Installs the targets that are applied when a patchable is first linked.
    ///
    /// @param targets gives a key's target, or null to leave it; called by any thread, also by several at once
    public static void policy(Function<Key, Target.@Nullable Written> targets) {
        policy = targets;
    }

    /// Installs where the class files of loaded classes come from.
    ///
    /// @param source called by any thread
    public static void classFiles(LoadedClassFiles source) {
        classFiles = source;
    }

    /// Installs what makes ready for a policy file. From then on the agent knows of every change of it before
    /// it is applied.
    ///
    /// @param support called by any thread
    public static void policyHost(PolicyHost support) {
        host = support;
    }

    public static void openTarget(Target.Written target, @Nullable ClassLoader loader) {
        PolicyHost installed = host;
        if (installed != null) {
            installed.open(target, loader);
        }
    }

    public static void prepare(List<KeyPattern> keys) {
        PolicyHost installed = host;
        if (installed != null) {
            installed.prepare(keys);
        }
    }

    public static boolean hasSites(Key key) {
        return SITES.contains(key);
    }

    public static Target.@Nullable Written policyFor(Key key) {
        Function<Key, Target.@Nullable Written> installed = policy;
        return installed == null ? null : installed.apply(key);
    }

    public static @Nullable LoadedClassFiles classFiles() {
        return classFiles;
    }
}
