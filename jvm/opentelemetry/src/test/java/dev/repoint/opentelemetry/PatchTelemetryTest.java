package dev.repoint.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.PatchException;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the SDK exports of patches.
class PatchTelemetryTest {

    private static final String KEY = "dev.repoint.opentelemetry.Sample.price()";

    private final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setLoggerProvider(SdkLoggerProvider.builder()
                    .addLogRecordProcessor(SimpleLogRecordProcessor.create(logs))
                    .build())
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();
    private final PatchTelemetry telemetry = PatchTelemetry.of(sdk);
    private final PatchableMethod price = Repoint.find(MethodHandles.lookup(), Sample.class, "price");

    @AfterEach
    void end() {
        telemetry.close();
        price.reset();
        sdk.close();
    }

    @Test
    void aChangeIsARecordAndAnEventOfTheSpan() {
        Span span = sdk.getTracer("test").spanBuilder("deploy").startSpan();
        try (Scope current = span.makeCurrent()) {
            assertThat(current).isNotNull();
            price.set(Target.constant(3));
        } finally {
            span.end();
        }
        assertThat(Sample.price()).isEqualTo(3);

        Attributes attributes = Attributes.of(
                AttributeKey.stringKey("repoint.key"),
                KEY,
                AttributeKey.stringKey("repoint.from"),
                "default",
                AttributeKey.stringKey("repoint.to"),
                "constant:3");
        assertThat(logs.getFinishedLogRecordItems()).singleElement().satisfies(record -> {
            assertThat(record.getBodyValue().asString()).isEqualTo(KEY + ": default -> constant:3");
            assertThat(record.getSeverity()).isEqualTo(Severity.INFO);
            assertThat(record.getAttributes()).isEqualTo(attributes);
            assertThat(record.getInstrumentationScopeInfo().getVersion()).isEqualTo(Repoint.version());
        });
        List<EventData> events = spans.getFinishedSpanItems().get(0).getEvents();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("repoint.change");
            assertThat(event.getAttributes()).isEqualTo(attributes);
        });
    }

    @Test
    void aRefusalIsAWarning() {
        assertThatExceptionOfType(PatchException.class).isThrownBy(() -> price.set(Target.constant("text")));

        assertThat(logs.getFinishedLogRecordItems()).singleElement().satisfies(record -> {
            assertThat(record.getSeverity()).isEqualTo(Severity.WARN);
            assertThat(record.getBodyValue().asString()).contains(KEY);
        });
    }

    @Test
    void nothingIsToldAfterItIsClosed() {
        telemetry.close();
        price.set(Target.constant(3));

        assertThat(logs.getFinishedLogRecordItems()).isEmpty();
    }
}
