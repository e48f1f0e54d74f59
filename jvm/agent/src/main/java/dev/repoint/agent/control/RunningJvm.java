package dev.repoint.agent.control;

import dev.repoint.agent.trace.TraceOptions;
import dev.repoint.agent.trace.TraceRow;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A JVM in another process, whose patchables you can list and redirect.
///
/// Needs the module `jdk.attach`. An instance is for one thread at a time. Any number of processes may connect to
/// one JVM.
public final class RunningJvm implements AutoCloseable {

    private static final long ANSWER_SECONDS = 120;

    private final TargetProcess process;
    private final SocketChannel socket;

    private RunningJvm(TargetProcess process, SocketChannel socket) {
        this.process = process;
        this.socket = socket;
    }

    /// Connects to the agent of a JVM. If the JVM has no agent, this first loads it.
    ///
    /// @param pid the process
    /// @param agentJar the self-contained jar of the agent
    /// @param progress receives one line before the agent is loaded
    /// @return the connection
    /// @throws ControlException if there is no such JVM, attaching is impossible, or the agent does not start
    public static RunningJvm connect(long pid, Path agentJar, Consumer<String> progress) {
        TargetProcess process = TargetProcess.find(pid);
        try (Attachment attachment = Attachment.to(process)) {
            String path = attachment.socketPath();
            SocketChannel socket = path == null ? null : open(process, path);
            if (socket == null) {
                progress.accept((path == null
                                ? "loading the agent into "
                                : "the agent's socket is gone: loading it again into ")
                        + process);
                String opened = attachment.loadAgent(agentJar);
                socket = open(process, opened);
                if (socket == null) {
                    throw new ControlException("the agent of " + process + " does not listen at " + opened
                            + "; is that folder visible from here?");
                }
            }
            return new RunningJvm(process, socket);
        }
    }

    /// Reads the properties of a JVM, as [#connect] does before it loads the agent.
    ///
    /// @param pid the process
    /// @param agentJar the self-contained jar of the agent
    /// @return the properties
    /// @throws ControlException if [#connect] would fail, with the same reason
    public static JvmLook look(long pid, Path agentJar) {
        TargetProcess process = TargetProcess.find(pid);
        try (Attachment attachment = Attachment.to(process)) {
            String path = attachment.socketPath();
            SocketChannel socket = path == null ? null : open(process, path);
            if (socket == null) {
                attachment.requireLoading(agentJar);
                return new JvmLook(attachment.version(), Optional.empty());
            }
            try (RunningJvm jvm = new RunningJvm(process, socket)) {
                return new JvmLook(attachment.version(), Optional.of(jvm.status()));
            }
        }
    }

    /// The patchables of the JVM.
    ///
    /// @return ordered by key
    /// @throws ControlException if the JVM does not answer
    public List<PatchableStatus> status() {
        return ask(new Request.Status()).stream().map(PatchableStatus::of).toList();
    }

    /// Redirects patchables, all or none. It first makes methods patchable if necessary.
    ///
    /// @param changes the changes, at least one
    /// @param classpath jars and folders with targets that the program does not have
    /// @return the result of each change, in their order
    /// @throws ControlException if a change is refused, with the reason, or the JVM does not answer
    public List<Outcome> set(List<Change> changes, List<Path> classpath) {
        return set(changes, classpath, false);
    }

    /// Like [#set(List, List)].
    ///
    /// @param forced whether to change classes even if a running method would stay slow
    public List<Outcome> set(List<Change> changes, List<Path> classpath, boolean forced) {
        List<String> paths = classpath.stream().map(this::visible).toList();
        return ask(new Request.Patch(changes, paths, forced)).stream()
                .map(Outcome::of)
                .toList();
    }

    /// Resets patchables.
    ///
    /// @param keys key patterns; empty for all patchables
    /// @return the reset patchables, ordered by key
    /// @throws ControlException if a pattern matches no patchable, or the JVM does not answer
    public List<Outcome> reset(List<String> keys) {
        return ask(new Request.Reset(keys)).stream().map(Outcome::of).toList();
    }

    /// Observes calls. The trace ends by itself if it is not asked for two seconds.
    ///
    /// @param keys of methods, at least one
    /// @param options what to observe
    /// @return the identity of the trace
    /// @throws ControlException if it is refused, with the reason, or the JVM does not answer
    public String trace(List<String> keys, TraceOptions options) {
        return ask(new Request.Trace(keys, options)).get(0).get(0);
    }

    /// What a trace has found since the last time.
    ///
    /// @param trace its identity
    /// @param isLast whether to end it
    /// @return the rows; the last says so when the trace has ended and nothing of it is left
    /// @throws ControlException if there is no such trace any more, or the JVM does not answer
    public List<TraceRow> traced(String trace, boolean isLast) {
        return ask(new Request.Traced(trace, isLast)).stream().map(TraceRow::of).toList();
    }

    /// The report of the JVM's agent: the woven and the rejected methods and fields.
    ///
    /// @return the lines of the report
    /// @throws ControlException if the JVM does not answer
    public List<String> report() {
        return ask(new Request.Report()).stream().map(row -> row.get(0)).toList();
    }

    /// Closes the connection. The agent and the set targets stay in the JVM.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The connection is closed as far as possible.
        }
    }

    private String visible(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !process.sees(absolute)) {
            throw new ControlException("class path " + absolute + ": " + process
                    + " has another root and does not see it; mount it at the same path there");
        }
        return absolute.toString();
    }

    private List<List<String>> ask(Request request) {
        CountDownLatch answered = new CountDownLatch(1);
        Thread watch = new Thread(() -> closeUnless(answered), "repoint-answer");
        watch.setDaemon(true);
        watch.start();
        try {
            request.frame().writeTo(Channels.newOutputStream(socket));
            Frame frame = Frame.readFrom(Channels.newInputStream(socket), Frame.MAX_LENGTH);
            Reply reply = Reply.of(frame);
            if (reply instanceof Reply.Refused refused) {
                throw new ControlException(refused.message());
            }
            return ((Reply.Rows) reply).rows();
        } catch (FrameException e) {
            throw new ControlException("the agent of " + process + ": " + e.getMessage(), e);
        } catch (IOException e) {
            String found = e instanceof EOFException
                    ? "it has closed the connection"
                    : e.getClass().getSimpleName();
            throw new ControlException(
                    "the agent of " + process + " does not answer: " + found + "; does it still run?", e);
        } finally {
            answered.countDown();
        }
    }

    /// Unix domain sockets have no time-out, so closing the socket ends a wait.
    private void closeUnless(CountDownLatch answered) {
        try {
            if (!answered.await(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Opens the socket.
    ///
    /// @param path the path as seen by the process
    /// @return the socket, or null if no server listens
    private static @Nullable SocketChannel open(TargetProcess process, String path) {
        Path seen = process.sees(Path.of(path)) ? Path.of(path) : process.inside(path);
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(seen));
        } catch (IOException e) {
            return null;
        }
    }
}
