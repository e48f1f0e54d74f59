package dev.repoint.agent.control;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The attach mechanism of the JVM: it reads the system properties of another JVM, and loads the agent into it.
///
/// Commands use it only for the first step, and then the agent's socket: each load of an agent leaves something
/// behind in the JVM.
final class Attachment implements AutoCloseable {

    private static final int LEAST_JAVA = 17;
    /// If two commands attach to a JVM for the first time at one moment, they disturb each other in the JVM's
    /// protocol.
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_MILLIS = 50;

    private final TargetProcess process;
    private final VirtualMachine machine;
    private Properties properties;

    private Attachment(TargetProcess process, VirtualMachine machine) throws IOException {
        this.process = process;
        this.machine = machine;
        this.properties = machine.getSystemProperties();
    }

    /// Attaches.
    ///
    /// @throws ControlException if this is impossible, or the JVM is too old
    static Attachment to(TargetProcess process) {
        Attachment attachment = attach(process);
        String version = attachment.version();
        if (!isRecent(version)) {
            attachment.close();
            throw new ControlException(
                    process + " runs Java " + version + "; Repoint needs Java " + LEAST_JAVA + " or later there");
        }
        return attachment;
    }

    /// The Java version of the JVM.
    String version() {
        return properties.getProperty("java.specification.version", "unknown");
    }

    /// Checks that the options of the JVM allow agents.
    ///
    /// @throws ControlException if they do not
    void requireLoading(Path agentJar) {
        if (!Files.isRegularFile(agentJar)) {
            throw new ControlException("the agent's jar " + agentJar + " is missing; build it first");
        }
        try {
            Properties agent = machine.getAgentProperties();
            String options = agent.getProperty("sun.jvm.flags", "") + " " + agent.getProperty("sun.jvm.args", "");
            int last = options.lastIndexOf("EnableDynamicAgentLoading");
            if (last > 0 && options.charAt(last - 1) == '-') {
                throw notEnabled(agentJar, null);
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /// The encoding of file names. In the C locale, as in cron and containers, it is ASCII.
    private Charset encoding() {
        String name = properties.getProperty("sun.jnu.encoding", "UTF-8");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    /// The path of the agent's socket, or null if the JVM has no agent.
    @Nullable
    String socketPath() {
        return properties.getProperty(ControlSocket.PATH_PROPERTY);
    }

    /// Loads the agent.
    ///
    /// @return the path of its socket
    /// @throws ControlException if it cannot be loaded, or does not start
    String loadAgent(Path agentJar) {
        if (!Files.isRegularFile(agentJar)) {
            throw new ControlException("the agent's jar " + agentJar + " is missing; build it first");
        }
        try (VisibleJar visible = VisibleJar.in(process, agentJar, encoding())) {
            machine.loadAgent(visible.path());
            properties = machine.getSystemProperties();
        } catch (AgentLoadException e) {
            throw notLoaded(agentJar, e);
        } catch (AgentInitializationException e) {
            throw new ControlException(
                    "the agent does not start in " + process + ": " + e.getMessage()
                            + "; its standard error output says more",
                    e);
        } catch (IOException e) {
            throw lost(e);
        }
        String failure = properties.getProperty(ControlSocket.FAILURE_PROPERTY);
        String path = socketPath();
        if (failure != null || path == null) {
            throw new ControlException("the agent does not start in " + process + ": "
                    + (failure == null ? "it opens no control socket" : failure));
        }
        return path;
    }

    @Override
    public void close() {
        try {
            machine.detach();
        } catch (IOException e) {
            // The connection is already closed.
        }
    }

    private ControlException notLoaded(Path agentJar, AgentLoadException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Dynamic agent loading is not enabled")) {
            return notEnabled(agentJar, e);
        }
        return new ControlException(
                process + " cannot load the agent: " + message + "; can its user read " + agentJar + "?", e);
    }

    private ControlException notEnabled(Path agentJar, @Nullable Throwable cause) {
        return new ControlException(
                process
                        + " does not allow agents (-XX:-EnableDynamicAgentLoading); start it without this option, or"
                        + " with -javaagent:" + agentJar,
                cause);
    }

    private ControlException lost(IOException e) {
        return new ControlException(process + " does not answer: " + e.getMessage() + "; does it still run?", e);
    }

    private static Attachment attach(TargetProcess process) {
        AttachFile file = AttachFile.of(process);
        try {
            return attachAgain(process);
        } finally {
            file.release();
        }
    }

    private static Attachment attachAgain(TargetProcess process) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new Attachment(
                        process,
                        VirtualMachine.attach(Long.toString(process.handle().pid())));
            } catch (AttachNotSupportedException | IOException e) {
                if (attempt == ATTEMPTS || !process.handle().isAlive()) {
                    throw new ControlException("cannot attach to " + process + ": " + e.getMessage(), e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException("interrupted while attaching", e);
        }
    }

    private static boolean isRecent(String version) {
        try {
            return Integer.parseInt(version) >= LEAST_JAVA;
        } catch (NumberFormatException e) {
            return false; // such as 1.8
        }
    }
}
