package dev.repoint.openfeature;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.Reason;
import dev.repoint.PatchableField;
import dev.repoint.PatchablePoint;
import dev.repoint.SyntaxException;
import dev.repoint.Target;
import org.jspecify.annotations.Nullable;

/// What a provider says of one flag.
///
/// @param value as text; null if nothing is to change
/// @param target what the patchable is to lead to; null if nothing is to change
/// @param problem why nothing is to change; else empty
record Evaluation(@Nullable String value, @Nullable Target target, String problem) {

    private static final String DEFAULT = "default";

    /// Asks for a flag, in the type of the patchable.
    ///
    /// @param context that of the process, or null; then a value that depends on a context is refused
    static Evaluation of(Client client, String flag, PatchablePoint point, @Nullable EvaluationContext context) {
        try {
            Class<?> type = point instanceof PatchableField field ? field.type() : null;
            if (type == null) {
                return checked(client.getStringDetails(flag, DEFAULT, context), String.class, context, false);
            }
            if (type == boolean.class) {
                return checked(client.getBooleanDetails(flag, false, context), Boolean.class, context, true);
            }
            if (type == double.class || type == float.class) {
                return checked(client.getDoubleDetails(flag, 0.0, context), Double.class, context, true);
            }
            if (type == int.class || type == long.class || type == short.class || type == byte.class) {
                return checked(client.getIntegerDetails(flag, 0, context), Integer.class, context, true);
            }
            return checked(client.getStringDetails(flag, "", context), String.class, context, true);
        } catch (RuntimeException e) {
            return kept("the provider failed: " + e);
        }
    }

    private static Evaluation checked(
            FlagEvaluationDetails<?> details, Class<?> type, @Nullable EvaluationContext context, boolean isField) {
        String reason = details.getReason();
        if (details.getErrorCode() != null || Reason.ERROR.name().equals(reason)) {
            return kept(details.getErrorCode()
                    + (details.getErrorMessage() == null ? "" : ": " + details.getErrorMessage()));
        }
        if (context == null
                && (Reason.TARGETING_MATCH.name().equals(reason)
                        || Reason.SPLIT.name().equals(reason))) {
            return kept("its value depends on who asks (" + reason
                    + "), and a patchable has one value for the whole process;"
                    + " give a context of the process, or make the flag static");
        }
        Object value = details.getValue();
        if (!type.isInstance(value)) { // providers get around the compiler
            return kept("the provider gave "
                    + (value == null ? "no value" : "a " + value.getClass().getName()) + " in place of "
                    + type.getSimpleName());
        }
        if (Reason.DISABLED.name().equals(reason)) {
            return new Evaluation(DEFAULT, Target.DEFAULT, "");
        }
        String text = value.toString();
        try {
            return new Evaluation(text, isField ? Target.parse("constant:" + text) : Target.parse(text), "");
        } catch (SyntaxException e) {
            return kept(String.valueOf(e.getMessage()));
        }
    }

    private static Evaluation kept(String problem) {
        return new Evaluation(null, null, problem);
    }
}
