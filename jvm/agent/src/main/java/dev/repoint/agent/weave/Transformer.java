package dev.repoint.agent.weave;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.agent.reach.NeededByLinking;
import dev.repoint.agent.runtime.ModuleAccess;
import dev.repoint.agent.runtime.RuntimeVisibility;
import dev.repoint.internal.agent.OwnClasses;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.report.FileFailure;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.scan.ClassScanner;
import dev.repoint.weaver.weave.Weaver;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Weaves classes when the JVM passes them to the agent.
///
/// | the class | result |
/// | --- | --- |
/// | is being loaded | all changes that are selected now: prologues, bridges, a few twins |
/// | is already loaded, and is transformed again | first exactly the changes of its load, because its methods must stay the same; then, in place, everything that was selected since |
///
/// The JVM starts each transformation from the class file before all retransforming agents, so the changes of other
/// agents stay, in any order of the agents. It does not show a transformer the classes that the transformer itself
/// loads on the same thread; [Retransformer] weaves these later.
///
/// It never throws, and never returns an incomplete class file: after a failure the class stays unchanged, and the
/// [WeaveLog] records the reason. Thread-safe.
public final class Transformer implements ClassFileTransformer {

    private final WeavePlan plan;
    private final WeaveLog weaveLog;
    private final UnmatchedPatterns unmatched;
    private final ModuleAccess access;
    private final ClassFiles classFiles = new ClassFiles();
    private final RuntimeVisibility visibility;
    private final @Nullable OtherRuntimes others;
    private final ThreadLocal<@Nullable Attempt> attempt = new ThreadLocal<>();
    private volatile @Nullable ClassDump dump;
    private volatile @Nullable DirectCalls direct;

    /// @param sight the runtimes that class loaders find
    /// @param others handles the classes that find another runtime; null in a secondary agent
    public Transformer(
            WeavePlan plan,
            WeaveLog weaveLog,
            UnmatchedPatterns unmatched,
            ModuleAccess access,
            RuntimeVisibility visibility,
            @Nullable OtherRuntimes others) {
        this.plan = plan;
        this.weaveLog = weaveLog;
        this.unmatched = unmatched;
        this.access = access;
        this.visibility = visibility;
        this.others = others;
    }

    /// The record of one thread about the classes that it transforms again.
    ///
    /// @param results the result for each class in place
    /// @param classFiles the class file of each class after weaving
    record Attempt(Map<Class<?>, InPlaceResult> results, Map<Class<?>, byte[]> classFiles) {
        Attempt() {
            this(new IdentityHashMap<>(), new IdentityHashMap<>());
        }

        /// The change of a loaded class by a weaver.
        record InPlaceResult(Weaver weaver, WeaveResult result) {}
    }

    /// Writes all classes that are woven from now on to a folder.
    public void dumpTo(ClassDump folder) {
        dump = folder;
    }

    /// Points calls elsewhere in all classes that are loaded from now on.
    public void point(DirectCalls calls) {
        direct = calls;
    }

    /// The class files that the weavers of this transformer read for other classes.
    public ClassFiles classFiles() {
        return classFiles;
    }

    /// Starts to record the classes that this thread transforms again.
    Attempt begin() {
        Attempt begun = new Attempt();
        attempt.set(begun);
        return begun;
    }

    /// Ends the record.
    void end() {
        attempt.remove();
    }

    @Override
    @SuppressWarnings("CatchingThrowable") // nothing that goes wrong here may reach the program
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (className != null && OwnClasses.isOursInternal(className)
                || loaded == null && !plan.mayConcern(loader, module)) {
            return null;
        }
        byte[] pointed = point(module, loader, className, loaded != null, classFile);
        byte[] woven = weave(module, loader, className, loaded, domain, pointed);
        if (woven != null) {
            return woven;
        }
        if (pointed == classFile || className == null) {
            return null;
        }
        write(loader, className, pointed);
        return pointed;
    }

    /// Points the calls of a class elsewhere. This needs no runtime.
    @SuppressWarnings("CatchingThrowable") // likewise
    private byte[] point(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            boolean isLoaded,
            byte[] classFile) {
        DirectCalls calls = direct;
        if (calls == null || name == null || plan.excluding(name.replace('/', '.')) != null) {
            return classFile;
        }
        try {
            return calls.point(module, loader, name, isLoaded, classFile);
        } catch (Throwable e) {
            noteFailure(loader, name, e);
            return classFile;
        }
    }

    @SuppressWarnings("CatchingThrowable") // likewise
    private byte @Nullable [] weave(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        String name = className;
        try {
            if (name == null) {
                name = ClassScanner.internalName(classFile);
            }
            if (isAnothers(loader, loaded, classFile)) {
                return others == null || loader == null
                        ? null
                        : others.transform(module, loader, className, loaded, domain, classFile);
            }
            byte[] woven = loaded == null
                    ? load(module, loader, name, classFile)
                    : again(module, loader, name, loaded, classFile);
            Attempt recorded = attempt.get();
            if (recorded != null && loaded != null) {
                recorded.classFiles().put(loaded, woven);
            }
            if (woven == classFile) {
                return null;
            }
            write(loader, name, woven);
            return woven;
        } catch (Throwable e) {
            noteFailure(loader, name, e);
            return null;
        }
    }

    /// Whether a class finds another runtime than this agent's, or finds none and gets one. It asks a loader of the
    /// program only about a class that is selected or was woven before.
    private boolean isAnothers(@Nullable ClassLoader loader, @Nullable Class<?> loaded, byte[] classFile) {
        RuntimeVisibility.VisibleRuntime known = visibility.known(loader);
        if (known == null && (loaded != null || ConstantPoolScan.namesRuntime(classFile))) {
            known = visibility.of(loader);
        }
        if (known != null && known != RuntimeVisibility.VisibleRuntime.NONE
                || loader == null
                || JdkClasses.areOf(loader)) {
            return known == RuntimeVisibility.VisibleRuntime.ANOTHER;
        }
        if (loaded == null && !isSelected(loader, classFile)) {
            return false;
        }
        RuntimeVisibility.VisibleRuntime found = visibility.of(loader);
        if (found == RuntimeVisibility.VisibleRuntime.NONE && loaded == null && others != null) {
            String failure = others.injectAsItLoads(loader);
            if (failure == null) {
                return true;
            }
        }
        return found == RuntimeVisibility.VisibleRuntime.ANOTHER;
    }

    /// Whether a class that is being loaded would change.
    private boolean isSelected(ClassLoader loader, byte[] classFile) {
        WeaveResult result = plan.weaverFor(loader).weave(classFile, classFiles.from(loader), Phase.LOAD);
        return result.changed();
    }

    private void noteFailure(@Nullable ClassLoader loader, @Nullable String name, Throwable failure) {
        if (name != null) {
            try {
                weaveLog.refused(loader, name, name.replace('/', '.'), "not changed: " + failure);
            } catch (OutOfMemoryError | StackOverflowError e) {
                // unchanged, and not even recorded
            }
        }
    }

    private byte[] load(@Nullable Module module, @Nullable ClassLoader loader, String name, byte[] classFile) {
        if (isNeededHere(loader, name)) {
            if (plan.wantsEntriesOf(name.replace('/', '.'))) {
                refuse(loader, name, NeededByLinking.REASON, classFile);
            }
            return classFile;
        }
        Weaver weaver = plan.weaverFor(loader);
        WeaveResult result = weaver.weave(classFile, classFiles.from(loader), Phase.LOAD);
        if (!result.changed() && result.rejections().isEmpty() && !plan.wantsEntriesOf(name.replace('/', '.'))) {
            return classFile;
        }
        unmatched.see(result);
        String refusal = refusal(loader, name);
        if (refusal != null) {
            noteRefused(loader, name, result, refusal);
            return classFile;
        }
        weaveLog.loaded(loader, name, weaver, result, classFile);
        if (result.changed()) {
            makeLinkable(module, result);
        }
        return result.bytes();
    }

    private byte[] again(
            @Nullable Module module, @Nullable ClassLoader loader, String name, Class<?> loaded, byte[] classFile) {
        Attempt recorded = attempt.get();
        ClassSource classes = classFiles.from(loader);
        Weaver atLoad = weaveLog.atLoad(loader, name);
        byte[] asLoaded = atLoad == null
                ? classFile
                : atLoad.weave(classFile, classes, Phase.LOAD).bytes();
        if (refusal(loader, name) != null) {
            return asLoaded;
        }
        Weaver weaver = plan.weaverFor(loader);
        WeaveResult result;
        try {
            result = weaver.weave(asLoaded, classes, Phase.RETRANSFORM);
        } catch (RuntimeException | StackOverflowError e) {
            weaveLog.refused(loader, name, name.replace('/', '.'), "not changed: " + e);
            Weaver before = weaveLog.inPlace(loader, name);
            return before == null
                    ? asLoaded
                    : before.weave(asLoaded, classes, Phase.RETRANSFORM).bytes();
        }
        unmatched.see(result);
        if (recorded != null) {
            recorded.results().put(loaded, new Attempt.InPlaceResult(weaver, result));
        } else if (result.changed()) {
            weaveLog.inPlace(loader, name, weaver, result);
        }
        if (result.changed()) {
            makeLinkable(module, result);
        }
        return result.bytes();
    }

    private void makeLinkable(@Nullable Module module, WeaveResult result) {
        if (module != null) {
            access.letRead(module);
        }
        for (Site site : result.sites()) {
            Weaving.declareSites(site.key());
        }
    }

    /// The reason why a selected class must not be woven, or null.
    @Nullable
    String refusal(@Nullable ClassLoader loader, String internalName) {
        if (isNeededHere(loader, internalName)) {
            return NeededByLinking.REASON;
        }
        return visibility.of(loader) == RuntimeVisibility.VisibleRuntime.OURS ? null : RuntimeVisibility.REASON;
    }

    /// Records that a loaded class is not woven.
    void refuse(@Nullable ClassLoader loader, String internalName, String reason) {
        boolean named = unmatched.names(internalName.replace('/', '.'));
        refuse(loader, internalName, reason, named ? ClassFiles.read(loader, internalName) : null);
    }

    private void refuse(@Nullable ClassLoader loader, String internalName, String reason, byte @Nullable [] classFile) {
        String binaryName = internalName.replace('/', '.');
        if (classFile == null || !unmatched.names(binaryName)) {
            unmatched.seeAll(binaryName);
            weaveLog.refused(loader, internalName, binaryName, reason);
        } else {
            WeaveResult result = plan.weaverFor(loader).weave(classFile, classFiles.from(loader), Phase.RETRANSFORM);
            unmatched.see(result);
            noteRefused(loader, internalName, result, reason);
        }
    }

    /// Whether weaving uses a class. If such a class were woven during its load, the weaver would need it before it
    /// exists, and the failure would be permanent.
    private static boolean isNeededHere(@Nullable ClassLoader loader, String internalName) {
        return JdkClasses.areOf(loader) && NeededByLinking.isCore(internalName);
    }

    /// Records the key of a member that was selected by name, and the class if only a wildcard matches.
    private void noteRefused(@Nullable ClassLoader loader, String name, WeaveResult result, String reason) {
        boolean named = false;
        for (PatchedEntry entry : result.entries()) {
            named |= noteIfNamed(loader, name, entry.key(), reason);
        }
        for (Rejection rejection : result.rejections()) {
            named |= noteIfNamed(loader, name, rejection.key(), reason);
        }
        if (!named) {
            weaveLog.refused(loader, name, name.replace('/', '.'), reason);
        }
    }

    private boolean noteIfNamed(@Nullable ClassLoader loader, String name, Key key, String reason) {
        for (KeyPattern pattern : plan.selection().patchable()) {
            if (pattern.isExact() && pattern.matches(key)) {
                weaveLog.refused(loader, name, key.text(), reason);
                return true;
            }
        }
        return false;
    }

    private void write(@Nullable ClassLoader loader, String name, byte[] woven) {
        ClassDump to = dump;
        if (to == null) {
            return;
        }
        try {
            to.write(name, woven);
        } catch (IOException e) {
            unwritten(loader, name, to, FileFailure.reason(e));
        } catch (RuntimeException e) {
            unwritten(loader, name, to, e.toString());
        }
    }

    private void unwritten(@Nullable ClassLoader loader, String name, ClassDump to, String reason) {
        weaveLog.refused(
                loader, name, name.replace('/', '.'), "woven, but not written to " + to.folder() + ": " + reason);
    }
}
