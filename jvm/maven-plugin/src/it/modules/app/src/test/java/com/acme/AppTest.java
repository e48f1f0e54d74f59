package com.acme;

import static java.lang.invoke.MethodHandles.lookup;
import static java.lang.invoke.MethodHandles.privateLookupIn;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.repoint.Repoint;
import dev.repoint.Target;
import org.junit.jupiter.api.Test;

class AppTest {

    static int hundred() {
        return 100;
    }

    @Test
    void anEntryOfAnotherModuleIsPatchable() throws Exception {
        var update = Repoint.find(privateLookupIn(Crc.class, lookup()), Crc.class, "update");
        assertEquals(13, App.run());
        update.set(Target.method(App.class, "none"));
        try {
            assertEquals(7, App.run());
        } finally {
            update.reset();
        }
    }

    @Test
    void aCallThroughASubclassOfAnotherModuleIsResolved() throws Exception {
        assertEquals(13, App.run());
        var size = Repoint.find(privateLookupIn(Base.class, lookup()), Base.class, "size");
        size.set(Target.method(AppTest.class, "hundred"));
        try {
            assertEquals(106, App.run());
        } finally {
            size.reset();
        }
    }
}
