package dev.repoint.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.cli.home.Home;
import dev.repoint.cli.output.Style;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The demo of native code, from the building of the server to the summary.
class NativeDemoTest {

    private static final Pattern SERVER = Pattern.compile("A server in C \\(pid (\\d+)\\), built by .*");

    @Test
    void everyAnswerIsRightAndTheTargetsAnswerWhileTheyAreSet() throws IOException {
        Tool.GCC.required();
        StringWriter text = new StringWriter();

        boolean right = new NativeDemo(Home.find(), 4).run(new PrintWriter(text), Style.PLAIN);

        String out = text.toString();
        assertThat(right).as(out).isTrue();
        Matcher server = SERVER.matcher(out.lines().findFirst().orElseThrow());
        assertThat(server.matches()).as(out).isTrue();
        long pid = Long.parseLong(server.group(1));
        assertThat(out.lines())
                .contains("$ repoint set " + pid + " checksum=checksum_by_table", "$ repoint reset " + pid)
                .anyMatch(line -> line.matches("\\$ repoint set " + pid + " --load \\S+/libtax.so tax=tax_rounded"))
                .anyMatch(line -> line.matches("answers wrong +0 +0 +0 +0"))
                .anyMatch(line -> line.matches("answers by the target +0 +all +all +[0-9]{1,2}"))
                .anyMatch(line -> line.matches("[0-9,]+ answers checked, 0 wrong"));
        assertThat(hasEnded(pid)).as("the server %s ended", pid).isTrue();
    }

    /// It was told to end, and does so in its own time.
    private static boolean hasEnded(long pid) {
        Path program = Path.of("/proc", Long.toString(pid), "exe"); // a zombie has none
        for (long start = System.nanoTime(); Files.exists(program); ) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(10)) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }
}
