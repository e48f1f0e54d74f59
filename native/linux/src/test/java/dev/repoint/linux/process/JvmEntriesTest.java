package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Run;
import dev.repoint.linux.OwnJvm;
import dev.repoint.machine.choice.Mechanism;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions of the libraries of a running JVM are patched at their entries, from outside.
class JvmEntriesTest {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int ROUNDS = 5;
    private static final String DEFAULTS = "checksum 1 name libx.so processors all wrong 0";
    private static final List<ProcessChange> CHANGES = List.of(
            ProcessChange.parse("libzip.so:Java_java_util_zip_Deflater_getAdler=zero"),
            ProcessChange.parse("libjava.so:Java_java_lang_System_mapLibraryName=zero"),
            ProcessChange.parse("libjvm.so:JVM_ActiveProcessorCount=zero"));

    @TempDir
    Path folder;

    @Test
    void nativesOfLibrariesOfAJvmLeadToTheTargetAndBack() throws Exception {
        Path socket = folder.resolve("socket");
        long pid = start(socket);
        try (OtherProcess jvm = OtherProcess.open(pid)) {
            assertThat(ask(socket)).isEqualTo(DEFAULTS);
            for (int i = 0; i < ROUNDS; i++) {
                ProcessResult result = jvm.set(CHANGES);
                assertThat(result.changes())
                        .extracting(ProcessOutcome::mechanism)
                        .containsOnly(Mechanism.ENTRY);
                assertThat(ask(socket)).isEqualTo("checksum 0 name null processors 0 wrong 0");
                assertThat(jvm.status()).hasSize(CHANGES.size());
                jvm.reset(List.of());
                assertThat(ask(socket)).isEqualTo(DEFAULTS);
            }
            jvm.set(CHANGES.subList(0, 1));
            assertThat(ask(socket)).isEqualTo("checksum 0 name libx.so processors all wrong 0");
        } finally {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /// Starts the JVM, which is no child of this one, and waits until it answers.
    private long start(Path socket) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" >out 2>&1 </dev/null & echo $!", "sh"));
        command.addAll(OwnJvm.command(JvmNatives.class, socket.toString()));
        long pid = Long.parseLong(Run.succeeding(folder, command).lines().getFirst());
        long start = System.nanoTime();
        while (!answers(socket) && System.nanoTime() - start < LIMIT_NANOS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return pid;
    }

    /// The socket is there before somebody listens at it.
    private static boolean answers(Path socket) {
        try {
            return !ask(socket).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static String ask(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
