package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.Test;

class CrcTest {

    static int forty(int crc, byte[] data) {
        return 40;
    }

    @Test
    void callersReachTheTargetAndTheDefaultComesBack() {
        PatchableMethod update = Repoint.find(MethodHandles.lookup(), Crc.class, "update");
        assertEquals(6, Crc.twice(new byte[3]));
        update.set(Target.method(CrcTest.class, "forty"));
        try {
            assertEquals(80, Crc.twice(new byte[3]));
        } finally {
            update.reset();
        }
        assertEquals(6, Crc.twice(new byte[3]));
    }
}
