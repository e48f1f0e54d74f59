package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.repoint.fixtures.Detached;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessFile;
import dev.repoint.machine.site.NativeKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `sites`, `set`, `status` and `reset` on imports of the JDK's own libraries in a JVM that runs, beside
/// methods of Java.
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class NativeKeysOfJvmTest {

    private static final String BY_DEFAULT = "default 3";
    private static final int OFFSET = 3;

    @TempDir
    private Path folder;

    private Detached jvm;
    private String pid;

    @BeforeEach
    void start() throws IOException {
        start("-XX:+EnableDynamicAgentLoading");
    }

    private void start(String option) throws IOException {
        jvm = Detached.start(
                Files.createTempDirectory(folder, "jvm"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                option,
                "-XX:ActiveProcessorCount=3",
                "-cp",
                Path.of("target", "test-classes").toString(),
                TwoHalves.class.getName());
        pid = Long.toString(jvm.pid());
        assertThat(jvm.ask("?")).isEqualTo(BY_DEFAULT);
    }

    @AfterEach
    void stop() throws IOException {
        jvm.close();
    }

    @Test
    void anImportOfALibraryIsSetShownAndReset() throws IOException {
        assertThat(repoint("sites", pid, "--patchable", "libjava.so:JVM_Active*")
                        .out())
                .contains("libjava.so", "JVM_ActiveProcessorCount", "got-slot");

        Ran set = repoint("set", pid, TwoHalves.IMPORT + "=getpid");
        assertThat(set.out())
                .startsWith(TwoHalves.IMPORT)
                .contains(": default -> getpid (1 site)")
                .hasLineCount(1);
        assertThat(jvm.ask("?")).isEqualTo("default " + pid);

        Ran status = repoint("status", pid);
        assertThat(status.out().lines().toList()).hasSize(2).satisfies(lines -> {
            assertThat(lines.get(0)).matches("patchable +target +sites +since +note");
            assertThat(lines.get(1)).startsWith(TwoHalves.IMPORT).contains("  getpid ");
        });
        assertThat(repoint("sites", pid, "--patchable", "libjava.so:JVM_Active*")
                        .out())
                .contains("-> getpid");

        assertThat(repoint("reset", pid, TwoHalves.IMPORT).out()).contains(": getpid -> default (1 site)");
        assertThat(jvm.ask("?")).isEqualTo(BY_DEFAULT);
    }

    @Test
    void aResetWithoutKeysIsOneOfBothHalves() throws IOException {
        setBoth();

        assertThat(repoint("status", pid).out().lines().filter(line -> line.startsWith("patchable ")))
                .hasSize(2);
        Ran reset = repoint("reset", pid);

        assertThat(reset.out().lines().toList()).hasSize(2).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith(TwoHalves.METHOD).endsWith(" -> default");
            assertThat(lines.get(1)).startsWith(TwoHalves.IMPORT).endsWith(": zero -> default (1 site)");
        });
        assertThat(jvm.ask("?")).isEqualTo(BY_DEFAULT);
        assertThat(repoint("reset", pid).err())
                .startsWith("repoint: nothing to reset")
                .hasLineCount(1);
    }

    @Test
    void aResetOfAKeyLeavesTheOtherHalfAlone() throws IOException {
        setBoth();
        repoint("reset", pid, TwoHalves.METHOD);
        assertThat(jvm.ask("?")).isEqualTo("default 0");

        repoint("set", pid, TwoHalves.METHOD + "=constant:other");
        repoint("reset", pid, TwoHalves.IMPORT);
        assertThat(jvm.ask("?")).isEqualTo("other 3");
    }

    @Test
    void asJsonBothHalvesAreOneAnswer() throws IOException {
        setBoth();

        JsonObject status = json(repoint("status", pid, "--json"));
        assertThat(status.keySet()).containsExactly("pid", "patchables", "native");
        assertThat(status.getAsJsonArray("patchables")).hasSize(1);
        assertThat(status.getAsJsonArray("native")).hasSize(1);

        JsonObject reset = json(repoint("reset", pid, "--json"));
        assertThat(reset.keySet()).containsExactly("pid", "changes", "native");
        assertThat(reset.getAsJsonArray("changes")).hasSize(1);
        assertThat(reset.getAsJsonObject("native").getAsJsonArray("changes")).hasSize(1);
        assertThat(jvm.ask("?")).isEqualTo(BY_DEFAULT);
        assertThat(json(repoint("reset", pid, "--json")).keySet()).containsExactly("pid", "changes");
    }

    @Test
    void whatIsOfBothHalvesIsNotSetAtOneMoment() throws IOException {
        Ran ran = Ran.repoint("set", pid, TwoHalves.METHOD + "=constant:other", TwoHalves.IMPORT + "=zero");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).hasLineCount(1).contains("do not change at one moment; write two commands");
        assertThat(jvm.ask("?")).isEqualTo(BY_DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        set PID crc32=zero               | 'crc32' is no key: a Java key has a class, as in com.acme.Crc.update, and a native key in a JVM has its library
        reset PID crc32                  | 'crc32' is no key
        sites PID --patchable crc32      | 'crc32' is no key
        set PID libjava.so:nope_nope=zero | there is no such function or pointer in libjava.so; 'repoint sites PID --patchable libjava.so:*' lists all
        set PID libjawa.so:crc32=zero    | has loaded nothing that is called libjawa.so; did you mean libjava.so
        reset PID libjava.so:JVM_ActiveProcessorCount | is at its default: it was not set, or reset already
        """)
    void aKeyThatNeitherHalfHasIsRefused(String typed, String answer) throws IOException {
        Ran ran = Ran.repoint(typed.replace("PID", pid).split(" "));

        assertThat(ran.err())
                .startsWith("repoint: ")
                .contains(answer.replace("PID", pid))
                .hasLineCount(1);
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(jvm.ask("?")).isEqualTo(BY_DEFAULT);
    }

    @Test
    void whereNobodyMayAttachTheNativeHalfIsShownAndReset() throws IOException {
        jvm.close();
        start("-XX:+DisableAttachMechanism");
        repoint("set", pid, TwoHalves.IMPORT + "=zero");
        assertThat(jvm.ask("?")).isEqualTo("default 0");
        Ran set = Ran.repoint("set", pid, TwoHalves.METHOD + "=constant:other");
        assertThat(set.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(set.err()).hasLineCount(1).contains("does not allow attaching (-XX:+DisableAttachMechanism)");

        Ran status = Ran.repoint("status", pid);
        assertThat(status.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(status.out()).contains("\n" + TwoHalves.IMPORT, "  zero ");
        assertThat(status.err())
                .hasLineCount(1)
                .startsWith("repoint: patchables of Java are not shown: ")
                .contains("does not allow attaching (-XX:+DisableAttachMechanism)");

        Ran reset = Ran.repoint("reset", pid);
        assertThat(reset.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(reset.out())
                .startsWith(TwoHalves.IMPORT)
                .endsWith(": zero -> default (1 site)\n")
                .hasLineCount(1);
        assertThat(reset.err().lines().toList().getLast())
                .startsWith("repoint: patchables of Java were not reset, 1 native one was: ")
                .contains("does not allow attaching (-XX:+DisableAttachMechanism); start it without this option");
        assertThat(jvm.ask("?")).isEqualTo(BY_DEFAULT);
        assertThat(Ran.repoint("reset", pid).err())
                .hasLineCount(1)
                .startsWith("repoint: patchables of Java were not reset, and no native one was set: ");
    }

    @Test
    void whereTheNativeHalfCannotBeResetItIsToldThatJavaWas() throws IOException {
        setBoth();
        long place = changedPlace();
        int ours = exchange(place, 0xcc);

        Ran reset = Ran.repoint("reset", pid);

        assertThat(reset.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(reset.out())
                .startsWith(TwoHalves.METHOD)
                .endsWith(" -> default\n")
                .hasLineCount(1);
        assertThat(reset.err())
                .hasLineCount(1)
                .startsWith("repoint: native patchables were not reset, 1 of Java was: libjava.so: ")
                .containsPattern("holds (cc|0x[0-9a-f]+cc) ")
                .contains("other code has changed it; undo that");
        exchange(place, ours);
        repoint("reset", pid);
        assertThat(jvm.ask("?")).isEqualTo(BY_DEFAULT);
    }

    private void setBoth() throws IOException {
        repoint("set", pid, TwoHalves.METHOD + "=constant:other");
        repoint("set", pid, TwoHalves.IMPORT + "=zero");
        assertThat(jvm.ask("?")).isEqualTo("other 0");
    }

    /// The first byte of the library's code that is not what the file has; the slot of the import if none is.
    private long changedPlace() throws IOException {
        String[] mapping = Files.readAllLines(Path.of("/proc", pid, "maps")).stream()
                .filter(line -> line.endsWith("/libjava.so") && line.contains(" r-xp "))
                .findFirst()
                .orElseThrow()
                .replaceFirst("-", " ")
                .split(" +"); // from, to, rights, offset
        long from = Long.parseLong(mapping[0], 16);
        byte[] loaded = new byte[(int) (Long.parseLong(mapping[1], 16) - from)];
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
            memory.seek(from);
            memory.readFully(loaded);
        }
        Path file = Path.of(System.getProperty("java.home"), "lib", "libjava.so");
        int offset = Integer.parseInt(mapping[OFFSET], 16);
        byte[] built = Arrays.copyOfRange(Files.readAllBytes(file), offset, offset + loaded.length);
        int place = Arrays.mismatch(loaded, built);
        return place < 0 ? slot() : from + place;
    }

    /// Where the word of the import is.
    private long slot() {
        try (OtherProcess process = OtherProcess.open(jvm.pid())) {
            ProcessFile file = process.files().stream()
                    .filter(each -> each.name().equals("libjava.so"))
                    .findFirst()
                    .orElseThrow();
            return file.bias()
                    + process.table(file)
                            .find(NativeKey.parse("JVM_ActiveProcessorCount"))
                            .orElseThrow()
                            .sites()
                            .getFirst()
                            .address()
                            .value();
        }
    }

    /// Stores a byte in the JVM, as somebody else might.
    ///
    /// @return what was there
    private int exchange(long address, int value) throws IOException {
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "rw")) {
            memory.seek(address);
            int before = memory.read();
            memory.seek(address);
            memory.write(value);
            return before;
        }
    }

    private static JsonObject json(Ran ran) {
        return JsonParser.parseString(ran.out()).getAsJsonObject();
    }

    private static Ran repoint(String... arguments) {
        Ran ran = Ran.repoint(arguments);
        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        return ran;
    }
}
