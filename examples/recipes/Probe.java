import java.net.InetAddress;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/// Calls the methods that the recipes of docs/recipes.md redirect, and prints the results.
public class Probe {

    public static void main(String[] questions) throws Exception {
        for (String question : questions) {
            System.out.println(question + ": " + answer(question));
        }
    }

    private static Object answer(String question) throws Exception {
        return switch (question) {
            case "millis" -> System.currentTimeMillis();
            case "ahead" -> System.currentTimeMillis() > Long.parseLong(System.getProperty("started")) + 3_000_000;
            case "instant" -> Instant.now();
            case "date" -> new Date().getTime();
            case "uuid" -> UUID.randomUUID();
            case "random" -> Math.random();
            case "env" -> System.getenv("REGION");
            case "host" -> InetAddress.getByName("db.example").getHostAddress();
            case "sleep" -> sleep();
            case "exit" -> exit();
            default -> throw new IllegalArgumentException(question);
        };
    }

    private static String sleep() throws InterruptedException {
        long began = System.nanoTime();
        Thread.sleep(60_000);
        return System.nanoTime() - began < 30_000_000_000L ? "skipped" : "slept";
    }

    private static String exit() {
        try {
            System.exit(3);
            return "unreachable";
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }
}
