import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.invoke.MethodType.methodType;

import dev.repoint.linux.NativeModule;
import dev.repoint.linux.NativeOverride;
import dev.repoint.linux.NativePatchable;
import dev.repoint.linux.NativeTarget;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;

/// Redirects the price in a library while the library is in use.
public final class Till {

    private final NativePatchable price;
    private final MethodHandle total;

    private Till(NativeModule library) {
        price = library.patchable("price");
        total = library.handle("total", methodType(int.class, int.class));
    }

    /// @param args the library
    public static void main(String[] args) throws Throwable {
        Till till = new Till(NativeModule.load(Path.of(args[0])));
        till.sell();
        till.price.set(NativeTarget.symbol("price_sale"));
        till.sell();
        MethodHandle gift = MethodHandles.lookup().findStatic(Till.class, "gift", methodType(int.class, int.class));
        try (NativeOverride _ =
                till.price.override(NativeTarget.java(gift, FunctionDescriptor.of(JAVA_INT, JAVA_INT)))) {
            till.sell();
        }
        till.price.reset();
        till.sell();
    }

    private static int gift(int count) {
        return 1;
    }

    private void sell() throws Throwable {
        System.out.println("two teas cost " + (int) total.invokeExact(2) + ": " + price);
    }
}
