package com.acme;

import dev.repoint.Offer;
import java.util.function.BooleanSupplier;
import java.util.function.IntBinaryOperator;

/// Methods that are offered, and a value.
public final class Offering {

    @Offer(key = "com.acme.Flags.operation", priority = 4)
    static final IntBinaryOperator SUM = Integer::sum;

    private Offering() {}

    /// A condition.
    public static final class Always implements BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return true;
        }
    }

    @Offer(key = "com.acme.Crc.update")
    static int plain(int crc, byte[] data) {
        return crc;
    }

    @Offer(
            key = "com.acme.Crc.update(int,byte[])",
            priority = 10,
            cpu = {"avx2", "bmi2"},
            os = "linux",
            arch = "x86-64",
            jdk = "25+",
            property = "com.acme.fast=yes",
            when = Always.class)
    @Offer(key = "com.acme.Ops.add", priority = -1)
    static int conditional(int crc, byte[] data) {
        return crc;
    }

    static int other(int crc, byte[] data) {
        return crc;
    }
}
