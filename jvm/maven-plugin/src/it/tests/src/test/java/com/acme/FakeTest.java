package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.repoint.Patchable;
import dev.repoint.Repoint;
import dev.repoint.Target;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.Test;

class FakeTest {

    @Patchable
    static int dice() {
        return 6;
    }

    static int one() {
        return 1;
    }

    @Test
    void aPatchableOfATestIsWoven() {
        var dice = Repoint.find(MethodHandles.lookup(), FakeTest.class, "dice");
        dice.set(Target.method(FakeTest.class, "one"));
        try {
            assertEquals(1, dice());
        } finally {
            dice.reset();
        }
        assertEquals(6, dice());
    }
}
