package dev.repoint.it.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Asks the service for quotes, over a connection that stays open.
final class Client {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;

    Client(int port) {
        request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/quote"))
                .build();
    }

    /// @throws IOException if it fails, or the answer is not one of success
    String quote() throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
