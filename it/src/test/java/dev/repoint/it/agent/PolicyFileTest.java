package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An unchanged program with a policy file that the agent has been given.
class PolicyFileTest {

    @TempDir
    static Path folder;

    private static String shop;

    @BeforeAll
    static void compile() {
        shop = new Sources(folder)
                .compile("shop", Programs.SHOP, Programs.SALE, Programs.LATE)
                .toString();
    }

    @Test
    void whatTheFileNamesIsMadePatchable() throws Exception {
        Path policy = Files.writeString(folder.resolve("first.policy"), """
            acme.Shop.price(int) = acme.Sale.price
            acme.Shop.la* = acme.Sale.label
            acme.Shop.audit = nothing
            """);
        try (Jvm jvm = Jvm.start(Jvm.agent("policyfile=" + policy), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("price")).isEqualTo("107");
            assertThat(jvm.ask("item")).isEqualTo("3");
            assertThat(jvm.ask("label")).isEqualTo("sale 7");
            assertThat(jvm.ask("audit")).isEmpty();
            assertThat(jvm.end()).isZero();
            assertThat(jvm.errors()).isEmpty();
        }
        try (Jvm jvm = Jvm.start("-Drepoint.policy=" + policy, Jvm.agent(""), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("price")).as("by the system property").isEqualTo("107");
        }
        try (Jvm jvm = Jvm.start(
                Jvm.agent("policyfile=" + policy + ",policy=acme.Shop.price(int)=constant:1"),
                "-cp",
                shop,
                "acme.Shop")) {
            assertThat(jvm.ask("price")).as("the option policy= wins").isEqualTo("1");
            assertThat(jvm.ask("label")).isEqualTo("sale 7");
        }
    }

    @Test
    void aFileThatIsWrongEndsTheStartWithItsLine() throws Exception {
        Path policy = Files.writeString(folder.resolve("wrong.policy"), "# a comment\nacme.Shop.price(int) -> 1\n");
        try (Jvm jvm = Jvm.start(Jvm.agent("policyfile=" + policy), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.end()).isEqualTo(1);
            assertThat(jvm.errors())
                    .containsExactly("repoint: " + policy
                            + " line 2: found 'acme.Shop.price(int) -> 1'; write KEY = TARGET, such as"
                            + " com.acme.Crc.update = com.acme.Fast.update");
        }
    }

    @Test
    void aWatchedFileIsAppliedLiveOrRefusedWhole() throws Exception {
        Path one = Files.createDirectory(folder.resolve("..one"));
        Path two = Files.createDirectory(folder.resolve("..two"));
        Files.writeString(one.resolve("policy"), "acme.Shop.price(int) = acme.Sale.price\n");
        Files.writeString(two.resolve("policy"), "acme.Shop.label = acme.Sale.label\nacme.Late.value = constant:9\n");
        Path data = Files.createSymbolicLink(folder.resolve("..data"), one.getFileName());
        Path policy = Files.createSymbolicLink(folder.resolve("policy"), Path.of("..data", "policy"));
        try (Jvm jvm = Jvm.start(Jvm.agent("policyfile=" + policy + ",watch=true"), "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("price")).isEqualTo("107");
            assertThat(jvm.ask("label")).isEqualTo("plain 7");

            Path next = Files.createSymbolicLink(folder.resolve("..next"), two.getFileName());
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
            jvm.await("label", "sale 7"); // it was not patchable before
            assertThat(jvm.ask("price")).as("in the same moment").isEqualTo("7");
            assertThat(jvm.ask("late")).as("of a class that is loaded now").isEqualTo("9");

            Files.writeString(
                    two.resolve("policy"), "acme.Shop.price(int) = constant:5\nacme.Shop.label = acme.Sale.price\n");
            await(jvm, policy + " line 2: acme.Shop.label(int)");
            assertThat(jvm.ask("price")).as("refused whole").isEqualTo("7");
            assertThat(jvm.ask("label")).isEqualTo("sale 7");
        }
    }

    private static void await(Jvm jvm, String line) throws IOException {
        String seen = jvm.ask("label");
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (jvm.errors().stream().noneMatch(each -> each.contains(line))) {
            assertThat(jvm.ask("label")).isEqualTo(seen);
            assertThat(System.nanoTime())
                    .as(() -> "it is not told: " + jvm.errors())
                    .isLessThan(deadline);
        }
    }
}
