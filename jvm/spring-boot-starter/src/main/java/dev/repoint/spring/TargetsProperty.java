package dev.repoint.spring;

import dev.repoint.PatchException;
import dev.repoint.Repoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// The property `repoint.targets`: targets by keys. It is the operator's policy of the JVM.
///
/// Keys with wildcards come first, so that an exact key counts whichever source of Spring's it comes from.
final class TargetsProperty {

    /// Its name.
    static final String NAME = "repoint.targets";

    private TargetsProperty() {}

    /// Applies it as one patch. If it is empty, there is no policy.
    ///
    /// @return how many linked patchables were chosen for
    /// @throws PatchException if a target cannot be applied; then nothing has changed
    static int apply(Map<String, String> targets) {
        return Repoint.policy(NAME, text(targets));
    }

    /// Its value.
    ///
    /// @return targets by keys; empty if the environment does not have it
    static Map<String, String> of(Environment environment) {
        return Binder.get(environment)
                .bind(NAME, Bindable.mapOf(String.class, String.class))
                .orElseGet(LinkedHashMap::new);
    }

    /// The lines of a policy.
    static String text(Map<String, String> targets) {
        List<String> lines = new ArrayList<>();
        targets.forEach((key, target) -> {
            String line = oneLine(key) + " = " + oneLine(target);
            if (key.contains("*")) {
                lines.add(0, line);
            } else {
                lines.add(line);
            }
        });
        return String.join("\n", lines);
    }

    private static String oneLine(String text) {
        if (text.lines().count() > 1) {
            throw new IllegalArgumentException(
                    NAME + ": '" + text.lines().findFirst().orElse("")
                            + "' goes on in another line; write a key and its target in one line each");
        }
        return text.strip();
    }
}
