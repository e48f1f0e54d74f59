package dev.repoint.spring;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/// Applies [`repoint.targets`][TargetsProperty] before the first bean is made, so that the first call of a patchable reaches
/// its target. A target that cannot be applied ends the start.
///
/// Spring Boot finds it by `META-INF/spring.factories`.
public final class RepointInitializer
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    /// Spring Boot makes it.
    public RepointInitializer() {}

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Map<String, String> targets = TargetsProperty.of(context.getEnvironment());
        if (!targets.isEmpty()) {
            int unused = TargetsProperty.apply(targets);
        }
    }

    /// After those that add sources of properties.
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
