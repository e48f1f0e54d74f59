import com.sun.tools.javac.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Compiles all modules of a build in one JVM: `Compiler.java PID ADDRESS`.
///
/// A javac that starts cold takes most of its time to load and to warm up javac and Error Prone. This one does so once.
/// It prints the port and the password for `config/javac/javac`, and ends with the Maven process of that number. Then
/// it deletes the file with the address, too.
///
/// A request is two lines, the password and the name of a file with arguments. The answer is what javac prints, and its
/// exit code in a line of its own.
final class Compiler {

    private static final Charset TERMINAL = Charset.forName(System.getProperty("native.encoding"));

    private final String password = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));

    private Compiler() {}

    public static void main(String... args) throws IOException {
        Path address = Path.of(args[1]);
        ProcessHandle.of(Long.parseLong(args[0])).orElseThrow().onExit().thenRun(() -> end(address));
        new Compiler().serve();
    }

    private static void end(Path address) {
        try {
            Files.deleteIfExists(address);
        } catch (IOException e) {
            e.printStackTrace();
        }
        System.exit(0);
    }

    private void serve() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"))) {
            System.out.println(server.getLocalPort() + " " + password);
            while (true) {
                Socket client = server.accept();
                Thread.ofPlatform().start(() -> answer(client));
            }
        }
    }

    private void answer(Socket client) {
        try (client;
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), TERMINAL));
                var out = new PrintWriter(client.getOutputStream(), true, TERMINAL)) {
            if (isPassword(in.readLine())) {
                int status = Main.compile(new String[] {"@" + in.readLine()}, out);
                out.println(status);
            }
        } catch (IOException e) {
            e.printStackTrace(); // to target/javac.log; the other side compiles by itself
        }
    }

    private boolean isPassword(String word) {
        return word != null && MessageDigest.isEqual(word.getBytes(TERMINAL), password.getBytes(TERMINAL));
    }
}
