package dev.repoint.junit;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;

/// Ends overrides with their test. [Retarget] registers it. It needs JUnit 5.13 or later.
///
/// You can also register it without the annotation, for tests with a parameter [Overrides]. Then it refuses tests that
/// may run in parallel, because all threads of the JVM see an override.
public final class RetargetExtension implements BeforeEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(RetargetExtension.class);

    /// For JUnit.
    public RetargetExtension() {}

    @Override
    public void beforeEach(ExtensionContext test) {
        List<Retarget> annotations = annotations(test);
        if (annotations.isEmpty() && test.getExecutionMode() == ExecutionMode.CONCURRENT) {
            throw new ExtensionConfigurationException(
                    test.getRequiredTestClass().getName()
                            + " may run in parallel with other tests, and all threads see an override; replace"
                            + " @ExtendWith(RetargetExtension.class) with @Retarget on the class: then no other test"
                            + " runs meanwhile");
        }
        Overrides overrides = overrides(test);
        for (Retarget each : annotations) {
            for (String change : each.value()) {
                overrides.set(change);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Overrides.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    parameter.getDeclaringExecutable().getName()
                            + " belongs to no single test, so its overrides would never end; declare the parameter in a"
                            + " test method, @BeforeEach or @AfterEach");
        }
        return overrides(context);
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /// The overrides of a test. They end with the test.
    private static Overrides overrides(ExtensionContext test) {
        ExtensionContext.Store store = test.getStore(OURS);
        Lasting known = store.get(Lasting.class, Lasting.class);
        if (known != null) {
            return known.overrides;
        }
        Overrides made = new Overrides(lookup(test.getRequiredTestClass()));
        store.put(Lasting.class, new Lasting(made));
        return made;
    }

    /// JUnit closes this when it leaves the context of a test.
    private record Lasting(Overrides overrides) implements AutoCloseable {
        @Override
        public void close() {
            overrides.end();
        }
    }

    private static List<Retarget> annotations(ExtensionContext test) {
        List<Retarget> found = new ArrayList<>();
        for (Class<?> enclosing : test.getEnclosingTestClasses()) {
            on(enclosing).ifPresent(found::add);
        }
        on(test.getRequiredTestClass()).ifPresent(found::add);
        on(test.getRequiredTestMethod()).ifPresent(found::add);
        return found;
    }

    private static Optional<Retarget> on(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, Retarget.class);
    }

    private static MethodHandles.Lookup lookup(Class<?> test) {
        // JUnit has opened the package to itself, but not to this module.
        RetargetExtension.class.getModule().addReads(test.getModule());
        try {
            return MethodHandles.privateLookupIn(test, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException(
                    "the package of " + test.getName()
                            + " is not open to module dev.repoint.junit; start the tests with"
                            + " --add-opens " + test.getModule().getName() + "/" + test.getPackageName()
                            + "=dev.repoint.junit",
                    e);
        }
    }
}
