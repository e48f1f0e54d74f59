package dev.repoint.weaver.scan;

import dev.repoint.Key;
import dev.repoint.weaver.Caveat;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.rules.CompiledForms;
import dev.repoint.weaver.rules.Step;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds methods that other code does not call where the source seems to call them.
///
/// | pattern | origin |
/// | --- | --- |
/// | a static method that only calls a method of that name on a singleton | Kotlin for `@JvmStatic` in a companion, Scala for the members of an object |
/// | a method that first sets a local variable `$i$f$` and its own name | Kotlin for an `inline` function |
/// | a method that only reads a field, while other methods of its class read the field directly | all languages |
public final class Caveats {

    private static final String INLINE =
            "is an inline function of Kotlin: its callers contain copies, and these do not change";

    private Caveats() {}

    /// The caveats of the methods of one class.
    ///
    /// @param classFile its class file
    /// @param wanted selects the methods
    /// @return the caveats in the order of the class
    /// @throws WeaveException if the class file is malformed
    public static List<Caveat> of(byte[] classFile, Predicate<Key> wanted) {
        try {
            ClassView view = ClassView.of(classFile);
            List<Caveat> caveats = new ArrayList<>();
            for (MethodView method : view.methods()) {
                Key key = key(view, method);
                boolean isWanted = method.codeLength() > 0 && wanted.test(key);
                String text = isWanted ? made(view, method) : null;
                if (text != null) {
                    caveats.add(new Caveat(key, text, true));
                } else if (isWanted) {
                    text = accessor(view, method);
                    if (text != null) {
                        caveats.add(new Caveat(key, text, false));
                    }
                }
            }
            return caveats;
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            throw WeaveException.unreadable(ClassScanner.internalName(classFile), e);
        }
    }

    /// Whether a caveat is about an inline function.
    ///
    /// @param caveat any caveat
    /// @return true if the caller should look for copies of the method
    public static boolean isInline(Caveat caveat) {
        return caveat.text().equals(INLINE);
    }

    /// A caveat with the names of the copies of an inline function.
    ///
    /// @param inline the function
    /// @param copies the methods with a copy; may be empty
    /// @return the caveat
    public static Caveat ofCopies(Key inline, List<Key> copies) {
        return new Caveat(
                inline,
                copies.isEmpty()
                        ? INLINE
                        : "is an inline function of Kotlin: "
                                + some(
                                        copies,
                                        " contains a copy, and this does not change",
                                        " contain copies, and these do not change"),
                true);
    }

    /// The methods of a class that contain a copy of an inline function of Kotlin.
    ///
    /// @param classFile the class file
    /// @param inline the function
    /// @return their keys, without the function itself; empty if the class file does not show copies
    public static List<Key> copies(byte[] classFile, Key inline) {
        String variable = CompiledForms.INLINED + inline.name();
        List<Key> copies = new ArrayList<>();
        if (!ClassView.contains(classFile, variable.getBytes(StandardCharsets.UTF_8))) {
            return copies;
        }
        ClassView view = ClassView.of(classFile);
        boolean isOwn = view.name().equals(inline.internalOwner());
        if (!isOwn && !sourceMap(view).contains("\n" + inline.internalOwner() + "\n")) {
            return copies;
        }
        for (MethodView method : view.methods()) {
            Key key = key(view, method);
            if (method.hasVariable(variable, -1) && !key.equals(inline)) {
                copies.add(key);
            }
        }
        return copies;
    }

    /// The table with the origin of inlined code, or empty (JSR 45).
    private static String sourceMap(ClassView view) {
        int at = view.attribute("SourceDebugExtension");
        return at < 0 ? "" : new String(view.content(at), StandardCharsets.UTF_8);
    }

    private static @Nullable String made(ClassView view, MethodView method) {
        if (CompiledForms.isInline(view, method)) {
            return INLINE;
        }
        Key forwardee = CompiledForms.forwardee(view, method);
        return forwardee == null
                ? null
                : "only forwards to " + forwardee + ", and other code calls that method directly; patch that method";
    }

    private static @Nullable String accessor(ClassView view, MethodView method) {
        List<Step> body = Step.of(method, 4);
        int last = body.size() - 1;
        boolean reads = (last == 1 || last == 2 && body.get(0).loads())
                && body.get(last).returns()
                && method.descriptor().startsWith("()")
                && isOwnRead(view, body.get(last - 1));
        if (!reads) {
            return null;
        }
        int field = body.get(last - 1).operand();
        List<Key> direct = new ArrayList<>();
        for (MethodView other : view.methods()) {
            boolean isOther = other != method
                    && other.codeLength() > 0
                    && Step.of(other, Integer.MAX_VALUE).stream()
                            .anyMatch(each -> isOwnRead(view, each)
                                    && view.memberName(each.operand()).equals(view.memberName(field)));
            if (isOther) {
                direct.add(key(view, other));
            }
        }
        return direct.isEmpty()
                ? null
                : "only reads the field " + key(view, field).text() + "; " + some(direct, " reads it", " read it")
                        + " directly";
    }

    /// Names a few of many keys.
    private static String some(List<Key> keys, String one, String many) {
        int most = 3;
        List<String> shown = Key.texts(keys.subList(0, Math.min(most, keys.size())));
        return String.join(", ", shown)
                + (keys.size() > most ? " and " + (keys.size() - most) + " more" : "")
                + (keys.size() == 1 ? one : many);
    }

    /// Whether an instruction reads a field that its own class declares or inherits.
    private static boolean isOwnRead(ClassView view, Step step) {
        return step.reads() && view.memberOwner(step.operand()).equals(view.name());
    }

    private static Key key(ClassView view, MethodView method) {
        return new Key(view.name().replace('/', '.'), method.name(), method.descriptor());
    }

    /// The key in the constant of a field or method.
    private static Key key(ClassView view, int member) {
        return new Key(view.memberOwner(member).replace('/', '.'), view.memberName(member), view.memberType(member));
    }
}
