package dev.repoint.openfeature;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventProvider;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A provider that does what a script says.
final class Misbehaving extends EventProvider {

    /// What it answers: a value, or an exception that it throws.
    final Map<String, Object> answers = new ConcurrentHashMap<>();

    volatile String reason = Reason.STATIC.name();
    volatile ErrorCode error;

    void changed() {
        emitProviderConfigurationChanged(ProviderEventDetails.builder().build());
    }

    @Override
    public Metadata getMetadata() {
        return () -> "misbehaving";
    }

    @SuppressWarnings("unchecked")
    private <T> ProviderEvaluation<T> answer(String key) {
        Object answer = answers.get(key);
        if (answer instanceof RuntimeException failure) {
            throw failure;
        }
        return ProviderEvaluation.<T>builder()
                .value((T) answer)
                .reason(reason)
                .errorCode(error)
                .build();
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(String key, Boolean otherwise, EvaluationContext context) {
        return answer(key);
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(String key, String otherwise, EvaluationContext context) {
        return answer(key);
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(String key, Integer otherwise, EvaluationContext context) {
        return answer(key);
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(String key, Double otherwise, EvaluationContext context) {
        return answer(key);
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(String key, Value otherwise, EvaluationContext context) {
        return answer(key);
    }
}
