package dev.repoint.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// A JVM with a method, and a library of the JDK that imports a function: each line is answered by what both
/// give now.
final class TwoHalves {

    /// The method.
    static final String METHOD = TwoHalves.class.getName() + ".word()";
    /// The import behind [Runtime#availableProcessors()]; the JDK gives its symbols a version.
    static final String IMPORT = "libjava.so:JVM_ActiveProcessorCount";

    private TwoHalves() {}

    /// Answers until standard input ends.
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println(word() + " " + Runtime.getRuntime().availableProcessors());
        }
    }

    static String word() {
        return "default";
    }
}
