package dev.repoint.demo.dropin;

import java.util.HexFormat;
import java.util.concurrent.atomic.LongAdder;

/// The drop-in: the same lower-case hexadecimal text, written by the JDK's own [HexFormat].
///
/// It lies in a jar of its own, which the service does not have on its class path. It counts its calls, so that
/// it can be seen that they arrive: the counter is published under [#CALLS] in the system properties, because
/// the service cannot name this class. Thread-safe.
public final class FastHex {

    /// The system property whose value is the counter, a [LongAdder].
    public static final String CALLS = "dev.repoint.demo.dropin.calls";

    private static final HexFormat HEX = HexFormat.of();
    private static final LongAdder COUNTER = new LongAdder();

    static {
        System.getProperties().put(CALLS, COUNTER);
    }

    private FastHex() {}

    /// Writes bytes as hexadecimal text.
    ///
    /// @param data the bytes
    /// @return two lower-case digits for each byte
    public static String encode(byte[] data) {
        COUNTER.increment();
        return HEX.formatHex(data);
    }
}
