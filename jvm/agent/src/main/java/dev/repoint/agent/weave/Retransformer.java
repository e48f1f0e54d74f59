package dev.repoint.agent.weave;

import dev.repoint.internal.point.Points;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.WeaveResult;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Weaves loaded classes in place, by retransformation (`Instrumentation.retransformClasses`).
///
/// Thread-safe.
public final class Retransformer {

    private final Instrumentation instrumentation;
    private final Transformer transformer;
    private final WeaveLog weaveLog;

    public Retransformer(Instrumentation instrumentation, Transformer transformer, WeaveLog weaveLog) {
        this.instrumentation = instrumentation;
        this.transformer = transformer;
        this.weaveLog = weaveLog;
    }

    /// The result for some classes.
    ///
    /// @param woven the result of the weaver for each class that the JVM accepted
    /// @param failures the reasons of the JVM, or of the loader, for each class that was not woven; one line each
    public record Result(Map<Class<?>, WeaveResult> woven, Map<Class<?>, String> failures) {

        /// The number of changed classes.
        long changed() {
            return woven.values().stream().filter(WeaveResult::changed).count();
        }
    }

    /// Weaves the selected members of these classes, in one step. If a class cannot be changed, it weaves each class
    /// separately, so that the others are still woven.
    public Result weave(Collection<Class<?>> classes) {
        Result result = new Result(new IdentityHashMap<>(), new IdentityHashMap<>());
        List<Class<?>> batch = new ArrayList<>();
        for (Class<?> each : classes) {
            String refusal = refusal(each);
            if (refusal == null) {
                batch.add(each);
            } else {
                fail(result, each, refusal);
            }
        }
        if (!batch.isEmpty() && retransform(batch, result) != null) {
            for (Class<?> each : batch) {
                String failure = retransform(List.of(each), result);
                if (failure != null) {
                    fail(result, each, failure);
                }
            }
        }
        return result;
    }

    /// The class file of a loaded class as it is now, with the changes of this agent and of those that run before it.
    ///
    /// @return the bytes, or null if the JVM does not supply them
    byte @Nullable [] current(Class<?> loaded) {
        Transformer.Attempt attempt = transformer.begin();
        try {
            instrumentation.retransformClasses(loaded);
        } catch (UnmodifiableClassException | LinkageError | RuntimeException | InternalError e) {
            return null;
        } finally {
            transformer.end();
        }
        note(attempt);
        return attempt.classFiles().get(loaded);
    }

    /// The reason why a class cannot be woven in place, or null.
    public @Nullable String refusal(Class<?> loaded) {
        return instrumentation.isModifiableClass(loaded)
                ? transformer.refusal(loaded.getClassLoader(), ClassFiles.internalName(loaded))
                : "the JVM does not allow a change of this class";
    }

    /// Records that a selected loaded class is not woven.
    void refuse(Class<?> loaded, String reason) {
        transformer.refuse(loaded.getClassLoader(), ClassFiles.internalName(loaded), reason);
    }

    /// Weaves some classes, all or none.
    ///
    /// @return null, or the reason of the JVM for its refusal
    private @Nullable String retransform(List<Class<?>> classes, Result result) {
        Transformer.Attempt attempt = transformer.begin();
        try {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | LinkageError | RuntimeException | InternalError e) {
            return "the JVM refuses to change the class: " + e;
        } finally {
            transformer.end();
        }
        note(attempt).forEach((loaded, woven) -> result.woven().put(loaded, woven));
        return null;
    }

    /// Records what the JVM has accepted.
    private Map<Class<?>, WeaveResult> note(Transformer.Attempt attempt) {
        Map<Class<?>, WeaveResult> all = new IdentityHashMap<>();
        attempt.results().forEach((loaded, inPlace) -> {
            WeaveResult woven = inPlace.result();
            all.put(loaded, woven);
            for (PatchedEntry entry : woven.entries()) {
                Points.of(loaded, entry.key().name(), entry.key().descriptor()).declareEntry();
            }
            weaveLog.inPlace(loaded.getClassLoader(), ClassFiles.internalName(loaded), inPlace.weaver(), woven);
        });
        return all;
    }

    private void fail(Result result, Class<?> loaded, String reason) {
        result.failures().put(loaded, reason);
        weaveLog.refused(loaded.getClassLoader(), ClassFiles.internalName(loaded), loaded.getName(), reason);
    }
}
