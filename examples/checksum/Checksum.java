import dev.repoint.OverrideScope;
import dev.repoint.Patchable;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import java.lang.invoke.MethodHandles;
import java.util.zip.CRC32C;

/// Picks the fastest implementation at start, and stubs it for a moment.
public class Checksum {

    /// The default: plain Java, bit by bit.
    @Patchable
    static long crc(byte[] data) {
        int crc = ~0;
        for (byte b : data) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ (crc & 1) * 0x82f63b78;
            }
        }
        return ~crc & 0xffff_ffffL;
    }

    /// Another implementation: the JDK's, which uses the processor's instruction.
    static long hardware(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return crc.getValue();
    }

    public static void main(String[] args) {
        byte[] data = "123456789".getBytes();
        PatchableMethod crc = Repoint.find(MethodHandles.lookup(), Checksum.class, "crc");

        System.out.printf("%08x by %s%n", crc(data), crc.targetName());
        crc.set(Target.method(Checksum.class, "hardware"));
        System.out.printf("%08x by %s%n", crc(data), crc.targetName());

        interface Bytes {
            long apply(byte[] data);
        }
        try (OverrideScope scope = crc.override(Target.of(Bytes.class, bytes -> 42))) {
            System.out.printf("%08x by a stub%n", crc(data));
        }
        crc.reset();
        System.out.printf("%08x by %s%n", crc(data), crc.targetName());
    }
}
