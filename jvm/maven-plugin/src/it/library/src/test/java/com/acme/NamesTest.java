package com.acme;

import static java.lang.invoke.MethodHandles.lookup;
import static java.lang.invoke.MethodHandles.privateLookupIn;
import static java.lang.invoke.MethodType.methodType;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.repoint.Repoint;
import dev.repoint.Target;
import org.apache.commons.codec.binary.Hex;
import org.junit.jupiter.api.Test;

public class NamesTest {

    private static final byte[] DATA = {0x12, 0x34};

    public static String upper(byte[] data) {
        return "UPPER";
    }

    @Test
    void aCallOfALibraryIsDivertedInTheChosenCallerOnly() throws Exception {
        assertEquals("1234", Names.of(DATA)); // from now on the runtime knows that there is such a call
        var encode = Repoint.find(
                privateLookupIn(Hex.class, lookup()),
                Hex.class,
                "encodeHexString",
                methodType(String.class, byte[].class));
        encode.set(Target.method(NamesTest.class, "upper"));
        try {
            assertEquals("UPPER", Names.of(DATA));
            assertEquals("1234", Left.of(DATA));
        } finally {
            encode.reset();
        }
        assertEquals("1234", Names.of(DATA));
    }

    @Test
    void aMethodOfTheProgramIsPatchableByItsName() throws Exception {
        var of = Repoint.find(lookup(), Names.class, "of");
        of.set(Target.method(NamesTest.class, "upper"));
        try {
            assertEquals("UPPER", Names.of(DATA));
        } finally {
            of.reset();
        }
    }
}
