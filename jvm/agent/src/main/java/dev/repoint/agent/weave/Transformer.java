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
import dev.repoint.weaver.Weaver;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Weaves classes as the JVM hands them over.
///
/// | the class | what it gets |
/// | --- | --- |
/// | is being loaded | everything that is selected now: prologues, twins, bridges |
/// | is loaded, and is transformed again | first exactly what it got when it was loaded, as its methods must stay the same; then, in place, what has been selected since |
///
/// The JVM starts each transformation from the class file as it was before any agent that can do this again, so
/// the changes of other agents survive, whoever comes first. It does not ask a transformer about classes that
/// the transformer itself makes the same thread load; [Retransformer] weaves those later.
///
/// Never throws, and never returns anything but a class file that is whole: whatever goes wrong leaves the
/// class as it was and is noted in the [WeaveLog]. Thread-safe.
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

    /// @param sight what class loaders find
    /// @param others serves the classes that find another runtime; null in a secondary agent
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

    /// What one thread sees of the classes that it has transformed again.
    ///
    /// @param results what became of each in place
    /// @param originals the class files before weaving, where they were asked for
    record Attempt(Map<Class<?>, InPlaceResult> results, Map<Class<?>, byte[]> originals) {
        Attempt() {
            this(new IdentityHashMap<>(), new IdentityHashMap<>());
        }

        /// What a weaver did to a loaded class.
        record InPlaceResult(Weaver weaver, WeaveResult result) {}
    }

    /// Writes what is woven from now on to a folder.
    public void dumpTo(ClassDump folder) {
        dump = folder;
    }

    /// The class files that this transformer's weavers look at for the sake of another class.
    public ClassFiles classFiles() {
        return classFiles;
    }

    /// Starts to record what this thread transforms again.
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
        String name = className;
        if (name != null && OwnClasses.isOursInternal(name)) {
            return null;
        }
        try {
            if (name == null) {
                name = ClassFile.of().parse(classFile).thisClass().asInternalName();
            }
            if (isAnothers(loader, loaded, classFile)) {
                return others == null || loader == null
                        ? null
                        : others.transform(module, loader, className, loaded, domain, classFile);
            }
            byte[] woven = loaded == null
                    ? load(module, loader, name, classFile)
                    : again(module, loader, name, loaded, classFile);
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

    /// Whether a class finds another runtime than this agent's, or finds none and is given one. A loader of the
    /// program is asked only about a class that is selected, or that was woven before.
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

    /// Whether something would be done to a class that is being loaded.
    private boolean isSelected(ClassLoader loader, byte[] classFile) {
        WeaveResult result = plan.weaverFor(loader).weave(classFile, classFiles.from(loader), Phase.LOAD);
        return result.changed();
    }

    private void noteFailure(@Nullable ClassLoader loader, @Nullable String name, Throwable failure) {
        if (name != null) {
            try {
                weaveLog.refused(loader, name, name.replace('/', '.'), "left as it was: " + failure);
            } catch (OutOfMemoryError | StackOverflowError e) {
                // as it was, and not even noted
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
        weaveLog.loaded(loader, name, weaver, result);
        if (result.changed()) {
            makeLinkable(module, result);
        }
        return result.bytes();
    }

    private byte[] again(
            @Nullable Module module, @Nullable ClassLoader loader, String name, Class<?> loaded, byte[] classFile) {
        Attempt recorded = attempt.get();
        if (recorded != null) {
            recorded.originals().put(loaded, classFile);
        }
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
            weaveLog.refused(loader, name, name.replace('/', '.'), "left as it was: " + e);
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

    /// Why a class must not be woven although it is selected, or null.
    @Nullable
    String refusal(@Nullable ClassLoader loader, String internalName) {
        if (isNeededHere(loader, internalName)) {
            return NeededByLinking.REASON;
        }
        return visibility.of(loader) == RuntimeVisibility.VisibleRuntime.OURS ? null : RuntimeVisibility.REASON;
    }

    /// Notes that a loaded class is left.
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

    /// Whether weaving runs a class. If such a class were woven as it is loaded, the weaver would need it
    /// before it is there, and the JVM would make that failure last.
    private static boolean isNeededHere(@Nullable ClassLoader loader, String internalName) {
        return JdkClasses.areOf(loader) && NeededByLinking.isCore(internalName);
    }

    /// Notes by key what was asked for by name, and the class where a wildcard happens to cover it.
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
