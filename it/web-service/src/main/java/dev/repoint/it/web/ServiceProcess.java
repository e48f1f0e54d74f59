package dev.repoint.it.web;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/// The service in a JVM of its own. Ended when closed.
final class ServiceProcess implements AutoCloseable {

    private final Process process;
    private final int port;

    private ServiceProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// @param agent   the jar of the agent
    /// @param options the agent's options
    /// @param log     takes what it says
    static ServiceProcess start(Path agent, String options, Path log) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + agent + "=" + options,
                        "-Xmx256m",
                        "-XX:-PrintWarnings",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Service.class.getName())
                .redirectError(new File(log.toString()))
                .start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                return new ServiceProcess(process, Integer.parseInt(line.substring(5)));
            }
        }
        throw new IOException("the service ended before it was ready: see " + log);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
