package dev.repoint.bench.startup;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/// A Spring Boot application of two beans that starts, greets and ends. It loads some two thousand classes.
@SpringBootApplication
public class SpringService {

    private final Greeter greeter;

    SpringService(Greeter greeter) {
        this.greeter = greeter;
    }

    /// A bean.
    @Component
    static class Greeter {

        String greeting() {
            return "Hello, world";
        }
    }

    public static void main(String[] args) {
        try (ConfigurableApplicationContext context = SpringApplication.run(
                SpringService.class, "--spring.main.banner-mode=off", "--logging.level.root=off")) {
            System.out.println(context.getBean(SpringService.class).greeter.greeting());
        }
    }
}
