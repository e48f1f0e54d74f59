package com.acme.twin;

import com.acme.base.Base;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Bodies of every form, to be called outside their class.
public class Ledger extends Base implements Sums, Cloneable {

    private static int opened = 7;
    private static final int[] WEIGHTS = {1, 2, 3};

    private final String name;
    private int balance;

    public Ledger(String name, int balance) {
        this.name = name;
        this.balance = balance;
    }

    /// A look-up with full access to this copy of the class.
    public static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    public static int sum(int start, int[] values) {
        int sum = start;
        for (int value : values) {
            sum = sum * 31 + value;
        }
        return sum;
    }

    public static int loopAtStart(int left) {
        while (left > 3) {
            left -= 2;
        }
        return left;
    }

    public String privates(int by) {
        balance += by;
        opened++;
        return name + secret(by) + hidden(balance) + opened + new Page(by).text + Page.count(2);
    }

    public List<String> lambdas(List<String> in) {
        List<String> out = new ArrayList<>();
        Supplier<String> bound = () -> secret(in.size());
        Function<Integer, String> reference = this::secret;
        IntSupplier fixed = () -> 42;
        Function<String, String> ofStatic = Ledger::hidden;
        in.stream().map(each -> each + name).map(ofStatic).forEach(out::add);
        out.add(bound.get());
        out.add(reference.apply(5));
        out.add("" + fixed.getAsInt());
        return out;
    }

    public static String caught(int value) {
        try {
            if (value < 0) {
                throw new IllegalStateException("negative " + value);
            }
            return "fine " + value / (value - 3);
        } catch (IllegalStateException | ArithmeticException e) {
            return e.getMessage();
        } finally {
            opened += 100;
        }
    }

    public static String chosen(Object value) {
        return switch (value) {
            case Integer i when i > 10 -> "big";
            case Integer i -> "int" + i;
            case String s ->
                switch (s) {
                    case "one" -> "1";
                    case "two" -> "2";
                    default -> s;
                };
            case Page(String text) -> text;
            case Kind kind ->
                switch (kind) {
                    case DEBIT -> "minus";
                    case CREDIT -> "plus";
                };
            default -> "other";
        };
    }

    public static double wide(long a, double b, long c) {
        assert a > Integer.MIN_VALUE;
        return a + b * c + WEIGHTS.clone()[1];
    }

    public synchronized String locked(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty" + Thread.holdsLock(this));
        }
        return text + Thread.holdsLock(this) + name;
    }

    public static synchronized long lockedStatic(long a, long b) {
        return Thread.holdsLock(Ledger.class) ? a - b : 0;
    }

    public Object anonymous(int by) {
        return new Object() {
            @Override
            public String toString() {
                return name + by;
            }
        }.toString();
    }

    public int viaInterface(int by) {
        return total(by) + Sums.twice(by);
    }

    public static int recursive(int n) {
        return n <= 1 ? 1 : n * recursive(n - 1);
    }

    public static String varargs(Object... values) {
        return Arrays.toString(values) + IntStream.of(1, 2).boxed().toList();
    }

    // What cannot stand elsewhere.

    @Override
    public String overridden() {
        return super.overridden() + "!";
    }

    public String superOfInterface() {
        return Sums.super.label();
    }

    public String inheritedProtected() {
        return guarded(1);
    }

    public static String inheritedProtectedStatic() {
        return guardedStatic("a");
    }

    public int inheritedProtectedField() {
        return field;
    }

    public Object copy() throws CloneNotSupportedException {
        return clone();
    }

    public Object finalizes() {
        IntSupplier hash = this::hashCode;
        return hash.getAsInt();
    }

    public static Object looksUp() {
        return MethodHandles.lookup();
    }

    public static Class<?> caller() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .getCallerClass();
    }

    public static Class<?> byName(String name) throws ClassNotFoundException {
        return Class.forName(name);
    }

    public static Object reflects(Method method) throws ReflectiveOperationException {
        return method.invoke(null);
    }

    public static Function<Method, Object> reflectsByReference() {
        return method -> apply(method::invoke);
    }

    public static Object serializable() {
        return (Supplier<String> & Serializable) () -> "a";
    }

    private static Object apply(Reflective call) {
        return call.toString();
    }

    private interface Reflective {
        Object call(Object receiver, Object... arguments) throws ReflectiveOperationException;
    }

    private String secret(int by) {
        return name + (balance + by);
    }

    private static String hidden(Object of) {
        return "<" + of + ">";
    }

    private enum Kind {
        DEBIT,
        CREDIT
    }

    /// One of the kinds, whose type is private.
    public static Object debit() {
        return Kind.DEBIT;
    }

    /// A value of a private type.
    public static Object page(int number) {
        return new Page(number);
    }

    private record Page(String text) {
        private Page(int number) {
            this("page" + number);
        }

        private static int count(int of) {
            return of * opened;
        }
    }
}
