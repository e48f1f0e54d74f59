package dev.repoint.agent.trace;

import dev.repoint.agent.trace.Condition.Comparison;
import dev.repoint.agent.trace.Condition.Operator;
import dev.repoint.agent.trace.Condition.Value;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes tests from conditions, for the calls of one method. A test is a method handle on the very types of the method: it
/// boxes nothing, and the compiler inlines it into the call.
///
/// The parameters of a test are those of the method, the receiver first. Where the outcome is known, three precede them:
/// what was thrown, the result (not for void), and the time in nanoseconds.
final class Tests {

    private final MethodType method;
    private final boolean hasReceiver;
    private final boolean hasOutcome;
    private final List<Class<?>> parameters;

    private Tests(MethodType method, boolean hasReceiver, boolean hasOutcome) {
        this.method = method;
        this.hasReceiver = hasReceiver;
        this.hasOutcome = hasOutcome;
        this.parameters = new ArrayList<>();
        if (hasOutcome) {
            parameters.add(Throwable.class);
            if (hasResult()) {
                parameters.add(method.returnType());
            }
            parameters.add(long.class);
        }
        parameters.addAll(method.parameterList());
    }

    /// A test before the call.
    ///
    /// @param method its parameters, the receiver first
    /// @return `(parameters)boolean`
    /// @throws ConditionException if the condition does not fit
    static MethodHandle before(Condition condition, MethodType method, boolean hasReceiver) {
        return new Tests(method, hasReceiver, false).of(condition);
    }

    /// A test after the call.
    ///
    /// @param method its parameters, the receiver first, and its result
    /// @return `(Throwable, result, long, parameters)boolean`
    /// @throws ConditionException if the condition does not fit
    static MethodHandle after(Condition condition, MethodType method, boolean hasReceiver) {
        return new Tests(method, hasReceiver, true).of(condition);
    }

    private MethodHandle of(Condition condition) {
        if (condition instanceof Condition.All all) {
            MethodHandle test = constant(true);
            for (int i = all.parts().size() - 1; i >= 0; i--) {
                test = MethodHandles.guardWithTest(of(all.parts().get(i)), test, constant(false));
            }
            return test;
        }
        if (condition instanceof Condition.Any any) {
            MethodHandle test = constant(false);
            for (int i = any.parts().size() - 1; i >= 0; i--) {
                test = MethodHandles.guardWithTest(of(any.parts().get(i)), constant(true), test);
            }
            return test;
        }
        if (condition instanceof Condition.Not not) {
            return MethodHandles.filterReturnValue(of(not.part()), Comparisons.not());
        }
        if (condition instanceof Condition.Holds holds) {
            return holds(holds.value());
        }
        return ifReturned((Comparison) condition, comparison((Comparison) condition));
    }

    private MethodHandle holds(Value value) {
        if (value instanceof Value.Thrown) {
            return with(Comparisons.isThrown(), value);
        }
        Comparison isTrue = new Comparison(value, Operator.EQUAL, new Value.Literal(true, "true"));
        return ifReturned(isTrue, comparison(isTrue));
    }

    /// A call that threw has no result to compare.
    private MethodHandle ifReturned(Comparison comparison, MethodHandle test) {
        if (comparison.left() instanceof Value.Result || comparison.right() instanceof Value.Result) {
            return MethodHandles.guardWithTest(with(Comparisons.isThrown(), new Value.Thrown()), constant(false), test);
        }
        return test;
    }

    private MethodHandle comparison(Comparison comparison) {
        Value left = comparison.left();
        Value right = comparison.right();
        Operator operator = comparison.operator();
        if (isWritten(left) && isWritten(right)) {
            throw misfit(comparison, "names nothing of the call");
        }
        if (isWritten(left)) {
            return comparison(new Comparison(right, operator.turned(), left));
        }
        if (left instanceof Value.Time || right instanceof Value.Time) {
            return time(comparison);
        }
        if (left instanceof Value.Thrown
                && right instanceof Value.Literal literal
                && literal.constant() instanceof String name
                && !operator.isOrder()) {
            return with(Comparisons.ofThrown(operator, name), left);
        }
        if (right instanceof Value.Literal literal) {
            return literal(comparison, typeOf(left), literal);
        }
        if (isWritten(right)) {
            throw misfit(
                    comparison,
                    left + " has the type " + typeOf(left).getTypeName() + "; only 'time' is compared with a time");
        }
        return two(comparison, typeOf(left), typeOf(right));
    }

    private MethodHandle time(Comparison comparison) {
        if (!(comparison.left() instanceof Value.Time && comparison.right() instanceof Value.Duration limit)) {
            throw misfit(comparison, "compares the time with no time: write a number with its unit, as in time > 5ms");
        }
        MethodHandle test = Comparisons.ofPrimitives(long.class, comparison.operator());
        return with(MethodHandles.insertArguments(test, 1, limit.nanos()), comparison.left());
    }

    private MethodHandle literal(Comparison comparison, Class<?> type, Value.Literal literal) {
        Object constant = literal.constant();
        Operator operator = comparison.operator();
        if (!type.isPrimitive()) {
            boolean isNumber = constant instanceof Number;
            if (operator.isOrder() && !isNumber || !canBe(type, constant)) {
                throw misfit(
                        comparison,
                        comparison.left() + " has the type " + type.getTypeName() + ", so it is never "
                                + (operator.isOrder() ? operator + " " : "") + literal);
            }
            return with(Comparisons.ofObject(operator, constant), comparison.left());
        }
        Class<?> common = commonOf(type, constant);
        if (common == null || common == boolean.class && operator.isOrder()) {
            throw misfit(
                    comparison,
                    comparison.left() + " has the type " + type + ", so it is never "
                            + (operator.isOrder() ? operator + " " : "") + literal);
        }
        MethodHandle test = Comparisons.ofPrimitives(common, operator);
        Object other =
                common == double.class && constant instanceof Number number ? (Object) number.doubleValue() : constant;
        return with(converted(MethodHandles.insertArguments(test, 1, other), common, type), comparison.left());
    }

    private MethodHandle two(Comparison comparison, Class<?> left, Class<?> right) {
        boolean isNumeric = isNumber(left) && isNumber(right);
        if (!isNumeric
                && !(left == boolean.class
                        && right == boolean.class
                        && !comparison.operator().isOrder())) {
            throw misfit(
                    comparison,
                    comparison.left() + " has the type " + left.getTypeName() + " and " + comparison.right()
                            + " the type " + right.getTypeName() + "; only numbers are compared with each other");
        }
        Class<?> common =
                left == boolean.class ? left : isFloating(left) || isFloating(right) ? double.class : long.class;
        MethodHandle test = Comparisons.ofPrimitives(common, comparison.operator());
        MethodHandle typed =
                MethodHandles.explicitCastArguments(test, MethodType.methodType(boolean.class, left, right));
        int[] order = {indexOf(comparison.left()), indexOf(comparison.right())};
        return MethodHandles.permuteArguments(typed, MethodType.methodType(boolean.class, parameters), order);
    }

    /// The type in which a primitive and a constant are compared, or null.
    private static @Nullable Class<?> commonOf(Class<?> type, @Nullable Object constant) {
        if (constant instanceof Boolean) {
            return type == boolean.class ? boolean.class : null;
        }
        if (!(constant instanceof Number) || !isNumber(type)) {
            return null;
        }
        return isFloating(type) || constant instanceof Double ? double.class : long.class;
    }

    private static boolean isNumber(Class<?> type) {
        return type.isPrimitive() && type != boolean.class && type != void.class;
    }

    private static boolean isFloating(Class<?> type) {
        return type == float.class || type == double.class;
    }

    /// Whether an object of a type can be equal to a constant.
    private static boolean canBe(Class<?> type, @Nullable Object constant) {
        if (constant == null || type == Object.class) {
            return true;
        }
        if (constant instanceof String) {
            return type.isInstance(constant) || Enum.class.isAssignableFrom(type) || type.isInterface();
        }
        if (constant instanceof Boolean) {
            return type.isInstance(constant);
        }
        return Number.class.isAssignableFrom(type) || type == Character.class || type.isAssignableFrom(Integer.class);
    }

    private static MethodHandle converted(MethodHandle test, Class<?> common, Class<?> type) {
        return common == type
                ? test
                : MethodHandles.explicitCastArguments(test, MethodType.methodType(boolean.class, type));
    }

    private MethodHandle constant(boolean value) {
        return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, value), 0, parameters);
    }

    /// Applies a test of one value to the parameters.
    private MethodHandle with(MethodHandle test, Value value) {
        int index = indexOf(value);
        MethodHandle typed = test.asType(MethodType.methodType(boolean.class, parameters.get(index)));
        return MethodHandles.permuteArguments(typed, MethodType.methodType(boolean.class, parameters), index);
    }

    private Class<?> typeOf(Value value) {
        return parameters.get(indexOf(value));
    }

    private int indexOf(Value value) {
        int first = parameters.size() - method.parameterCount();
        if (value instanceof Value.Argument argument) {
            int index = argument.index() + (hasReceiver ? 1 : 0);
            if (index >= method.parameterCount()) {
                int count = method.parameterCount() - (hasReceiver ? 1 : 0);
                throw new ConditionException(value + " does not exist: the method has "
                        + (count == 0
                                ? "no parameters"
                                : count == 1 ? "one parameter, args[0]" : count + " parameters"));
            }
            return first + index;
        }
        if (value instanceof Value.Receiver) {
            if (!hasReceiver) {
                throw new ConditionException("the method is static, so it has no 'this'");
            }
            return first;
        }
        if (!hasOutcome) {
            throw new IllegalStateException(value + " is not known before the call");
        }
        if (value instanceof Value.Thrown) {
            return 0;
        }
        if (value instanceof Value.Result) {
            if (!hasResult()) {
                throw new ConditionException("the method is void, so it has no 'result'");
            }
            return 1;
        }
        return hasResult() ? 2 : 1;
    }

    private boolean hasResult() {
        return method.returnType() != void.class;
    }

    private static boolean isWritten(Value value) {
        return value instanceof Value.Literal || value instanceof Value.Duration;
    }

    private static ConditionException misfit(Comparison comparison, String why) {
        return new ConditionException(
                comparison.left() + " " + comparison.operator() + " " + comparison.right() + ": " + why);
    }
}
