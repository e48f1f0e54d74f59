package dev.repoint.weaver.rules;

import dev.repoint.shape.Shape;
import dev.repoint.weaver.outline.AccessFlags;
import org.jspecify.annotations.Nullable;

/// Decides which methods can get a patchable entry.
public final class EntryRules {

    /// The first class file version with `invokedynamic` (Java 7).
    public static final int LEAST_VERSION = 51;

    private static final int LENGTH_OF_RETURN = 1;

    private EntryRules() {}

    /// The reason why the entry of a method cannot be patched.
    ///
    /// @param withTwin whether the method will get a twin
    /// @return one line, or null if it can be patched
    public static @Nullable String refusal(MethodFacts method, boolean withTwin) {
        String name = method.name();
        if (name.startsWith("<")) {
            return name.equals("<init>")
                    ? "a constructor cannot be patched: its object is not initialised where the prologue would run"
                    : "a class initialiser cannot be patched: it has no callers";
        }
        if ((method.flags() & AccessFlags.NATIVE) != 0) {
            return SignaturePolymorphic.is(method)
                    ? "a signature-polymorphic method cannot be patched: each call has a type of its own"
                    : "a native method has no body to patch; patch its calls (sites)";
        }
        if ((method.flags() & AccessFlags.ABSTRACT) != 0) {
            return "an abstract method has no body to patch; patch its calls (sites)";
        }
        if (method.codeLength() < 0) {
            return "the method has no body to patch";
        }
        String annotated = refusalByAnnotation(method);
        if (annotated != null) {
            return annotated;
        }
        if (method.majorVersion() < LEAST_VERSION) {
            return "class file version " + method.majorVersion() + " has no invokedynamic: at least " + LEAST_VERSION
                    + " (Java 7) is needed; compile it again";
        }
        return refusalByForm(method, withTwin);
    }

    private static @Nullable String refusalByForm(MethodFacts method, boolean withTwin) {
        String descriptor = method.descriptor();
        boolean isStatic = (method.flags() & AccessFlags.STATIC) != 0;
        int slots = method.parameterSlots() + (isStatic ? 0 : 1);
        if (slots > Shape.MAX_SLOTS) {
            return "its arguments take " + slots + " slots; a target can get at most " + Shape.MAX_SLOTS;
        }
        if (isEmptyFinalizer(method)) {
            return "an empty finalizer cannot be patched: with a body, HotSpot would register every instance for"
                    + " finalization";
        }
        if (withTwin && method.hasSibling(Twins.nameOf(method.name()), descriptor)) {
            return "the class already has a method " + Twins.nameOf(method.name()) + " of that type";
        }
        String unknown = method.unknownAttribute();
        if (!unknown.isEmpty()) {
            return "its code has the attribute " + unknown + ", and Repoint does not know which offsets that contains";
        }
        return CodeSize.isFarFromLimits(method.codeLength())
                ? null
                : CodeSize.refusal(method, WovenLength.ofPrologue(descriptor, isStatic));
    }

    private static @Nullable String refusalByAnnotation(MethodFacts method) {
        if (method.carries("Ljdk/internal/vm/annotation/IntrinsicCandidate;")) {
            return "an intrinsic of the virtual machine ignores its body; patch its calls (sites)";
        }
        return method.carries("Ljdk/internal/reflect/CallerSensitive;")
                ? "a caller-sensitive method checks its caller; patch its calls (sites)"
                : null;
    }

    /// Whether `finalize` only returns. HotSpot registers instances for finalization only if it does more.
    private static boolean isEmptyFinalizer(MethodFacts method) {
        return method.name().equals("finalize")
                && method.descriptor().equals("()V")
                && method.codeLength() == LENGTH_OF_RETURN;
    }
}
