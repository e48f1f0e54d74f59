package dev.repoint.agent;

import dev.repoint.PatchException;
import dev.repoint.agent.control.Frame;
import dev.repoint.agent.control.Reply;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The side of a deputy that its principal sees. The two have no class in common but those of the JDK: this one
/// is a transformer of class files, and a function from the fields of a request to those of its reply.
///
/// @param transformer weaves the classes that find the deputy's runtime
/// @param requests answers for them
public record Deputy(ClassFileTransformer transformer, UnaryOperator<List<String>> requests)
        implements ClassFileTransformer, UnaryOperator<List<String>> {

    /// Starts the agent of this class loader as a deputy.
    ///
    /// @param options the options of the agent, as often as it was given some
    /// @param instrumentation the JVM's
    /// @param weavesPresent whether classes that are loaded already are woven, too
    /// @param classPath a look-up from a class on the program's class path
    /// @return a deputy, as types of the JDK
    /// @throws RuntimeException if it does not start; its message is one line
    public static Object start(
            List<String> options,
            Instrumentation instrumentation,
            boolean weavesPresent,
            MethodHandles.Lookup classPath) {
        return RunningAgent.startDeputy(options, instrumentation, weavesPresent, classPath);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] classFile)
            throws IllegalClassFormatException {
        return transformer.transform(module, loader, className, loaded, domain, classFile);
    }

    @Override
    public List<String> apply(List<String> request) {
        return requests.apply(request);
    }

    /// Asks a deputy, or the agent itself, for the rows of a reply.
    ///
    /// @throws PatchException if it refuses
    static List<List<String>> ask(UnaryOperator<List<String>> deputy, List<String> request) {
        return switch (Reply.of(new Frame(deputy.apply(request)))) {
            case Reply.Rows(List<List<String>> rows) -> rows;
            case Reply.Refused(String message) -> throw new PatchException(message);
        };
    }
}
