package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.internal.report.Nearest;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/// The error for a method that is not there, with what was probably meant.
final class Missing {

    private Missing() {}

    static PatchException method(Class<?> owner, String name, String wanted) {
        for (Class<?> above = owner.getSuperclass(); above != null; above = above.getSuperclass()) {
            for (Method inherited : above.getDeclaredMethods()) {
                if (inherited.getName().equals(name)) {
                    return new PatchRefusal(
                            wanted + " is inherited; name the class that declares it: " + Key.of(inherited));
                }
            }
        }
        List<Key> keys = Arrays.stream(owner.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Key::of)
                .toList();
        List<String> nearest = Nearest.to(owner.getName() + "." + name, keys, 3);
        return new PatchRefusal("there is no method " + wanted
                + (nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?"));
    }
}
