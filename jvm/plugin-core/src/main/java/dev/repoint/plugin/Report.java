package dev.repoint.plugin;

import com.google.gson.GsonBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The report: the patchables, their sites, and the rejected methods with the reason. The text has the lines of the
/// agent's report, the JSON has the form of `repoint sites --json`.
///
/// @param classes the folder of classes
/// @param answer the answer of the weaver
public record Report(File classes, Answer answer) {

    /// A summary in one line.
    ///
    /// @param answer the answer of the weaver
    /// @return the numbers of classes, patchables and sites
    public static String summary(Answer answer) {
        int sites = answer.patchables().stream()
                .mapToInt(each -> each.sites().size())
                .sum();
        return answer.woven() + " of " + count(answer.classes(), "class", "classes") + " woven: "
                + count(answer.patchables().size(), "patchable", "patchables") + ", " + count(sites, "site", "sites")
                + (answer.rejected().isEmpty() ? "" : ", " + answer.rejected().size() + " rejected");
    }

    /// The lines.
    ///
    /// @param answer the answer of the weaver
    /// @return a line for each patchable, site, rejected method and pattern without a match
    public static List<String> lines(Answer answer) {
        List<String> lines = new ArrayList<>();
        for (Answer.Patchable each : answer.patchables()) {
            boolean entry = each.safety().equals("entry");
            lines.add((entry ? "entry " : "calls ") + each.key() + (entry ? "" : ": " + each.reason()));
            for (Answer.Site site : each.sites()) {
                lines.add("site " + each.key() + " " + site.kind() + " in " + site.in()
                        + (site.line() < 0 ? "" : " line " + site.line()));
            }
        }
        answer.rejected().forEach(each -> lines.add("refused " + each.key() + ": " + each.reason()));
        answer.unmatched().forEach(each -> lines.add("unmatched " + each.text()));
        return lines;
    }

    /// Writes the lines to a file, and JSON beside it.
    ///
    /// @param text the file of the lines
    /// @throws IOException if one of them cannot be written
    public void write(Path text) throws IOException {
        Path file = text.toAbsolutePath();
        Files.createDirectories(file.getParent());
        put(file, (String.join("\n", lines(answer)) + "\n").getBytes(StandardCharsets.UTF_8));
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String json = (dot <= 0 ? name : name.substring(0, dot)) + ".json";
        put(file.resolveSibling(json), (json() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Writes a file completely or not at all. Refuses to replace a device, a pipe or a socket.
    private static void put(Path file, byte[] content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is not a regular file; name another");
        }
        Path target = Files.exists(file) ? file.toRealPath() : file;
        Path staged = target.resolveSibling(".repoint-" + Long.toHexString(System.nanoTime()));
        try {
            Files.write(staged, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(staged, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    /// The same as JSON.
    String json() {
        OfFile file =
                new OfFile(classes.getPath(), "directory", answer.patchables(), answer.rejected(), answer.unmatched());
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(Map.of("files", List.of(file)));
    }

    /// The JSON of a file.
    private record OfFile(
            String file,
            String format,
            List<Answer.Patchable> patchables,
            List<Answer.Rejected> rejected,
            List<Answer.Unmatched> unmatched) {}

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
