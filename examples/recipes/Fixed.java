import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Targets that give the same answer in each run.
public class Fixed {

    private static final AtomicLong UUIDS = new AtomicLong();

    static Instant now() {
        return Instant.parse("2030-01-01T00:00:00Z");
    }

    /// The clock of the machine, one hour ahead. This class is excluded, so this call reaches the real clock.
    static long ahead() {
        return System.currentTimeMillis() + 3_600_000;
    }

    static UUID uuid() {
        return new UUID(0x4000L, 0x8000_0000_0000_0000L | UUIDS.incrementAndGet());
    }

    static String env(String name) {
        return name.equals("REGION") ? "test" : null;
    }

    static InetAddress host(String name) throws UnknownHostException {
        return InetAddress.getByAddress(name, new byte[] {127, 0, 0, 9});
    }

    static void exit(int status) {
        throw new IllegalStateException("System.exit(" + status + ") refused");
    }
}
