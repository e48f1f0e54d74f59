package dev.repoint.agent.weave;

import dev.repoint.agent.options.Options;
import dev.repoint.internal.agent.OwnClasses;
import dev.repoint.weaver.Phase;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The loaded classes of the JVM that the agent works for.
///
/// Thread-safe.
public final class LoadedClasses {

    private final Instrumentation instrumentation;
    private final WeavePlan plan;
    private final WeaveLog weaveLog;
    private final Retransformer retransformer;
    private final ClassFiles classFiles;
    private final Predicate<@Nullable ClassLoader> ours;

    /// @param ours whether this agent works for the classes of a loader
    public LoadedClasses(
            Instrumentation instrumentation,
            WeavePlan plan,
            WeaveLog weaveLog,
            Retransformer retransformer,
            ClassFiles classFiles,
            Predicate<@Nullable ClassLoader> ours) {
        this.instrumentation = instrumentation;
        this.plan = plan;
        this.weaveLog = weaveLog;
        this.retransformer = retransformer;
        this.classFiles = classFiles;
        this.ours = ours;
    }

    /// The classes with a given name, one for each loader that has defined one.
    public List<Class<?>> named(String binaryName) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getName().equals(binaryName) && ours.test(loaded.getClassLoader())) {
                found.add(loaded);
            }
        }
        return found;
    }

    /// The class loaders that have defined classes, and the system class loader; null is the bootstrap loader.
    public Set<@Nullable ClassLoader> loaders() {
        Set<@Nullable ClassLoader> loaders = new LinkedHashSet<>();
        if (ours.test(ClassLoader.getSystemClassLoader())) {
            loaders.add(ClassLoader.getSystemClassLoader());
        }
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (ours.test(loaded.getClassLoader())) {
                loaders.add(loaded.getClassLoader());
            }
        }
        return loaders;
    }

    /// Weaves in place the selected classes that were loaded before the agent.
    public void weavePresent() {
        weaveUnknown(true);
    }

    /// Weaves in place the selected classes that were loaded while the agent transformed another class: the JVM does
    /// not show these classes to the agent.
    public void weaveMissed() {
        if (!plan.selection().patchable().isEmpty()) {
            weaveUnknown(false);
        }
    }

    /// Asks first what costs least: a JVM has a thousand classes when a program starts, and few are selected.
    ///
    /// @param uses whether also classes that only use selected members
    private void weaveUnknown(boolean uses) {
        boolean fields = plan.wantsFields();
        List<Class<?>> unknown = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (!plan.mayConcern(loaded.getClassLoader(), loaded.getModule())) {
                continue; // the JVM makes the name of a class when it is first asked
            }
            boolean entries = plan.wantsEntriesOf(loaded.getName());
            if (isOurs(loaded)
                    && (entries || uses && mayUse(loaded, fields))
                    && !weaveLog.knows(loaded.getClassLoader(), ClassFiles.internalName(loaded))) {
                String refusal = retransformer.refusal(loaded);
                if (refusal == null && (entries || wouldChange(loaded))) {
                    unknown.add(loaded);
                } else if (refusal != null && entries) {
                    retransformer.refuse(loaded, refusal);
                }
            }
        }
        if (!unknown.isEmpty()) {
            retransformer.weave(unknown);
        }
    }

    /// Whether a class may use selected members, according to its name and its loader.
    private boolean mayUse(Class<?> loaded, boolean fields) {
        ClassLoader loader = loaded.getClassLoader();
        return (plan.wantsCallsIn(loaded.getName(), loader)
                        || fields && !JdkClasses.areOf(loader)
                        || classFiles.knowAnnotation(loader))
                && !OwnClasses.isOurs(loaded.getName());
    }

    /// Weaves in place what further options select in woven classes.
    public void weaveAgain(Options added) {
        List<Class<?>> selected = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (isOpenTo(loaded) && added.wantsEntriesOf(loaded.getName())) {
                selected.add(loaded);
            }
        }
        retransformer.weave(selected);
        if (!added.sites().isEmpty()) {
            weaveCalls();
        }
        if (added.mayNameFields()) {
            weaveFields();
        }
    }

    /// Weaves in place the selected methods and fields of some classes.
    public Retransformer.Result weave(List<Class<?>> some) {
        return retransformer.weave(some);
    }

    /// Weaves in place the selected uses of fields, in all loaded classes of the program.
    Retransformer.Result weaveFields() {
        return retransformer.weave(users());
    }

    /// The loaded classes of the program with selected uses of fields.
    public List<Class<?>> users() {
        List<Class<?>> users = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (isOpenTo(loaded) && !JdkClasses.areOf(loaded.getClassLoader()) && wouldChange(loaded)) {
                users.add(loaded);
            }
        }
        return users;
    }

    /// Weaves in place the selected calls, in all loaded classes.
    Retransformer.Result weaveCalls() {
        return retransformer.weave(callers());
    }

    /// The loaded classes with selected calls.
    public List<Class<?>> callers() {
        List<Class<?>> callers = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (isOpenTo(loaded)
                    && plan.wantsCallsIn(loaded.getName(), loaded.getClassLoader())
                    && wouldChange(loaded)) {
                callers.add(loaded);
            }
        }
        return callers;
    }

    /// The loaded classes from class files that the agent works for.
    public List<Class<?>> own() {
        List<Class<?>> own = all();
        own.removeIf(each -> !ours.test(each.getClassLoader()));
        return own;
    }

    /// All loaded classes from class files, of every runtime.
    List<Class<?>> all() {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (isPlain(loaded)) {
                all.add(loaded);
            }
        }
        return all;
    }

    private boolean isOpenTo(Class<?> loaded) {
        return isOurs(loaded) && retransformer.refusal(loaded) == null;
    }

    private boolean isOurs(Class<?> loaded) {
        return isPlain(loaded) && ours.test(loaded.getClassLoader());
    }

    /// Whether a class comes from a class file that the JVM shows to agents.
    private static boolean isPlain(Class<?> loaded) {
        return !loaded.isArray() && !loaded.isPrimitive() && !loaded.isHidden();
    }

    /// Whether weaving would change a class, according to its class file. If the class file is not found, the result
    /// is true.
    private boolean wouldChange(Class<?> loaded) {
        ClassLoader loader = loaded.getClassLoader();
        byte[] bytes = ClassFiles.read(loader, ClassFiles.internalName(loaded));
        if (bytes == null) {
            return true;
        }
        try {
            return plan.weaverFor(loader)
                    .weave(bytes, classFiles.from(loader), Phase.RETRANSFORM)
                    .changed();
        } catch (RuntimeException e) {
            return true; // then let the transformer note the reason
        }
    }
}
