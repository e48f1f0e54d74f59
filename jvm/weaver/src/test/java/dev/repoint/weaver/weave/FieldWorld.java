package dev.repoint.weaver.weave;

import com.acme.fields.FlagUser;
import com.acme.fields.Flags;
import com.acme.fields.Operations;
import dev.repoint.PatchableField;
import dev.repoint.Repoint;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/// A copy of the classes with fields, woven by their annotations, in a loader of its own.
final class FieldWorld {

    private final Throwaway loader = new Throwaway();

    FieldWorld(Phase phase) {
        this(phase, Selection.ofAnnotated());
    }

    FieldWorld(Phase phase, Selection selection) {
        for (Class<?> type : new Class<?>[] {Flags.class, FlagUser.class}) {
            loader.with(type.getName(), Try.weave(selection, type, phase).bytes());
        }
        loader.plain(Flags.Speed.class, Operations.class);
    }

    Class<?> type(Class<?> original) {
        try {
            return Class.forName(original.getName(), false, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    PatchableField field(String name) {
        return Repoint.findField(MethodHandles.lookup(), type(Flags.class), name);
    }

    /// Calls a method of the woven user.
    Object call(String method, Object... arguments) {
        Method found = Arrays.stream(type(FlagUser.class).getDeclaredMethods())
                .filter(each -> each.getName().equals(method) && each.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow();
        try {
            return found.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /// Reads often enough for the reader to have linked.
    Object read(String method) {
        Object first = call(method);
        Object second = call(method);
        if (!java.util.Objects.equals(first, second)) {
            throw new AssertionError("read " + first + ", then " + second);
        }
        return call(method);
    }

    /// Assigns a field as code does that is not woven.
    void bypass(String name, Object value) {
        try {
            Field field = type(Flags.class).getDeclaredField(name);
            field.setAccessible(true);
            field.set(null, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    Throwaway loader() {
        return loader;
    }
}
