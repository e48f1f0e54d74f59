package dev.repoint.internal.policy;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.jmx.PatchablesBean;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.internal.report.Reports;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the settings say of the operator's policy: it is read when the first patchable is linked, and changes of
/// the file are applied.
///
/// | setting | |
/// | --- | --- |
/// | agent option `policyfile=FILE` | the file; wins over the settings below |
/// | system property `repoint.policy` | the file |
/// | environment variable `REPOINT_POLICY` | the file, where the property is not set |
/// | system property `repoint.policy.watch`, agent option `watch=true` | whether changes are applied |
///
/// Thread-safe.
public final class PolicySettings implements Supplier<Sources> {

    /// Those of this JVM.
    public static final PolicySettings HERE = new PolicySettings();

    public static final String PROPERTY = PolicyFile.PROPERTY;
    public static final String WATCH_PROPERTY = PolicyFile.WATCH_PROPERTY;
    public static final String VARIABLE = PolicyFile.VARIABLE;

    private PolicySettings() {}

    /// The sources that hold now. The first time this reads the policy file.
    @Override
    public Sources get() {
        Sources known = Sources.now();
        if (known == null) {
            Discovery.run(new Beginning());
            known = Sources.now();
        }
        return known == null ? Sources.NONE : known;
    }

    /// Applies a file, or that of the settings.
    ///
    /// @param file the file, or null for that of the settings
    /// @return the keys that it names
    /// @throws PatchException if it cannot be read, or is to be watched and is not named
    public static List<KeyPattern> use(@Nullable Path file, boolean watched) {
        PolicyFile of = file == null ? ofSettings() : new PolicyFile(file.toAbsolutePath(), watched);
        if (of == null && watched) {
            throw new PatchRefusal(
                    "agent option 'watch': there is no policy file to watch; name it by policyfile=FILE, by "
                            + PolicyFile.PROPERTY + " or by " + VARIABLE);
        }
        if (of == null) {
            return List.of();
        }
        PolicyFile used = new PolicyFile(of.path(), of.watched() || watched);
        String text = used.text();
        PolicyAccess.warn(used.path());
        OperatorPolicy policy = OperatorPolicy.parse(used.path().toString(), text);
        Weaving.prepare(policy.keys());
        if (!start(used)) {
            int unused = SourceUpdate.apply(HERE, policy);
            watch(used, text);
        }
        return policy.keys();
    }

    /// Reads the lines of a policy, and applies nothing.
    ///
    /// @param name what messages call it
    /// @param text the lines
    /// @return the targets by their keys, in the order of the lines
    /// @throws PatchException if a line is wrong
    public static Map<String, String> targets(String name, String text) {
        Map<String, String> targets = new LinkedHashMap<>();
        for (OperatorPolicy.Line each : OperatorPolicy.parse(name, text).lines()) {
            targets.put(each.key().text(), each.target().toString());
        }
        return targets;
    }

    /// Applies a policy that the program brings.
    ///
    /// @param name what messages call it
    /// @param text its lines; without any there is none
    /// @return how many patchables were chosen for
    /// @throws PatchException if it cannot be applied, or there is one of another name
    public static int bring(String name, String text) {
        try {
            NativeImage.refuse();
            OperatorPolicy read = OperatorPolicy.parse(name, text);
            OperatorPolicy before = HERE.get().policy();
            if (before != OperatorPolicy.NONE && !before.place().equals(name)) {
                throw new PatchRefusal(name + ": the policy " + before.place()
                        + " is in force; a JVM has one, so add the" + " lines there, or leave it out");
            }
            Weaving.prepare(read.keys());
            return SourceUpdate.apply(HERE, read.size() == 0 ? OperatorPolicy.NONE : read);
        } catch (PatchException e) {
            Reports.refused(e);
            throw e;
        }
    }

    /// Begins with a policy file, unless there is a beginning.
    ///
    /// @param file the file, or null for none
    /// @return whether this was the beginning
    private static boolean start(@Nullable PolicyFile file) {
        if (file == null) {
            if (!Sources.begin(OperatorPolicy.NONE)) {
                return false;
            }
        } else {
            Start read = atStart(file);
            if (!Sources.begin(read.policy)) {
                return false;
            }
            watch(file, read.text);
        }
        if (System.getProperty(PatchablesBean.PROPERTY) != null) {
            KnownPoints.followBeanSetting(HERE);
        }
        return true;
    }

    /// The beginning with the settings. It is a class, because this runs while the program starts, and the first lambda
    /// costs a start some milliseconds.
    private static final class Beginning implements Runnable {

        @Override
        public void run() {
            boolean unused = start(ofSettings());
        }
    }

    /// The policy at the start, with the text that it was read from.
    private record Start(OperatorPolicy policy, String text) {}

    /// What a file says when the first patchable is linked. Where it cannot be read this is logged, as nobody
    /// could do anything about an exception there.
    private static Start atStart(PolicyFile file) {
        String text = "";
        try {
            text = file.text();
            PolicyAccess.warn(file.path());
            return new Start(OperatorPolicy.parse(file.path().toString(), text), text);
        } catch (RuntimeException e) {
            String message = e instanceof PatchException ? String.valueOf(e.getMessage()) : file.path() + ": " + e;
            PolicyFile.log(System.Logger.Level.ERROR, "no policy is applied: " + message);
            return new Start(OperatorPolicy.failed(file.path().toString(), message), text);
        }
    }

    /// The file that the settings name, or null.
    private static @Nullable PolicyFile ofSettings() {
        String property = System.getProperty(PolicyFile.PROPERTY);
        String name = property == null ? System.getenv(VARIABLE) : property;
        if (name == null || name.isBlank()) {
            if (Boolean.getBoolean(WATCH_PROPERTY)) {
                PolicyFile.log(
                        System.Logger.Level.WARNING,
                        WATCH_PROPERTY + " is set, but no file to watch: name it by " + PolicyFile.PROPERTY + " or "
                                + VARIABLE);
            }
            return null;
        }
        try {
            return new PolicyFile(Path.of(name.strip()).toAbsolutePath(), Boolean.getBoolean(WATCH_PROPERTY));
        } catch (InvalidPathException e) {
            PolicyFile.log(
                    System.Logger.Level.ERROR, "no policy is applied: '" + name + "' is no path: " + e.getReason());
            return null;
        }
    }

    /// Watches a file from now on, if that is wanted.
    ///
    /// @param applied the content that is known
    private static void watch(PolicyFile file, String applied) {
        if (file.watched()) {
            Thread unused = new PolicyWatch(file.path(), applied, text -> apply(file.path(), text)).start();
        }
    }

    /// Applies another content of a file that is watched.
    @SuppressWarnings("CatchingThrowable") // class loaders and initialisers of the application may throw anything
    static void apply(Path file, String text) {
        try {
            OperatorPolicy policy = OperatorPolicy.parse(file.toString(), text);
            Weaving.prepare(policy.keys());
            int chosen = SourceUpdate.apply(HERE, policy);
            PolicyFile.log(
                    System.Logger.Level.INFO,
                    file + " applied: " + policy.size() + (policy.size() == 1 ? " line, " : " lines, ") + chosen
                            + (chosen == 1 ? " patchable" : " patchables") + " chosen for");
        } catch (PatchException e) {
            Reports.refused(e);
            PolicyFile.log(System.Logger.Level.ERROR, "refused, the policy of before stays: " + e.getMessage());
        } catch (Throwable e) {
            PolicyFile.log(System.Logger.Level.ERROR, file + " refused, the policy of before stays: " + e);
        }
    }
}
