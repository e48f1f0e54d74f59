package dev.repoint.cli.doctor;

import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import dev.repoint.elf.file.FileFailure;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The checks, in order.
public final class InstallationChecks {

    /// The kernel's limit for the path of a socket: `sun_path` of unix(7), without the byte that ends it.
    private static final int LONGEST_SOCKET_PATH = 107;

    private static final Path ALWAYS = Path.of("/tmp");

    private InstallationChecks() {}

    /// Makes all checks. Takes a second or two.
    ///
    /// @param findings takes what was found, as it is found
    public static void run(Consumer<Finding> findings) {
        findings.accept(java());
        findings.accept(sockets());
        Finding agent = agent();
        findings.accept(agent);
        if (agent.level() == Finding.Level.OK) {
            findings.accept(attachTo(Home.find().agentJar()));
        }
        findings.accept(nativeAccess());
        findings.accept(maven());
    }

    private static Finding java() {
        String home = System.getProperty("java.home");
        String found = System.getProperty("java.vendor") + " " + Runtime.version() + " in " + home;
        return ModuleLayer.boot().findModule("jdk.attach").isPresent()
                ? Finding.ok("JDK", found)
                : Finding.off(
                        "JDK", found + ", without the module jdk.attach", "point JAVA_HOME at a whole JDK 25 or later");
    }

    /// The agent opens its socket in the temporary folder, or in `/tmp` where that has too long a path. The
    /// JVM's own way to attach always uses `/tmp`.
    private static Finding sockets() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        String example = temporary + "/repoint-" + Long.MAX_VALUE + "-" + Long.MAX_VALUE + "/control";
        int length = example.getBytes(StandardCharsets.UTF_8).length;
        boolean fits = length <= LONGEST_SOCKET_PATH;
        Path folder = fits ? temporary : ALWAYS;
        try {
            openSocket(folder);
        } catch (IOException | UnsupportedOperationException e) {
            String reason = e instanceof IOException failure ? FileFailure.reason(failure) : e.toString();
            return Finding.off(
                    "sockets",
                    "none can be opened in " + folder + ": " + reason,
                    "make it writable, or pass -Djava.io.tmpdir=FOLDER to the JVMs");
        }
        return Finding.ok(
                "sockets",
                "in " + folder
                        + (fits
                                ? ""
                                : ": a path in " + temporary + " would have " + length + " bytes, and at most "
                                        + LONGEST_SOCKET_PATH + " are allowed"));
    }

    private static void openSocket(Path below) throws IOException {
        Path folder = Files.createTempDirectory(below, "repoint-");
        Path socket = folder.resolve("control");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    private static Finding agent() {
        String remedy = "start Repoint by its launcher";
        try {
            Home home = Home.find();
            remedy = home.isInstalled() ? "install Repoint again" : "run ./repoint to build it";
            return Finding.ok("agent", home.agentJar().toString());
        } catch (CommandFailure e) {
            return Finding.off("agent", String.valueOf(e.getMessage()), remedy);
        }
    }

    private static Finding attachTo(Path agentJar) {
        try (Probe probe = Probe.start()) {
            return Finding.ok("attach", probe.retarget(agentJar));
        } catch (IOException | RuntimeException e) {
            return Finding.off(
                    "attach",
                    String.valueOf(e.getMessage()),
                    "look for -XX:+DisableAttachMechanism in JAVA_TOOL_OPTIONS and JDK_JAVA_OPTIONS; in a container,"
                            + " /tmp must be writable");
        }
    }

    private static Finding nativeAccess() {
        try (Probe probe = Probe.start()) {
            return Finding.ok(
                    "native",
                    "C functions can be called from Java, so targets can be native (" + probe.callNative() + ")");
        } catch (IOException | RuntimeException e) {
            return Finding.note("native", String.valueOf(e.getMessage()), "only targets in native code need it");
        }
    }

    private static Finding maven() {
        String path = String.valueOf(System.getenv("PATH"));
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "mvn"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(mvn -> Finding.ok("Maven", mvn.toString()))
                .orElseGet(() -> Finding.note(
                        "Maven", "no mvn on the PATH", "only building needs it; install Apache Maven 3.8.1 or later"));
    }
}
