package dev.repoint.it.processes;

import java.nio.file.Path;
import java.util.List;

/// Retargets a server under load from outside. Arguments: see [run](../../../../../../../../run).
final class Main {

    private Main() {}

    static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "redis" ->
                new RedisRun(Path.of(arguments[2]), Path.of(arguments[3]), folder)
                        .run(
                                Integer.parseInt(arguments[4]),
                                Integer.parseInt(arguments[5]),
                                Integer.parseInt(arguments[6]));
            case "kills" -> {
                try (RedisUnderLoad redis =
                        RedisUnderLoad.start(Path.of(arguments[2]), Path.of(arguments[3]), folder, 1)) {
                    new KillRun(redis, Path.of(arguments[4]), folder.resolve("copies"))
                            .run(Integer.parseInt(arguments[5]), Long.parseLong(arguments[6]));
                    redis.endLoad();
                }
            }
            case "stock" ->
                new StockRun(folder, Path.of(arguments[2]), Path.of(arguments[3]))
                        .run(
                                Integer.parseInt(arguments[4]),
                                Integer.parseInt(arguments[5]),
                                Long.parseLong(arguments[6]));
            case "lookup" -> new LookupRun(folder, Path.of(arguments[2])).run(Integer.parseInt(arguments[3]));
            case "nginx" -> new NginxRun(folder, Path.of(arguments[2])).run(Integer.parseInt(arguments[3]));
            case "postgres" ->
                new PostgresRun(
                                folder,
                                Path.of(arguments[2]),
                                List.of(arguments).subList(4, arguments.length))
                        .run(Integer.parseInt(arguments[3]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }
}
