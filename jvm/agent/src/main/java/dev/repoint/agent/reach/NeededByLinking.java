package dev.repoint.agent.reach;

import dev.repoint.Key;
import dev.repoint.weaver.Spared;
import dev.repoint.weaver.splice.MethodView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The methods of the JDK that run when the JVM links a patchable. If such a method had a prologue, the prologue
/// would need a link before it can link: the method would call itself for ever. So these methods and the calls in
/// them stay unchanged.
///
/// The set is computed from the class files of the running JDK:
///
/// 1. It starts with the methods that the JVM calls to link an `invokedynamic`, to load a class and to print a stack
///    meanwhile, and with those that a woven call and a change run: the bootstrap methods, the target switch, and
///    the steps of a change.
/// 2. It follows every call from there, as [Reach] does, through the loaded classes and the classes nested in them.
///    The agent has linked one example of each kind before, so linking needs no other classes.
/// 3. It ends where the runtime guards the thread against recursion: while it finds a target, and while it reports.
///
/// All methods of `java.lang`, `jdk.internal` and the packages below them stay unchanged. The JVM itself calls them,
/// and they look up methods of each other by name, which class files do not show.
///
/// Immutable and thread-safe.
public final class NeededByLinking implements Spared {

    /// The reason for such a method in messages.
    public static final String REASON = "the JVM needs it to link patchables; patch its calls (sites)";

    private static final String RUNTIME = "dev/repoint/";

    /// The methods that the JVM, woven code and patches call.
    static final List<String> ENTRANCES = List.of(
            "java/lang/StackStreamFactory$AbstractStackWalker",
            "java/lang/invoke/MethodHandleNatives",
            "sun/instrument/InstrumentationImpl",
            RUNTIME + "link/MethodLink",
            RUNTIME + "link/FieldLink",
            RUNTIME + "internal/point/TargetSwitch",
            RUNTIME + "internal/point/PatchCommit",
            RUNTIME + "internal/policy/Ahead");

    /// Classes whose objects exist although no method creates them.
    static final List<String> PRESENT = List.of(
            "java/lang/Class",
            "java/lang/Module",
            "java/lang/Object",
            "java/lang/String",
            "java/lang/Thread",
            "java/lang/invoke/DirectMethodHandle",
            "java/lang/invoke/MemberName",
            RUNTIME + "internal/targets/HandleTargets$Called",
            RUNTIME + "internal/point/WeakTarget",
            RUNTIME + "internal/policy/SourceUpdate");

    /// The methods of the runtime that run under a guard.
    static final Set<String> GUARDED = Set.of(
            RUNTIME + "internal/policy/Choosing.first",
            RUNTIME + "internal/policy/Choosing.again",
            RUNTIME + "internal/policy/MethodChoosing.resume",
            RUNTIME + "internal/policy/PolicySettings.start",
            RUNTIME + "internal/policy/FieldChoosing.choose",
            RUNTIME + "internal/report/Listening.tell",
            RUNTIME + "internal/report/Listening.isRecording",
            RUNTIME + "internal/report/PatchReport.made");

    /// The methods that report links and patches, all under a guard. They use the recorder, and this computation
    /// must not start it.
    static final Set<String> TELLING = Set.of(
            RUNTIME + "internal/report/JfrPatch",
            RUNTIME + "internal/report/LinkEvent",
            RUNTIME + "internal/report/LinkReport",
            RUNTIME + "internal/report/PatchEvent",
            RUNTIME + "internal/report/PatchLog");

    /// Methods that linking never runs, although calls reach them: the URLs of its classes have no host, and the
    /// security classes print only with an option.
    private static final Set<String> NOT_RUN = System.getProperty("java.security.debug") == null
            ? Set.of("java/net/URL.getHostAddress", "sun/security/util/Debug.println")
            : Set.of("java/net/URL.getHostAddress");

    private final Set<MethodId> methods;

    private NeededByLinking(Set<MethodId> methods) {
        this.methods = methods;
    }

    /// Computes the set.
    ///
    /// @param loaded internal names of the loaded classes of the JDK
    /// @param source supplies the class file of such a class, or of a class of the runtime; null if there is none
    public static NeededByLinking among(Set<String> loaded, Function<String, byte @Nullable []> source) {
        Set<String> outermost = new HashSet<>();
        loaded.forEach(each -> outermost.add(outermost(each)));
        ClassTree classes = new ClassTree(
                name -> name.startsWith(RUNTIME) || outermost.contains(outermost(name)) ? source.apply(name) : null);
        List<MethodId> roots = new ArrayList<>();
        for (String entrance : ENTRANCES) {
            for (MethodView method : classes.methodsOf(entrance)) {
                roots.add(new MethodId(entrance, method.name(), method.descriptor()));
            }
        }
        Reach reach = new Reach(classes, NeededByLinking::isGuarded);
        return new NeededByLinking(Set.copyOf(reach.from(roots, PRESENT)));
    }

    /// Whether all methods of a class of the JDK stay unchanged, regardless of the computation.
    ///
    /// @param internalName for example `java/lang/String`
    public static boolean isCore(String internalName) {
        return internalName.startsWith("java/lang/") || internalName.startsWith("jdk/internal/");
    }

    /// The classes of the runtime that linking runs, by their binary names.
    public Set<String> ofRuntime() {
        Set<String> names = new TreeSet<>();
        for (MethodId method : methods) {
            if (method.owner().startsWith(RUNTIME)) {
                names.add(method.owner().replace('/', '.'));
            }
        }
        return names;
    }

    /// The classes of the JDK that linking runs, by their internal names, loaded or not.
    public Set<String> ofJdk() {
        Set<String> names = new TreeSet<>();
        for (MethodId method : methods) {
            if (!method.owner().startsWith(RUNTIME)) {
                names.add(method.owner());
            }
        }
        return names;
    }

    @Override
    public @Nullable String reason(Key key) {
        String owner = key.internalOwner();
        return isCore(owner) || methods.contains(new MethodId(owner, key.name(), key.descriptor())) ? REASON : null;
    }

    private static boolean isGuarded(MethodId method) {
        String name = method.owner() + "." + method.name();
        return TELLING.contains(method.owner()) || GUARDED.contains(name) || NOT_RUN.contains(name);
    }

    private static String outermost(String internalName) {
        int nested = internalName.indexOf('$');
        return nested < 0 ? internalName : internalName.substring(0, nested);
    }
}
