package dev.repoint.internal.point;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/// What the readers of one field are given. All of them share one call site, which gives one of these:
///
/// | | |
/// | --- | --- |
/// | a constant | the value, to the compiler too |
/// | the field | read as if it were volatile |
/// | an answer | while a patch of several keys is made what its gate decides, else the field |
///
/// A field in pointer mode that has been in a patch of several keys goes on answering: so the next such patch
/// makes no compiled reader invalid.
///
/// Answering is thread-safe; all else is guarded by [PatchLock#LOCK].
final class FieldReaders {

    private static final MethodHandle IS_FREE;
    private static final MethodHandle DECIDED;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            IS_FREE = lookup.findVirtual(FieldReaders.class, "isFree", MethodType.methodType(boolean.class));
            DECIDED = lookup.findVirtual(FieldReaders.class, "decided", MethodType.methodType(Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        // Loaded now, as a class loader may take locks of the application.
        if (new Way(new Gate(), null).gate.isOpen()) {
            throw new AssertionError("a gate that is open at first");
        }
    }

    private final Class<?> erased;
    private final MutableCallSite site;
    private final MutableCallSite[] sites;
    private volatile @Nullable FieldAccess access;
    private volatile @Nullable Way way;
    private @Nullable MethodHandle answering;
    private @Nullable Object constant;
    private boolean constantly;

    /// What readers are given while a patch is made.
    private record Way(Gate gate, @Nullable Object after) {}

    FieldReaders(String descriptor) {
        this.erased = erased(descriptor);
        this.site = new MutableCallSite(MethodType.methodType(erased));
        this.sites = new MutableCallSite[] {site};
    }

    /// The type that woven code asks for: the primitive type itself, or `Object`.
    static Class<?> erased(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'L', '[' -> Object.class;
            default ->
                MethodType.fromMethodDescriptorString("()" + descriptor, null).returnType();
        };
    }

    /// The call site that all share.
    MutableCallSite site() {
        return site;
    }

    /// How the field is read; null while there is no reader.
    @Nullable
    FieldAccess access() {
        return access;
    }

    /// The first reader links.
    void link(FieldAccess by) {
        access = by;
        read(by);
    }

    /// Whether they have a constant.
    boolean haveConstant() {
        return constantly;
    }

    /// The constant that they have, or had last.
    @Nullable
    Object constant() {
        return constant;
    }

    /// Lets them read the field.
    void read() {
        FieldAccess by = access;
        if (constantly && by != null) {
            read(by);
        }
    }

    private void read(FieldAccess by) {
        publish(by.getter(erased));
        constantly = false; // now no reader uses the constant any more
    }

    /// Gives them what the field holds.
    void fix(FieldAccess by) {
        @Nullable Object held = by.get();
        MethodHandle gives = MethodHandles.constant(erased, held);
        constant = held;
        publish(gives);
        constantly = true;
    }

    /// Lets a gate decide between what the field holds and a value. It is closed now.
    void ask(Gate gate, @Nullable Object after) {
        FieldAccess by = access;
        if (by == null) {
            return;
        }
        MethodHandle answers = answering(by);
        way = new Way(gate, after);
        if (site.getTarget() != answers) {
            publish(answers);
            constantly = false;
        }
    }

    /// Leaves the gate behind: they read the field.
    void leave() {
        way = null;
    }

    private boolean isFree() {
        return way == null;
    }

    private @Nullable Object decided() {
        Way asked = way;
        return asked != null && asked.gate.isOpen() ? asked.after : held();
    }

    private @Nullable Object held() {
        FieldAccess by = access;
        if (by == null) {
            throw new IllegalStateException("a reader that has not linked");
        }
        return by.get();
    }

    /// Made when it is first needed: a branch around the plain read, so that nothing is boxed but while a patch
    /// is made.
    private MethodHandle answering(FieldAccess by) {
        MethodHandle known = answering;
        if (known == null) {
            known = MethodHandles.guardWithTest(
                    IS_FREE.bindTo(this),
                    by.getter(erased),
                    DECIDED.bindTo(this).asType(MethodType.methodType(erased)));
            answering = known;
        }
        return known;
    }

    private void publish(MethodHandle gives) {
        site.setTarget(gives);
        MutableCallSite.syncAll(sites);
    }

    /// Whether readers cannot tell two values apart.
    @SuppressWarnings("ReferenceEquality") // a reference is told from another by what it is, not by what it equals
    boolean same(@Nullable Object one, @Nullable Object other) {
        if (!erased.isPrimitive() || one == null || other == null) {
            return one == other;
        }
        if (one instanceof Float number) {
            return Float.floatToRawIntBits(number) == Float.floatToRawIntBits((Float) other);
        }
        if (one instanceof Double number) {
            return Double.doubleToRawLongBits(number) == Double.doubleToRawLongBits((Double) other);
        }
        return one.equals(other);
    }
}
