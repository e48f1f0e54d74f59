package dev.repoint.weaver.scan;

import dev.repoint.Key;
import dev.repoint.weaver.rules.CompiledForms;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What a key that is written as the source of another language has it does not mean: methods that only forward, and
/// methods whose callers contain copies.
public final class SourceForms {

    private SourceForms() {}

    /// The method to which a method only forwards.
    ///
    /// @param classFile the class file of the class that declares it; not changed
    /// @param method its key
    /// @return the key of the other one; null if it does more, and for a field
    public static @Nullable Key forwardee(byte[] classFile, Key method) {
        return of(classFile, method, CompiledForms::forwardee);
    }

    /// The reason why a patch of a method would change no call of its source.
    ///
    /// @param classFile the class file of the class that declares it; not changed
    /// @param method its key
    /// @return the rest of a sentence that begins with the key; null if there is none, and for a field
    public static @Nullable String refusal(byte[] classFile, Key method) {
        return of(classFile, method, CompiledForms::refusal);
    }

    /// A malformed class file says nothing here: whoever weaves it refuses it.
    private static <T> @Nullable T of(
            byte[] classFile, Key key, BiFunction<ClassView, MethodView, @Nullable T> question) {
        if (key.isField()) {
            return null;
        }
        try {
            ClassView view = ClassView.of(classFile);
            for (MethodView each : view.methods()) {
                if (each.name().equals(key.name()) && each.descriptor().equals(key.descriptor())) {
                    return question.apply(view, each);
                }
            }
            return null;
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            return null;
        }
    }
}
