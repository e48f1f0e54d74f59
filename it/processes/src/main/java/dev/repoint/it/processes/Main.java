package dev.repoint.it.processes;

import java.nio.file.Files;
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
            case "counted" ->
                new CountedRun(
                                arguments[2],
                                folder,
                                Path.of(arguments[3]),
                                List.of(arguments).subList(7, arguments.length),
                                Long.parseLong(arguments[6]))
                        .run(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
            case "lookup" ->
                new LookupRun(folder, Path.of(arguments[2]))
                        .run(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
            case "tls" -> new TlsRun(folder, Path.of(arguments[2])).run(Integer.parseInt(arguments[3]));
            case "nginx" -> new NginxRun(folder, Path.of(arguments[2])).run(Integer.parseInt(arguments[3]));
            case "pqexec" -> {
                List<String> rest = List.of(arguments);
                try (Server server = PostgresRun.server(folder, Path.of(arguments[6]), rest.subList(7, rest.size()))) {
                    Path client = Files.createDirectory(folder.resolve("client"));
                    String connection = "host=" + folder + " dbname=" + Postgres.DATABASE + " user=" + Postgres.USER;
                    List<String> command = List.of(folder.resolve("pq").toString(), connection);
                    new CountedRun("pqexec", client, Path.of(arguments[2]), command, Long.parseLong(arguments[5]))
                            .run(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
                    server.requireAlive();
                }
            }
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
