package dev.repoint.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A secondary agent, as seen by the primary agent. The two share only classes of the JDK. So this is a transformer
/// of class files, and a function from the fields of a request to the fields of its reply.
///
/// @param transformer weaves the classes that find the runtime of the secondary agent
/// @param requests answers the requests for these classes
record SecondaryAgent(ClassFileTransformer transformer, UnaryOperator<List<String>> requests)
        implements ClassFileTransformer, UnaryOperator<List<String>> {

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
}
