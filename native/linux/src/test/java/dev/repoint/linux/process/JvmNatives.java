package dev.repoint.linux.process;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;

/// Calls functions of the libraries of its JVM in two threads. Whoever connects to its socket is told what they answer now, and
/// how many answers were neither those of the defaults nor those of the targets. Argument: the socket.
final class JvmNatives {

    private static final int THREADS = 2;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final AtomicLong WRONG = new AtomicLong();

    private JvmNatives() {}

    static void main(String[] arguments) throws IOException {
        for (int i = 0; i < THREADS; i++) {
            Thread.ofPlatform().daemon().start(JvmNatives::work);
        }
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])));
            while (true) {
                try (SocketChannel client = server.accept()) {
                    client.write(ByteBuffer.wrap((answers() + " wrong " + WRONG).getBytes(StandardCharsets.US_ASCII)));
                }
            }
        }
    }

    private static void work() {
        while (true) {
            String answers = answers();
            if (!answers.matches("checksum [01] name (libx.so|null) processors (all|0)")) {
                WRONG.incrementAndGet();
                System.out.println(answers);
            }
        }
    }

    private static String answers() {
        Deflater deflater = new Deflater();
        int checksum = deflater.getAdler();
        deflater.end();
        int processors = Runtime.getRuntime().availableProcessors();
        return "checksum " + checksum + " name " + System.mapLibraryName("x") + " processors "
                + (processors == PROCESSORS ? "all" : processors);
    }
}
