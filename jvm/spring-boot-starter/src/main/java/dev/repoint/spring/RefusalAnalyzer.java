package dev.repoint.spring;

import dev.repoint.PatchException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Tells why an application does not start whose targets are refused.
///
/// Spring Boot finds it by `META-INF/spring.factories`.
public final class RefusalAnalyzer extends AbstractFailureAnalyzer<PatchException> {

    /// Spring Boot makes it.
    public RefusalAnalyzer() {}

    @Override
    protected FailureAnalysis analyze(Throwable root, PatchException cause) {
        return new FailureAnalysis(
                "Repoint refuses a target: " + cause.getMessage(),
                "Correct the property " + TargetsProperty.NAME + ", or remove it.",
                cause);
    }
}
