package dev.repoint.weaver.rules;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.internal.classfile.InstructionCursor;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Methods that compilers of other languages make beside those that the source calls.
///
/// | method | made by |
/// | --- | --- |
/// | a forwarder: a static method that only calls a method of its name and type on a singleton | Kotlin for `@JvmStatic` in a companion, Scala for the members of an object |
/// | an inline function: a method that first sets a local variable `$i$f$` and its own name | Kotlin |
public final class CompiledForms {

    /// The prefix of the variable that Kotlin adds to each copy of an inline function.
    public static final String INLINED = "$i$f$";

    private static final String INLINE = "is an inline function of Kotlin: its callers contain copies, and no patch"
            + " of it changes these; patch the callers, or write the key with its types to patch its calls by Java and"
            + " by reflection";

    private CompiledForms() {}

    /// The method to which a method only forwards, or null.
    public static @Nullable Key forwardee(ClassView view, MethodView method) {
        if (!Modifier.isStatic(method.flags()) || method.codeLength() <= 0) {
            return null;
        }
        List<Step> body = Step.of(method, 64);
        int last = body.size() - 1;
        if (last < 2
                || body.get(0).opcode() != InstructionCursor.GETSTATIC
                || !body.get(last - 1).calls()
                || !body.get(last).returns()
                || !body.subList(1, last - 1).stream().allMatch(Step::loads)) {
            return null;
        }
        int singleton = body.get(0).operand();
        int called = body.get(last - 1).operand();
        boolean forwards = view.memberName(called).equals(method.name())
                && view.memberType(called).equals(method.descriptor())
                && body.get(last - 1).opcode() != InstructionCursor.INVOKESTATIC
                && view.memberType(singleton).equals("L" + view.memberOwner(called) + ";");
        return forwards
                ? new Key(view.memberOwner(called).replace('/', '.'), view.memberName(called), view.memberType(called))
                : null;
    }

    /// Whether a method is an inline function. A method that only contains a copy of a function with the same name
    /// is none. The inline function itself sets the variable before everything else except checks of its parameters.
    public static boolean isInline(ClassView view, MethodView method) {
        String variable = INLINED + method.name();
        if (method.codeLength() <= 0 || !method.hasVariable(variable, -1)) {
            return false;
        }
        List<Step> body = Step.of(method, Integer.MAX_VALUE);
        int at = 0;
        while (at + 2 < body.size()
                && body.get(at + 2).calls()
                && view.memberName(body.get(at + 2).operand()).equals("checkNotNullParameter")) {
            at += 3; // the parameter, its name, the check
        }
        return at + 1 < body.size()
                && body.get(at).opcode() == InstructionCursor.ICONST_0
                && body.get(at + 1).stores()
                && method.hasVariable(variable, body.get(at + 1).operand());
    }

    /// Whether a pattern means the method to which a method forwards, and not that method. With types it means that
    /// method; without them it is read as the source has it.
    ///
    /// @param pattern a pattern that matches the method
    static boolean meansForwardee(KeyPattern pattern, ClassView view, MethodView method) {
        if (!pattern.mayBeOfSource()) {
            return false;
        }
        Key forwardee = forwardee(view, method);
        return forwardee != null && pattern.matches(forwardee);
    }

    /// The reason why an inline function cannot be patched by the name that its source has, or null.
    ///
    /// @param key the key of the method
    public static @Nullable String refusal(Selection selection, Key key, ClassView view, MethodView method) {
        boolean named = false;
        for (KeyPattern pattern : selection.patchable()) {
            if (pattern.matches(key)) {
                if (!pattern.mayBeOfSource()) {
                    return null;
                }
                named = true;
            }
        }
        return named ? refusal(view, method) : null;
    }

    /// The reason why a method cannot be patched by the name that its source has, or null.
    public static @Nullable String refusal(ClassView view, MethodView method) {
        return isInline(view, method) ? INLINE : null;
    }
}
