package dev.repoint.cli.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// The program of the JVM that the doctor starts to try things out on. It answers each line of standard input
/// with one line, and ends when standard input does.
public final class ProbeMain {

    /// Asks for the result of [#answer()].
    static final String ASK = "answer";
    /// Asks for the process id, as the C function `getpid` gives it.
    static final String CALL_NATIVE = "native";

    private ProbeMain() {}

    /// Answers until standard input ends.
    ///
    /// @param arguments none
    /// @throws IOException if standard input cannot be read
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(line.equals(CALL_NATIVE) ? callNative() : answer());
        }
    }

    /// What the doctor retargets.
    static String answer() {
        return "default";
    }

    @SuppressWarnings("restricted") // to find out whether it is allowed is the purpose
    private static String callNative() {
        try {
            Linker linker = Linker.nativeLinker();
            int pid = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("getpid"), FunctionDescriptor.of(ValueLayout.JAVA_INT))
                    .invokeExact();
            return Integer.toString(pid);
        } catch (Throwable e) {
            return e.toString();
        }
    }
}
