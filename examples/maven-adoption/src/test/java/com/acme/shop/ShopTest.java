package com.acme.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.repoint.Repoint;
import dev.repoint.Target;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.Test;

class ShopTest {

    static int free(String item) {
        return 0;
    }

    @Test
    void aSignShowsThePriceThatIsSet() {
        var price = Repoint.find(MethodHandles.lookup(), Shop.class, "price");
        price.set(Target.method(ShopTest.class, "free"));
        try {
            assertEquals("tea costs 0", Shop.sign("tea"));
        } finally {
            price.reset();
        }
        assertEquals("tea costs 30", Shop.sign("tea"));
    }
}
