package dev.repoint.spring;

import dev.repoint.PatchException;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/// Applies [`repoint.targets`][TargetsProperty] again when Spring Cloud says that the environment has changed: after
/// `/actuator/refresh`, or when a configuration server tells of a change. What is refused is logged; the targets of before
/// stay.
final class RepointRefresh implements ApplicationListener<EnvironmentChangeEvent> {

    private static final System.Logger LOG = System.getLogger("dev.repoint");

    private final Environment environment;

    RepointRefresh(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(EnvironmentChangeEvent event) {
        if (event.getKeys().stream().noneMatch(each -> each.startsWith(TargetsProperty.NAME))) {
            return;
        }
        try {
            int unused = TargetsProperty.apply(TargetsProperty.of(environment));
        } catch (PatchException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, "refused, the targets of before stay: " + e.getMessage());
        }
    }
}
