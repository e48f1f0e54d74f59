package com.acme.guestbook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// A service on loopback that logs user input, as most services do. It contains no Repoint code.
///
/// Its argument is a file. When it listens, it writes its port to this file.
public final class Guestbook {

    private static final Logger LOG = LogManager.getLogger(Guestbook.class);

    private Guestbook() {}

    /// Serves until the process ends.
    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Guestbook::sign);
        server.start();
        publish(Path.of(args[0]), server.getAddress().getPort());
    }

    private static void sign(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            LOG.info("signed by {}", name);
            exchange.sendResponseHeaders(204, -1);
        }
    }

    /// Writes the file in one step, so that a waiting reader gets the complete port.
    private static void publish(Path file, int port) throws IOException {
        Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), Integer.toString(port));
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        file.toFile().deleteOnExit();
    }
}
