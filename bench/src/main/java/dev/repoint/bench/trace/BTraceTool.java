package dev.repoint.bench.trace;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.repoint.bench.Jdk;
import dev.repoint.bench.Settings;
import dev.repoint.bench.calls.trace.Price;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A script of BTrace that prints calls.
///
/// @param settings where it is put
record BTraceTool(Settings settings) implements Tool {

    private static final int LAST = 21;
    private static final String NAME = "ShowCalls";
    private static final String SCRIPT = """
        import static org.openjdk.btrace.core.BTraceUtils.println;
        import org.openjdk.btrace.core.annotations.BTrace;
        import org.openjdk.btrace.core.annotations.OnMethod;
        @BTrace
        public class %s {
            @OnMethod(clazz = "%s", method = "price")
            public static void called(int amount, int rounds) {
                if (amount < %d) {
                    println(amount);
                }
            }
        }
        """;

    @Override
    public String label() {
        return "BTrace " + Downloads.BTRACE + ", a script with if";
    }

    @Override
    public String missing(Jdk jdk) {
        return jdk.release() > LAST
                ? "BTrace " + Downloads.BTRACE + " needs packages that JDK " + jdk.release() + " does not have; --java"
                        + " with a JDK of 17 to " + LAST + " measures it"
                : "";
    }

    @Override
    public List<String> jvmOptions() {
        return List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.reflect=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.reflect=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.perf=ALL-UNNAMED");
    }

    @Override
    public Observation observe(long pid, int limit) throws IOException, InterruptedException {
        Path folder = settings.scratch("trace").resolve("script-" + limit);
        Files.createDirectories(folder);
        Path source = folder.resolve(NAME + ".java");
        Files.writeString(source, SCRIPT.formatted(NAME, Price.class.getName(), limit));
        Downloads.btrace(settings, "boot"); // the agent looks for it beside itself
        compile(Downloads.btrace(settings, "client"), folder, source);
        Path agent = Downloads.btrace(settings, "agent");
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                jvm.loadAgent(agent.toString(), "noServer=true,stdout=true,script=" + folder.resolve(NAME + ".class"));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException("BTrace does not start", e);
        }
        return () -> false;
    }

    private void compile(Path client, Path folder, Path source) throws IOException, InterruptedException {
        Process compiler = new ProcessBuilder(
                        settings.jdk().java().toString(),
                        "-cp",
                        client.toString(),
                        "org.openjdk.btrace.compiler.Compiler",
                        "-d",
                        folder.toString(),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.waitFor() != 0 || Files.notExists(source.resolveSibling(NAME + ".class"))) {
            throw new IOException("BTrace does not compile " + source + ":\n" + said);
        }
    }
}
