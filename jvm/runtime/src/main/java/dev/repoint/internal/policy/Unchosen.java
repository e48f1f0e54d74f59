package dev.repoint.internal.policy;

import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.jmx.PatchablesBean;
import dev.repoint.internal.point.Choice;
import dev.repoint.internal.point.Decisions;
import dev.repoint.internal.point.PatchLock;
import dev.repoint.internal.point.Point;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The short way to the default, for programs without policies and offers, as most are. It finds out that there are none, and
/// loads no class that looks for them: those would take the first link in a program twice as long.
///
/// It ends for good when [Sources] begin.
public final class Unchosen {

    /// What names the classes of providers.
    static final String SERVICES = "META-INF/services/dev.repoint.TargetProvider";

    /// Whether the settings name no policy, and the class path has no offers; null before the first link asked.
    private static volatile @Nullable Boolean withoutSources;

    /// Guarded by [PatchLock#LOCK].
    private static boolean ended;

    /// Guarded by [PatchLock#LOCK].
    private static boolean used;

    private Unchosen() {}

    /// Leaves a point at its default if nothing can choose for it.
    ///
    /// @return whether the point has its choice, this or an earlier one; false if something may choose
    public static boolean leave(Point point) {
        if (point.choice() != Choice.UNDECIDED) {
            return true;
        }
        if (hasEnded()
                || point.owner().getClassLoader() != ClassLoader.getSystemClassLoader()
                || isChosenByAgent(point)
                || !isWithoutSources()) {
            return false;
        }
        Decisions.load();
        synchronized (PatchLock.LOCK) {
            if (ended) {
                return false;
            }
            used = true;
            point.leave(Choice.none());
            return true;
        }
    }

    /// Ends the short way. The caller holds [PatchLock#LOCK].
    ///
    /// @return whether it has left a point
    static boolean end() {
        ended = true;
        return used;
    }

    private static boolean hasEnded() {
        synchronized (PatchLock.LOCK) {
            return ended;
        }
    }

    private static boolean hasSettings() {
        return System.getProperty(PolicyFile.PROPERTY) != null
                || System.getProperty(PolicyFile.WATCH_PROPERTY) != null
                || System.getProperty(PatchablesBean.PROPERTY) != null
                || System.getenv(PolicyFile.VARIABLE) != null;
    }

    private static boolean isChosenByAgent(Point point) {
        try {
            return Weaving.policyFor(point.key()) != null;
        } catch (RuntimeException | LinkageError e) {
            return true; // the long way tells of it
        }
    }

    private static boolean isWithoutSources() {
        Boolean known = withoutSources;
        if (known == null) {
            ClassLoader system = ClassLoader.getSystemClassLoader();
            known = !hasSettings() && isWithout(system, IndexedOffer.ENTRY) && isWithout(system, SERVICES);
            withoutSources = known;
        }
        return known;
    }

    /// Whether a loader is that of the class path, and the class path lacks an entry. Any other way to ask also searches all
    /// modules of the JDK, which takes the start of a program a tenth of its time. The program may have modules of its own;
    /// then this says nothing.
    static boolean isWithout(ClassLoader loader, String entry) {
        if (loader != ClassLoader.getSystemClassLoader()
                || loader.getClass().getModule() != Object.class.getModule()
                || System.getProperty("jdk.module.path") != null
                || System.getProperty("jdk.module.main") != null) {
            return false;
        }
        Module ofRuntime = Unchosen.class.getModule(); // on the boot class path, if there is one
        try (InputStream onPath = loader.getUnnamedModule().getResourceAsStream(entry);
                InputStream onBootPath = ofRuntime.isNamed() ? null : ofRuntime.getResourceAsStream(entry)) {
            return onPath == null && onBootPath == null;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
