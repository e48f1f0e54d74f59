package com.acme.shop;

import dev.repoint.Patchable;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import java.lang.invoke.MethodHandles;

/// A shop that can change its prices while it is open.
public final class Shop {

    private Shop() {}

    @Patchable
    static int price(String item) {
        return 10 * item.length();
    }

    static int half(String item) {
        return 5 * item.length();
    }

    static String sign(String item) {
        return item + " costs " + price(item);
    }

    /// Shows the price as it is, as it is in the sale, and as it was.
    public static void main(String[] arguments) {
        PatchableMethod price = Repoint.find(MethodHandles.lookup(), Shop.class, "price");
        System.out.println(sign("tea"));
        price.set(Target.method(Shop.class, "half"));
        System.out.println(sign("tea"));
        price.reset();
        System.out.println(sign("tea"));
    }
}
