package dev.repoint.agent.weave;

import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.Weaver;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Records by class loader and class what was woven, and what was not and why. It holds class loaders weakly.
///
/// Thread-safe.
public final class WeaveLog {

    /// Guarded by itself.
    private final Map<@Nullable ClassLoader, Map<String, WovenClass>> loaders = new WeakHashMap<>();

    /// The weaver that a class went through when it was loaded, or null if that changed nothing.
    @Nullable
    Weaver atLoad(@Nullable ClassLoader loader, String internalName) {
        synchronized (loaders) {
            WovenClass woven = find(loader, internalName);
            return woven == null ? null : woven.atLoad();
        }
    }

    /// Notes a class that is being loaded. A class of that name that could not be defined before is forgotten.
    void loaded(@Nullable ClassLoader loader, String internalName, Weaver weaver, WeaveResult result) {
        WovenClass woven = new WovenClass(weaver, result);
        synchronized (loaders) {
            classesOf(loader).put(internalName, woven);
        }
    }

    /// The weaver that wove a class in place last, or null.
    @Nullable
    Weaver inPlace(@Nullable ClassLoader loader, String internalName) {
        synchronized (loaders) {
            WovenClass woven = find(loader, internalName);
            return woven == null ? null : woven.inPlace();
        }
    }

    /// Notes a loaded class that has been woven in place.
    void inPlace(@Nullable ClassLoader loader, String internalName, Weaver weaver, WeaveResult result) {
        synchronized (loaders) {
            of(loader, internalName).changeInPlace(weaver, result);
        }
    }

    /// Notes that something was left.
    ///
    /// @param subject a key or the name of a class
    void refused(@Nullable ClassLoader loader, String internalName, String subject, String reason) {
        synchronized (loaders) {
            of(loader, internalName).refuse(new Refusal(subject, reason));
        }
    }

    /// Whether anything is noted about a class.
    boolean knows(@Nullable ClassLoader loader, String internalName) {
        synchronized (loaders) {
            return find(loader, internalName) != null;
        }
    }

    /// Shows every class that is noted, with its loader, while the log does not change.
    public void each(BiConsumer<@Nullable ClassLoader, WovenClass> visitor) {
        synchronized (loaders) {
            loaders.forEach((loader, classes) -> classes.values().forEach(woven -> visitor.accept(loader, woven)));
        }
    }

    private @Nullable WovenClass find(@Nullable ClassLoader loader, String internalName) {
        Map<String, WovenClass> classes = loaders.get(loader);
        return classes == null ? null : classes.get(internalName);
    }

    private WovenClass of(@Nullable ClassLoader loader, String internalName) {
        Map<String, WovenClass> classes = classesOf(loader);
        WovenClass woven = classes.get(internalName);
        if (woven == null) {
            woven = new WovenClass();
            classes.put(internalName, woven);
        }
        return woven;
    }

    private Map<String, WovenClass> classesOf(@Nullable ClassLoader loader) {
        Map<String, WovenClass> classes = loaders.get(loader);
        if (classes == null) {
            classes = new HashMap<>();
            loaders.put(loader, classes);
        }
        return classes;
    }
}
