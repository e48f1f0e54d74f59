package dev.repoint.it.processes;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.SetOptions;
import dev.repoint.machine.choice.PatchChoice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Debian's nginx with TLS, as it is: the function of libssl that all requests come by is wrapped at its entry. The target
/// calls the default, and makes requests for one page requests for another.
final class TlsRun {

    private static final int CLIENTS = 8;

    private final Path folder;
    private final Path library;

    /// @param folder  has the configuration, the certificate, and the pages
    /// @param library has SSL_read_other
    TlsRun(Path folder, Path library) {
        this.folder = folder;
        this.library = library;
    }

    void run(int patches) throws IOException, InterruptedException, GeneralSecurityException {
        int port = freePort();
        Files.writeString(folder.resolve("listen.conf"), "listen 127.0.0.1:" + port + " ssl;\n");
        SSLSocketFactory sockets = trusting(folder.resolve("certificate.pem"));
        try (Server running = Server.start(folder, List.of("nginx", "-p", folder.toString(), "-c", "nginx.conf"))) {
            running.await(() -> isAnswering(sockets, port));
            List<Long> workers = running.children();
            String large = Files.readString(folder.resolve("large"));
            Load load = new Load(CLIENTS, number -> new Visitor(sockets, port, large));
            try (OtherProcess worker = OtherProcess.open(workers.getFirst());
                    Http probe = connect(sockets, port)) {
                Patching reads = new Patching(
                        worker,
                        "libssl.so.3:SSL_read",
                        "SSL_read_other",
                        SetOptions.DEFAULT.withLibrary(library).withChoice(PatchChoice.ENTRY));
                reads.run(patches, load, () -> isOther(probe.get("/asked", "")));
                Load.Count seen = load.end();
                running.requireAlive();
                if (!workers.equals(running.children())) {
                    throw new IOException("a worker of nginx ended: see " + folder.resolve("error.log"));
                }
                System.out.println("nginx of Debian with TLS: " + reads.text(patches));
                System.out.printf(
                        Locale.ROOT,
                        "nginx of Debian with TLS: %,d answers to %d clients were right, on a new connection each %d"
                                + " rounds; longest round of 2 requests %.1f ms%n",
                        seen.answers(),
                        CLIENTS,
                        Visitor.ROUNDS,
                        seen.longest() / 1e6);
            }
        }
    }

    private static boolean isOther(Http.Answer answer) throws IOException {
        if (answer.status() != 200
                || !answer.body().equals("asked\n") && !answer.body().equals("other\n")) {
            throw new IOException("the answer is " + answer);
        }
        return answer.body().equals("other\n");
    }

    private static boolean isAnswering(SSLSocketFactory sockets, int port) throws IOException {
        try (Http http = connect(sockets, port)) {
            return http.get("/page", "").status() == 200;
        }
    }

    private static Http connect(SSLSocketFactory sockets, int port) throws IOException {
        return Http.over(Connection.open(sockets, port));
    }

    /// One that was free a moment ago: nginx cannot choose by itself.
    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    /// Makes sockets that trust one certificate.
    private static SSLSocketFactory trusting(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    /// Asks for pages that are the same whatever the target does. Connects anew again and again.
    private static final class Visitor implements Load.Client {

        static final int ROUNDS = 50;

        private final SSLSocketFactory sockets;
        private final int port;
        private final String large;
        private Http http;
        private int round;

        Visitor(SSLSocketFactory sockets, int port, String large) {
            this.sockets = sockets;
            this.port = port;
            this.large = large;
            try {
                http = connect(sockets, port);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int round() throws IOException {
            if (++round % ROUNDS == 0) {
                http.close();
                http = connect(sockets, port);
            }
            require(http.get("/page", ""), "open\n");
            require(http.get("/large", ""), large);
            return 2;
        }

        private static void require(Http.Answer answer, String body) throws IOException {
            if (answer.status() != 200 || !answer.body().equals(body)) {
                throw new IOException("expected " + body.length() + " bytes, found " + answer);
            }
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }
}
