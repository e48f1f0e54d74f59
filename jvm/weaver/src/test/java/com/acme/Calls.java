package com.acme;

import com.acme.base.Base;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Calls of every kind, at places where locals and stack hold everything that they can hold. Each method whose
/// name starts with `on` is run by itself.
public class Calls extends Base implements Greeter {

    private final String made;

    public Calls() {
        this(Ops.add(1, 2) > 2 ? "yes" : "no", new Ops("x").text());
    }

    private Calls(String a, String b) {
        super();
        this.made = a + b + Ops.add(1, 1);
    }

    @Override
    public String greet(String whom) {
        return "hello " + whom;
    }

    @Override
    public String overridden() {
        return "sub";
    }

    @Override
    protected String guarded(int a) {
        return "not this one";
    }

    public String onConstructor() {
        return new Calls().made;
    }

    public int onStatic() {
        return Ops.add(3, 4);
    }

    public String onVoid() {
        Ops.nothing();
        return "done";
    }

    public long onMixed() {
        long before = 5;
        double also = 2.5;
        long result = Ops.mixed(before, also, "four", 1.5f, new int[] {1, 2});
        return result + before + (long) also;
    }

    public String onVirtual() {
        return new Ops("a").with("b").with("c").text();
    }

    public String onInterface() {
        Greeter greeter = new Ops("hi");
        return greeter.greet("you") + greeter.farewell("you");
    }

    public String onSuper() {
        return super.overridden() + super.guarded(3);
    }

    public String onInterfaceSuper() {
        return Greeter.super.farewell("all");
    }

    public String onInterfaceStatic() {
        return Greeter.shout("hey");
    }

    public String onProtected() {
        return guarded(1) + guardedStatic("s");
    }

    public int onInheritedStatic() {
        return SubOps.add(5, 6);
    }

    public String onUninitialisedBelow() {
        return new StringBuilder(Ops.same("in").toString())
                .append(new Ops(new Ops("o").text()).text())
                .toString();
    }

    public String onNested() {
        return "" + Ops.add(Ops.add(1, Ops.add(2, 3)), Ops.add(4, 5)) + Ops.half(Ops.half(8.0));
    }

    public String onBranches(/* a frame stands right behind each call */ ) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            out.append(i % 2 == 0 ? Ops.add(i, 1) : Ops.add(i, 2));
            long wide = i;
            if (Ops.half(wide) > 0.6 && Ops.same(out) == out) {
                out.append(wide);
            }
        }
        return out.toString();
    }

    public String onSwitch() {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
            switch (Ops.add(i, 0)) {
                case 0 -> sum += Ops.add(10, i);
                case 1, 2 -> sum += Ops.add(20, i);
                default -> sum += 100;
            }
        }
        return "" + sum;
    }

    public String onException() {
        String kept = "kept ";
        try {
            return kept + Ops.fail("no");
        } catch (IllegalStateException e) {
            return kept + e.getMessage() + Ops.add(1, 1);
        } finally {
            Ops.nothing();
        }
    }

    public synchronized String onMonitor() {
        synchronized (made) {
            return "" + Ops.add(made.length(), 0);
        }
    }

    public String onNullAndArrays() {
        Object none = null;
        Ops[][] table = {{new Ops("p"), null}, null};
        Object[] objects = {none, Ops.same(none), table[0][0].text(), Ops.same(table[1])};
        char[] chars = {'a', 'b'};
        return Stream.of(objects).map(String::valueOf).collect(Collectors.joining()) + chars[Ops.add(0, 1)];
    }

    public String onStackShuffles() {
        int[] a = {1, 2};
        long[] b = {3, 4};
        a[Ops.add(0, 1)] += Ops.add(5, 5);
        b[Ops.add(0, 1)] += Ops.mixed(1, 1, "", 1, a);
        int c = a[0]++;
        long d = b[0]--;
        Integer boxed = 7;
        boxed += Ops.add(c, 1);
        return "" + a[0] + a[1] + b[0] + b[1] + c + d + boxed;
    }

    public String onMethodReferences() throws Exception {
        IntBinaryOperator ofStatic = Ops::add;
        IntBinaryOperator inherited = SubOps::add;
        Function<Ops, String> unbound = Ops::text;
        Ops bound = new Ops("bound");
        Supplier<String> ofBound = bound::text;
        UnaryOperator<Ops> chained = ops -> ops.with("!");
        BiFunction<Ops, String, Ops> two = Ops::with;
        Greeter greeter = bound;
        UnaryOperator<String> ofInterface = greeter::greet;
        BiFunction<Greeter, String, String> unboundInterface = Greeter::greet;
        Function<String, String> ofInterfaceStatic = Greeter::shout;
        Callable<String> ofThis = this::overridden;
        Supplier<String> subtype = new SubOps()::text;
        return "" + ofStatic.applyAsInt(1, 2) + inherited.applyAsInt(3, 4) + unbound.apply(bound) + ofBound.get()
                + chained.apply(bound).text() + two.apply(bound, "+").text() + ofInterface.apply("a")
                + unboundInterface.apply(greeter, "b") + ofInterfaceStatic.apply("c") + ofThis.call() + subtype.get();
    }

    public String onProtectedReferences() {
        IntFunction<String> ofSuper = super::guarded;
        Function<String, String> ofStatic = Base::guardedStatic;
        return ofSuper.apply(9) + ofStatic.apply("r");
    }

    public String onVarargs() {
        return Ops.list("a", "b").toString()
                + Stream.of("x", "y").map(Ops::list).toList();
    }

    public List<String> onLambda() {
        return Stream.of(1, 2).map(i -> "" + Ops.add(i, i)).toList();
    }
}
