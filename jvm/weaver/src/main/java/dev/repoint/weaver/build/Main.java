package dev.repoint.weaver.build;

import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.weaver.Staging;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.ClassPath;
import dev.repoint.weaver.archive.InPlaceWeaving;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Weaves the classes of a build in place. It reads a [Request] from standard input, and writes an [Answer] to
/// standard output, both in UTF-8.
///
/// The exit code is 0 for every answer. An answer without `end` is incomplete.
public final class Main {

    private Main() {}

    /// Answers one request.
    ///
    /// @param arguments none
    /// @throws IOException if the request cannot be read
    public static void main(String[] arguments) throws IOException {
        Staging.removeUnfinishedAtExit();
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        Answer answer = new Answer(out);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            answer(Request.read(in.lines().toList()), answer);
        } catch (WeaveException | PatchException | SyntaxException e) {
            answer.error(String.valueOf(e.getMessage()));
        }
        answer.end();
    }

    private static void answer(Request request, Answer answer) {
        try (ClassPath classPath = new ClassPath(request.classPath())) {
            InPlaceWeaving.Outcome outcome = InPlaceWeaving.run(
                    request.classes(),
                    request.kept(),
                    classPath,
                    request.selection(),
                    request.goal().equals("weave"));
            Unmatched unmatched = Unmatched.of(request, outcome, classPath);
            answer.outcome(outcome, unmatched);
            if (request.goal().equals("check")) {
                new Check(request, outcome, classPath).problems().forEach(answer::problem);
            }
        }
    }
}
