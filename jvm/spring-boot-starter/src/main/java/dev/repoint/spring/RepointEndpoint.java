package dev.repoint.spring;

import dev.repoint.PatchException;
import dev.repoint.Repoint;
import dev.repoint.jmx.Patchables;
import dev.repoint.jmx.PatchablesMXBean;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/// `/actuator/repoint`: the patchables that were called, and where they lead.
///
/// | request | |
/// | --- | --- |
/// | `GET` | all of them |
/// | `POST {"targets": "KEY = TARGET"}` | redirects, as one patch; more of them in lines of their own (`\n`) |
/// | `DELETE ?key=KEY`, or without a key | resets one, or all |
///
/// Changes are allowed where `management.endpoint.repoint.access=unrestricted` is set. What is refused is answered with
/// status 400 and `{"refused": REASON}`, and has changed nothing.
@WebEndpoint(id = "repoint", defaultAccess = Access.READ_ONLY)
public final class RepointEndpoint {

    private final PatchablesMXBean patchables = Patchables.local(true);

    /// Spring makes it.
    public RepointEndpoint() {}

    /// What a `GET` gives.
    ///
    /// @param version of Repoint
    /// @param patchables ordered by key
    public record Report(String version, List<PatchablesMXBean.Row> patchables) {
        /// Copies the list.
        public Report {
            patchables = List.copyOf(patchables);
        }
    }

    /// All patchables that were called or read.
    ///
    /// @return what is known of them
    @ReadOperation
    public Report report() {
        return new Report(Repoint.version(), patchables.getPatchables());
    }

    /// Redirects patchables, as one patch.
    ///
    /// @param targets lines `KEY = TARGET`
    /// @return status 204, or 400 and the reason
    @WriteOperation
    public WebEndpointResponse<Map<String, String>> set(String targets) {
        return change(() -> {
            Map<String, String> all = Patchables.targets("targets", targets);
            if (all.isEmpty()) {
                throw new IllegalArgumentException("there is no target; send {\"targets\": \"KEY = TARGET\"}");
            }
            patchables.setAll(all);
        });
    }

    /// Leads patchables to their default, as one patch.
    ///
    /// @param key a key or a pattern; null for all
    /// @return status 204, or 400 and the reason
    @DeleteOperation
    public WebEndpointResponse<Map<String, String>> reset(@Nullable String key) {
        return change(() -> {
            if (key == null) {
                patchables.resetAll();
            } else {
                patchables.reset(key);
            }
        });
    }

    private static WebEndpointResponse<Map<String, String>> change(Runnable change) {
        try {
            change.run();
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
        } catch (PatchException | IllegalArgumentException e) {
            return new WebEndpointResponse<>(
                    Map.of("refused", String.valueOf(e.getMessage())), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }
}
