package dev.repoint.it.transcripts;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Types what a page says into one shell, in its order, as a reader does who starts at the top.
///
/// Each step begins where the one before has ended, in its folder and with its variables. The shell ends at the
/// first command that fails.
final class Typist {

    private static final String MARK = "---- end of step ";
    private static final long LIMIT_MINUTES = 5;

    private Typist() {}

    /// What each step printed. A step that was not reached, or that failed, is not there.
    ///
    /// @param printed standard output of each step
    /// @param errors  standard error of all of them
    record Result(Map<Step, String> printed, String errors) {}

    /// @param home    the checkout; the command `repoint` is its own
    /// @param folder  where the shell starts
    /// @param prepare what makes the files and processes that the page speaks of
    /// @param steps   what to type
    static Result type(Path home, Path folder, String prepare, List<Step> steps)
            throws IOException, InterruptedException {
        StringBuilder script =
                new StringBuilder("set -euo pipefail\n").append(prepare).append(mark(-1));
        for (int i = 0; i < steps.size(); i++) {
            script.append(steps.get(i).commands()).append(mark(i));
        }
        Path out = Files.createTempFile("typed", ".out");
        Path err = Files.createTempFile("typed", ".err");
        try {
            ProcessBuilder shell = new ProcessBuilder("bash", "-c", script.toString())
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            shell.environment().merge("PATH", home.toString(), (path, ours) -> ours + File.pathSeparator + path);
            shell.environment().put("REPOINT", home.toString());
            end(shell.start());
            return new Result(printed(Files.readString(out), steps), Files.readString(err));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static String mark(int step) {
        return "\necho '" + MARK + step + "'\n";
    }

    private static void end(Process shell) throws IOException, InterruptedException {
        if (!shell.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            List<ProcessHandle> started = new ArrayList<>(shell.descendants().toList());
            shell.destroyForcibly();
            started.forEach(ProcessHandle::destroyForcibly);
            throw new IOException("what was typed has not ended in " + LIMIT_MINUTES + " minutes");
        }
    }

    private static Map<Step, String> printed(String out, List<Step> steps) {
        Map<Step, String> printed = new HashMap<>();
        String[] parts = out.split("(?m)^" + Pattern.quote(MARK) + "-?\\d+\n", -1);
        for (int i = 0; i < steps.size() && i + 2 < parts.length; i++) {
            printed.put(steps.get(i), parts[i + 1]);
        }
        return printed;
    }
}
