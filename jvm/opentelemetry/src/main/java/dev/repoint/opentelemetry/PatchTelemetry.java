package dev.repoint.opentelemetry;

import dev.repoint.ListenerScope;
import dev.repoint.PatchChange;
import dev.repoint.PatchException;
import dev.repoint.PatchListener;
import dev.repoint.Repoint;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import java.util.List;

/// Tells OpenTelemetry of the patches of this JVM, until it is closed.
///
/// {@snippet :
/// PatchTelemetry telemetry = PatchTelemetry.of(GlobalOpenTelemetry.get());
/// }
///
/// | what happened | log record | event of the current span |
/// | --- | --- | --- |
/// | a patchable was led elsewhere | `KEY: FROM -> TO`, severity INFO | `repoint.change` |
/// | a patch was refused | the reason, severity WARN | `repoint.refusal` |
///
/// Both have the attributes `repoint.key`, `repoint.from` and `repoint.to`, or `repoint.reason`. The current span is that of the
/// thread that patches; a patch of `repoint set` or of a policy file has none.
///
/// Thread-safe.
public final class PatchTelemetry implements AutoCloseable {

    private static final String SCOPE = "dev.repoint";
    private static final AttributeKey<String> KEY = AttributeKey.stringKey("repoint.key");
    private static final AttributeKey<String> FROM = AttributeKey.stringKey("repoint.from");
    private static final AttributeKey<String> TO = AttributeKey.stringKey("repoint.to");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("repoint.reason");

    private final ListenerScope scope;

    private PatchTelemetry(ListenerScope scope) {
        this.scope = scope;
    }

    /// Begins to tell.
    ///
    /// @param telemetry whose logs are used
    /// @return what ends it
    public static PatchTelemetry of(OpenTelemetry telemetry) {
        Logger log = telemetry
                .getLogsBridge()
                .loggerBuilder(SCOPE)
                .setInstrumentationVersion(Repoint.version())
                .build();
        return new PatchTelemetry(Repoint.listen(new Telling(log)));
    }

    /// Ends it. Nothing is told of patches that begin from now on.
    @Override
    public void close() {
        scope.close();
    }

    private record Telling(Logger log) implements PatchListener {

        @Override
        public void patched(List<PatchChange> changes) {
            for (PatchChange each : changes) {
                Attributes attributes = Attributes.of(KEY, each.key(), FROM, each.from(), TO, each.to());
                tell("repoint.change", Severity.INFO, each.toString(), attributes);
            }
        }

        @Override
        public void refused(PatchException reason) {
            String message = String.valueOf(reason.getMessage());
            tell("repoint.refusal", Severity.WARN, message, Attributes.of(REASON, message));
        }

        private void tell(String name, Severity severity, String text, Attributes attributes) {
            log.logRecordBuilder()
                    .setSeverity(severity)
                    .setSeverityText(severity.name())
                    .setBody(text)
                    .setAllAttributes(attributes)
                    .emit();
            Span.current().addEvent(name, attributes);
        }
    }
}
