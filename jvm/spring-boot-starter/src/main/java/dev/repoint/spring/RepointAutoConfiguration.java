package dev.repoint.spring;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// What Spring Boot configures where this is on the class path: an endpoint where there is the actuator, meters where there is
/// Micrometer, and a listener where there is Spring Cloud.
@AutoConfiguration
public class RepointAutoConfiguration {

    /// Spring makes it.
    public RepointAutoConfiguration() {}

    /// Where there is the actuator.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class WithActuator {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        RepointEndpoint repointEndpoint() {
            return new RepointEndpoint();
        }
    }

    /// Where there is Micrometer.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class WithMicrometer {

        @Bean
        @ConditionalOnMissingBean
        RepointMeters repointMeters() {
            return new RepointMeters();
        }
    }

    /// Where there is Spring Cloud.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EnvironmentChangeEvent.class)
    static class WithCloud {

        @Bean
        RepointRefresh repointRefresh(Environment environment) {
            return new RepointRefresh(environment);
        }
    }
}
