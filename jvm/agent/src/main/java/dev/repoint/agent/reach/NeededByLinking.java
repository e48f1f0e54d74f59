package dev.repoint.agent.reach;

import dev.repoint.Key;
import dev.repoint.weaver.Spared;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The methods of the JDK that linking a patchable runs. With a prologue such a method would have to be linked
/// before it can be linked: it would call itself for ever. So it is left as it is, its calls too.
///
/// It is a closed set, and computed from the class files of the very JDK that runs:
///
/// 1. It begins with what the JVM calls to link an `invokedynamic`, to load a class and to show a stack
///    meanwhile, and with what a woven call and a change run: the bootstrap methods, the answer, and the steps
///    of a change.
/// 2. It follows every call from there, as [Reach] does, through the classes that are loaded, and those nested
///    in them. The agent has linked something of each kind before, so what is not loaded was not needed.
/// 3. It ends where the runtime guards the thread against coming back: while it finds a target, and while it
///    reports.
///
/// `java.lang` and `jdk.internal` with the packages below them are left as a whole. The JVM itself calls into
/// them, and they look up methods of each other by name, which no class file shows.
///
/// Immutable and thread-safe.
public final class NeededByLinking implements Spared {

    /// What to tell about such a method.
    public static final String REASON = "the JVM needs it to link patchables; patch its calls (sites)";

    private static final String RUNTIME = "dev/repoint/";

    /// Where the JVM, woven code and patches come in.
    static final List<String> ENTRANCES = List.of(
            "java/lang/StackStreamFactory$AbstractStackWalker",
            "java/lang/invoke/MethodHandleNatives",
            "sun/instrument/InstrumentationImpl",
            RUNTIME + "link/Link",
            RUNTIME + "link/FieldLink",
            RUNTIME + "internal/point/TargetSwitch",
            RUNTIME + "internal/point/PatchCommit",
            RUNTIME + "internal/policy/Ahead");

    /// Objects of these are there without any method having made one.
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

    /// What the runtime does under a guard.
    static final Set<String> GUARDED = Set.of(
            RUNTIME + "internal/policy/Choosing.first",
            RUNTIME + "internal/policy/Choosing.again",
            RUNTIME + "internal/policy/MethodChoosing.resume",
            RUNTIME + "internal/policy/PolicySettings.start",
            RUNTIME + "internal/policy/FieldChoosing.choose",
            RUNTIME + "internal/report/Listening.tell",
            RUNTIME + "internal/report/Listening.isRecording",
            RUNTIME + "internal/report/PatchReport.made");

    /// Who tells of links and patches, all under a guard. They need the recorder, which is not to be started
    /// for this.
    static final Set<String> TELLING = Set.of(
            RUNTIME + "internal/report/JfrPatch",
            RUNTIME + "internal/report/LinkEvent",
            RUNTIME + "internal/report/LinkReport",
            RUNTIME + "internal/report/PatchEvent",
            RUNTIME + "internal/report/PatchLog");

    /// What linking does not come to, though calls lead there: the classes that it loads come from URLs without
    /// a host, and the security classes write what they do only where an option asks for it.
    private static final Set<String> NOT_RUN = System.getProperty("java.security.debug") == null
            ? Set.of("java/net/URL.getHostAddress", "sun/security/util/Debug.println")
            : Set.of("java/net/URL.getHostAddress");

    private final Set<MethodId> methods;

    private NeededByLinking(Set<MethodId> methods) {
        this.methods = methods;
    }

    /// Computes the set.
    ///
    /// @param loaded internal names of the classes of the JDK that are loaded
    /// @param source gives the class file of such a class, or of one of the runtime; null where there is none
    public static NeededByLinking among(Set<String> loaded, Function<String, byte @Nullable []> source) {
        Set<String> outermost = new HashSet<>();
        loaded.forEach(each -> outermost.add(outermost(each)));
        ClassTree classes = new ClassTree(
                name -> name.startsWith(RUNTIME) || outermost.contains(outermost(name)) ? source.apply(name) : null);
        List<MethodId> roots = new ArrayList<>();
        for (String entrance : ENTRANCES) {
            for (MethodModel method : classes.methodsOf(entrance)) {
                roots.add(new MethodId(
                        entrance,
                        method.methodName().stringValue(),
                        method.methodType().stringValue()));
            }
        }
        Reach reach = new Reach(classes, NeededByLinking::isGuarded);
        return new NeededByLinking(Set.copyOf(reach.from(roots, PRESENT)));
    }

    /// Whether all methods of a class of the JDK are left, whatever was computed.
    ///
    /// @param internalName such as `java/lang/String`
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
