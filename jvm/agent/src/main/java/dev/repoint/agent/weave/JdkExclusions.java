package dev.repoint.agent.weave;

import dev.repoint.ClassPattern;
import dev.repoint.KeyPattern;
import dev.repoint.agent.reach.NeededByLinking;
import dev.repoint.link.MethodLink;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Spared;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The methods of the JDK that must not be woven, because linking and weaving need them. The set is computed when
/// something of the JDK is selected for the first time, because this takes longer than the rest of the start.
///
/// Before that, one example of each kind is linked and woven, so that the JVM loads all necessary classes. If
/// weaving needed a class while this class itself is being loaded and woven, the failure would be permanent.
///
/// Thread-safe.
public final class JdkExclusions {

    private static final int REHEARSED = 60;
    private static final @Nullable ClassLoader RUNTIME = MethodLink.class.getClassLoader();

    private final Instrumentation instrumentation;

    /// Guarded by this.
    private @Nullable Spared computed;

    public JdkExclusions(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /// The methods that must stay unchanged for a selection.
    Spared of(Selection selection) {
        return isOfJdk(selection) ? computed() : Spared.NONE;
    }

    private synchronized Spared computed() {
        Spared known = computed;
        if (known == null) {
            rehearse();
            known = compute();
            computed = known;
        }
        return known;
    }

    /// Computes the set again if the classes of the runtime in it have loaded further classes of the JDK.
    private NeededByLinking compute() {
        Set<String> loaded = loaded();
        NeededByLinking needed = among(loaded);
        needed.ofRuntime().forEach(JdkExclusions::initialize);
        needed.ofJdk().forEach(JdkExclusions::load);
        Set<String> now = loaded();
        Set<String> brought = new LinkedHashSet<>(now);
        brought.removeAll(loaded);
        brought.removeAll(needed.ofJdk());
        return brought.isEmpty() ? needed : among(now);
    }

    private static NeededByLinking among(Set<String> loaded) {
        return NeededByLinking.among(loaded, name -> ClassFiles.read(RUNTIME, name));
    }

    /// Loads a class before the agent sees it: code that links during its load could not use it.
    private static void load(String ofJdk) {
        try {
            Class<?> unused = Class.forName(ofJdk.replace('/', '.'), false, null);
        } catch (ClassNotFoundException | LinkageError e) {
            // It belongs to the platform's loader, or is not necessary.
        }
    }

    private static void initialize(String ofRuntime) {
        try {
            Class<?> unused = Class.forName(ofRuntime, true, RUNTIME);
        } catch (ClassNotFoundException | LinkageError e) {
            // Then linking has the same failure.
        }
    }

    /// Whether a selection may match members of the JDK.
    private static boolean isOfJdk(Selection selection) {
        for (KeyPattern pattern : selection.patchable()) {
            String owner = pattern.name().equals("**") ? pattern.owner() + ".**" : pattern.owner();
            if (JdkClasses.mayMatch(owner)) {
                return true;
            }
        }
        for (ClassPattern pattern : selection.in()) {
            if (!selection.sites().isEmpty() && JdkClasses.mayMatch(pattern.text())) {
                return true;
            }
        }
        return false;
    }

    /// Internal names of the loaded classes of the JDK.
    private Set<String> loaded() {
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (!loaded.isArray() && !loaded.isHidden() && JdkClasses.areOf(loaded.getClassLoader())) {
                names.add(ClassFiles.internalName(loaded));
            }
        }
        return names;
    }

    private void rehearse() {
        MethodHandle given = MethodHandles.constant(Object.class, this);
        MutableCallSite site = new MutableCallSite(MethodHandles.zero(Object.class));
        site.setTarget(given);
        site = new MutableCallSite(site.type());
        site.setTarget(given);
        MutableCallSite.syncAll(new MutableCallSite[] {site});
        boolean unused = StackWalker.getInstance().walk(frames -> frames.anyMatch(frame -> frame.getLineNumber() < 0));
        List<KeyPattern> everything = List.of(KeyPattern.parse("**"));
        Weaver weaver = Weaver.of(new Selection(everything, true, everything, List.of(), List.of()));
        ClassFiles classFiles = new ClassFiles();
        int woven = 0;
        for (String each : loaded()) {
            byte[] classFile = NeededByLinking.isCore(each) ? null : ClassFiles.read(null, each);
            if (classFile != null && woven++ < REHEARSED) {
                for (Phase phase : Phase.values()) {
                    WeaveResult ignored = weaver.weave(classFile, classFiles.from(null), phase);
                }
            }
        }
    }
}
