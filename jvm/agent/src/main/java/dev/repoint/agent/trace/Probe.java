package dev.repoint.agent.trace;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands between the calls of one method and its default: a target that wraps it.
///
/// Conditions of the arguments alone are asked before the call, and where they do not hold, nothing but the default is
/// called. The others are asked after it. Nothing is boxed before a condition holds.
final class Probe {

    private static final MethodHandles.Lookup SELF = MethodHandles.lookup();
    private static final MethodHandle NOW = find(System.class, "nanoTime", MethodType.methodType(long.class));
    private static final MethodHandle SINCE = find(Probe.class, "since", MethodType.methodType(long.class, long.class));

    private Probe() {}

    /// Receives the calls for which the condition holds, on the thread of the caller. It must throw nothing.
    interface Observer {

        /// A call has ended.
        ///
        /// @param thrown by the call, or null
        /// @param result of the call; null for void, and if it threw
        /// @param nanos that it took, or -1 if the time was not taken
        /// @param arguments the receiver first
        void ended(@Nullable Throwable thrown, @Nullable Object result, long nanos, @Nullable Object[] arguments);
    }

    /// The target.
    ///
    /// @param type of the method, the receiver first
    /// @param hasReceiver whether there is one
    /// @param isTimed whether the observer wants the time
    /// @return a handle whose first parameter is the default, the others those of the method
    /// @throws ConditionException if the condition does not fit the method
    static MethodHandle of(
            Condition condition, MethodType type, boolean hasReceiver, boolean isTimed, Observer observer) {
        List<Condition> before = new ArrayList<>();
        List<Condition> after = new ArrayList<>();
        List<Condition> parts = condition instanceof Condition.All all ? all.parts() : List.of(condition);
        for (Condition each : parts) {
            (each.needsOutcome() ? after : before).add(each);
        }
        MethodHandle observed =
                observed(new Condition.All(after), type, hasReceiver, isTimed || condition.needsTime(), observer);
        if (before.isEmpty()) {
            return observed;
        }
        MethodHandle test = Tests.before(new Condition.All(before), type, hasReceiver);
        return MethodHandles.guardWithTest(
                MethodHandles.dropArguments(test, 0, MethodHandle.class), observed, MethodHandles.exactInvoker(type));
    }

    /// Calls the default, asks the condition, and tells the observer. Of type `(MethodHandle, parameters)result`.
    private static MethodHandle observed(
            Condition after, MethodType type, boolean hasReceiver, boolean isTimed, Observer observer) {
        Class<?> result = type.returnType();
        List<Class<?>> outcome = new ArrayList<>();
        outcome.add(Throwable.class);
        if (result != void.class) {
            outcome.add(result);
        }
        outcome.add(long.class);
        MethodHandle test = Tests.after(after, type, hasReceiver);
        MethodHandle tell = tell(observer, type, outcome);
        MethodHandle keep = result == void.class
                ? MethodHandles.empty(tell.type())
                : MethodHandles.permuteArguments(MethodHandles.identity(result), tell.type(), 1);
        MethodHandle asked = MethodHandles.guardWithTest(test, tell, keep);

        // (Throwable, result, start, default, parameters)result
        int timeAt = outcome.size() - 1;
        MethodHandle cleanup = MethodHandles.dropArguments(asked, timeAt + 1, MethodHandle.class);
        cleanup = MethodHandles.filterArguments(cleanup, timeAt, SINCE);
        MethodHandle body = MethodHandles.dropArguments(MethodHandles.exactInvoker(type), 0, long.class);
        MethodHandle whole = MethodHandles.tryFinally(body, cleanup);
        return isTimed
                ? MethodHandles.foldArguments(whole, NOW)
                : MethodHandles.insertArguments(whole, 0, Long.MIN_VALUE);
    }

    /// Tells the observer, and returns the result. Of type `(Throwable, result, long, parameters)result`.
    private static MethodHandle tell(Observer observer, MethodType type, List<Class<?>> outcome) {
        Class<?> result = type.returnType();
        MethodHandle ended = find(
                        Probe.class,
                        "ended",
                        MethodType.methodType(
                                Object.class,
                                Observer.class,
                                Throwable.class,
                                Object.class,
                                long.class,
                                Object[].class))
                .bindTo(observer)
                .asCollector(Object[].class, type.parameterCount());
        if (result == void.class) {
            ended = MethodHandles.insertArguments(ended, 1, (Object) null);
        }
        return ended.asType(MethodType.methodType(result, outcome).appendParameterTypes(type.parameterList()));
    }

    private static @Nullable Object ended(
            Observer observer,
            @Nullable Throwable thrown,
            @Nullable Object result,
            long nanos,
            @Nullable Object[] arguments) {
        observer.ended(thrown, thrown == null ? result : null, nanos, arguments);
        return result;
    }

    private static long since(long start) {
        return start == Long.MIN_VALUE ? -1 : System.nanoTime() - start;
    }

    private static MethodHandle find(Class<?> owner, String name, MethodType type) {
        try {
            return SELF.findStatic(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}
