import dev.repoint.Repoint;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/// Calls the default of `Orders.total`, and prints how long that took.
public class Timed {

    private static final MethodHandle ORIGINAL = original();

    static int total(int count) throws Throwable {
        long began = System.nanoTime();
        int total = (int) ORIGINAL.invokeExact(count);
        System.out.println("total(" + count + ") took " + (System.nanoTime() - began) + " ns");
        return total;
    }

    private static MethodHandle original() {
        try {
            MethodHandles.Lookup orders = MethodHandles.privateLookupIn(Orders.class, MethodHandles.lookup());
            return Repoint.find(orders, Orders.class, "total").defaultHandle();
        } catch (IllegalAccessException e) {
            throw new AssertionError("both classes are in one package", e);
        }
    }
}
