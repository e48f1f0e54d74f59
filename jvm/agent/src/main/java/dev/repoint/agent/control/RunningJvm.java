package dev.repoint.agent.control;

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

/// A JVM of another process whose patchables can be asked about and changed.
///
/// Needs the module `jdk.attach`. For one thread at a time; any number of them, in any number of processes, may
/// be connected to one JVM.
public final class RunningJvm implements AutoCloseable {

    private static final long ANSWER_SECONDS = 120;

    private final TargetProcess process;
    private final SocketChannel socket;

    private RunningJvm(TargetProcess process, SocketChannel socket) {
        this.process = process;
        this.socket = socket;
    }

    /// Connects to the agent of a JVM. If it has none, the agent is loaded into it first.
    ///
    /// @param pid the process
    /// @param agentJar the self-contained jar of the agent
    /// @param progress is told, in one line, before the agent is loaded
    /// @return the connection
    /// @throws ControlException if there is no such JVM, one cannot attach to it, or the agent does not start
    ///     there
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

    /// Looks at a JVM, as [#connect] does before it loads the agent.
    ///
    /// @param pid the process
    /// @param agentJar the self-contained jar of the agent
    /// @return what was found
    /// @throws ControlException if one cannot connect to it, for the reason that [#connect] would give
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

    /// Points patchables elsewhere, all of them or none. A method that is not patchable yet becomes so.
    ///
    /// @param changes what to change, at least one
    /// @param classpath jars and folders in which targets are looked for that the program does not have
    /// @return what became of each, in their order
    /// @throws ControlException if a change is refused, with the reason, or the JVM does not answer
    public List<Outcome> set(List<Change> changes, List<Path> classpath) {
        return set(changes, classpath, false);
    }

    /// As [#set(List, List)].
    ///
    /// @param forced whether to do so also where a method that does not return would stay slow
    public List<Outcome> set(List<Change> changes, List<Path> classpath, boolean forced) {
        List<String> paths = classpath.stream().map(this::visible).toList();
        return ask(new Request.Patch(changes, paths, forced)).stream()
                .map(Outcome::of)
                .toList();
    }

    /// Leads patchables to their default again.
    ///
    /// @param keys key patterns; empty for all patchables
    /// @return what was reset, ordered by key
    /// @throws ControlException if a pattern matches no patchable, or the JVM does not answer
    public List<Outcome> reset(List<String> keys) {
        return ask(new Request.Reset(keys)).stream().map(Outcome::of).toList();
    }

    /// What has been woven in the JVM, and what not and why.
    ///
    /// @return the lines of the report
    /// @throws ControlException if the JVM does not answer
    public List<String> report() {
        return ask(new Request.Report()).stream().map(List::getFirst).toList();
    }

    /// Ends the connection. The agent stays in the JVM, and so does what was set.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as it can be.
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
        Thread.ofVirtual().start(() -> closeUnless(answered));
        try {
            request.frame().writeTo(Channels.newOutputStream(socket));
            Frame frame = Frame.readFrom(Channels.newInputStream(socket), Frame.MAX_LENGTH);
            return switch (Reply.of(frame)) {
                case Reply.Rows(List<List<String>> rows) -> rows;
                case Reply.Refused(String message) -> throw new ControlException(message);
            };
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

    /// Unix domain sockets know no time-out: closing the socket is what ends a wait.
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
    /// @param path as the process names it
    /// @return it, or null if nobody listens there
    private static @Nullable SocketChannel open(TargetProcess process, String path) {
        Path seen = process.sees(Path.of(path)) ? Path.of(path) : process.inside(path);
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(seen));
        } catch (IOException e) {
            return null;
        }
    }
}
