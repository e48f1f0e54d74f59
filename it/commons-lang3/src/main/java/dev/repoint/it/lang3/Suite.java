package dev.repoint.it.lang3;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs all tests of a jar and writes one line for each: its outcome and its identity, ordered by identity.
///
/// Arguments: the jar, the file to write.
public final class Suite {

    private Suite() {}

    public static void main(String[] args) throws IOException {
        LauncherDiscoveryRequest all = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClasspathRoots(Set.of(Path.of(args[0]))))
                .filters(includeClassNamePatterns(".*Test"))
                .build();
        Set<String> outcomes = new TreeSet<>();
        LauncherFactory.create().execute(all, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                boolean failedContainer =
                        test.isContainer() && result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
                if (test.isTest() || failedContainer) {
                    String cause = result.getThrowable().map(Suite::cause).orElse("");
                    add(test, result.getStatus() + cause);
                }
            }

            @Override
            public void executionSkipped(TestIdentifier test, String reason) {
                add(test, "SKIPPED");
            }

            private void add(TestIdentifier test, String outcome) {
                synchronized (outcomes) {
                    outcomes.add(test.getUniqueId() + "\t" + outcome);
                }
            }
        });
        Files.write(Path.of(args[1]), outcomes);
        long failed =
                outcomes.stream().filter(line -> line.contains("\tFAILED")).count();
        System.out.println(outcomes.size() + " tests, " + failed + " of them failed");
        System.exit(0); // some tests leave threads behind
    }

    private static String cause(Throwable thrown) {
        return " " + thrown.getClass().getName();
    }
}
