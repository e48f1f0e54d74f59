package dev.repoint.agent.weave;

import dev.repoint.Key;
import dev.repoint.internal.classfile.ClassBytes;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.weave.Weaver;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Records the woven and the rejected members by class loader and class, with the reasons. It refers to class
/// loaders weakly.
///
/// Thread-safe.
public final class WeaveLog {

    /// Guarded by itself.
    private final Map<@Nullable ClassLoader, Map<String, WovenClass>> loaders = new WeakHashMap<>();

    /// Guarded by [#loaders].
    private boolean refuses;

    /// The weaver of a class at its load, or null if it changed nothing.
    @Nullable
    Weaver atLoad(@Nullable ClassLoader loader, String internalName) {
        synchronized (loaders) {
            WovenClass woven = find(loader, internalName);
            return woven == null ? null : woven.atLoad();
        }
    }

    /// The weaver of a class if it made all its changes at its load, from this class file; otherwise null.
    @Nullable
    Weaver onlyAtLoad(@Nullable ClassLoader loader, String internalName, byte[] classFile) {
        synchronized (loaders) {
            WovenClass woven = find(loader, internalName);
            return woven == null ? null : woven.onlyAtLoad(classFile);
        }
    }

    /// Records a class that is being loaded. Forgets an earlier class with the same name whose definition failed.
    ///
    /// @param classFile the class before weaving
    void loaded(
            @Nullable ClassLoader loader, String internalName, Weaver weaver, WeaveResult result, byte[] classFile) {
        WovenClass woven = new WovenClass(weaver, result, ClassBytes.fingerprint(classFile));
        synchronized (loaders) {
            refuses |= !result.rejections().isEmpty();
            classesOf(loader).put(internalName, woven);
        }
    }

    /// The last weaver of a class in place, or null.
    @Nullable
    Weaver inPlace(@Nullable ClassLoader loader, String internalName) {
        synchronized (loaders) {
            WovenClass woven = find(loader, internalName);
            return woven == null ? null : woven.inPlace();
        }
    }

    /// Records a loaded class that was woven in place.
    void inPlace(@Nullable ClassLoader loader, String internalName, Weaver weaver, WeaveResult result) {
        synchronized (loaders) {
            refuses |= !result.rejections().isEmpty();
            of(loader, internalName).changeInPlace(weaver, result);
        }
    }

    /// Records a rejection.
    ///
    /// @param subject a key or the name of a class
    void refused(@Nullable ClassLoader loader, String internalName, String subject, String reason) {
        synchronized (loaders) {
            refuses = true;
            of(loader, internalName).refuse(new Refusal(subject, reason));
        }
    }

    /// Whether the log has ever had a record of a rejection.
    public boolean hasRefusals() {
        synchronized (loaders) {
            return refuses;
        }
    }

    /// Whether the entry of a method is woven.
    boolean hasEntry(@Nullable ClassLoader loader, String internalName, Key key) {
        synchronized (loaders) {
            WovenClass woven = find(loader, internalName);
            return woven != null && woven.hasEntry(key);
        }
    }

    /// Whether the log has a record of a class.
    boolean knows(@Nullable ClassLoader loader, String internalName) {
        synchronized (loaders) {
            return find(loader, internalName) != null;
        }
    }

    /// Passes every recorded class and its loader to a visitor. The log does not change meanwhile.
    public void each(BiConsumer<@Nullable ClassLoader, WovenClass> visitor) {
        synchronized (loaders) {
            for (Map.Entry<@Nullable ClassLoader, Map<String, WovenClass>> each : loaders.entrySet()) {
                for (WovenClass woven : each.getValue().values()) {
                    visitor.accept(each.getKey(), woven);
                }
            }
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
