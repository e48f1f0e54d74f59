package dev.repoint.weaver.archive;

import static dev.repoint.weaver.archive.TestJar.content;
import static dev.repoint.weaver.archive.TestJar.patchable;
import static dev.repoint.weaver.archive.TestJar.weave;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Crc;
import com.acme.MisspeltOffering;
import com.acme.Offering;
import com.acme.WrongOffering;
import dev.repoint.internal.policy.IndexedOffer;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The index of offers that weaving leaves in a file.
class OfferIndexTest {

    private static final List<String> OFFERS = List.of(
            "com.acme.Crc.update\tcom.acme.Offering.plain(int,byte[])\tpriority=0",
            "com.acme.Crc.update(int,byte[])\tcom.acme.Offering.conditional(int,byte[])\tpriority=10\tcpu=avx2"
                    + "\tcpu=bmi2\tos=linux\tarch=x86-64\tjdk=25+\tproperty=com.acme.fast=yes"
                    + "\twhen=com.acme.Offering$Always",
            "com.acme.Flags.operation\tcom.acme.Offering.SUM\tpriority=4",
            "com.acme.Ops.add\tcom.acme.Offering.conditional(int,byte[])\tpriority=-1");

    @TempDir
    private Path folder;

    private static List<String> offers(byte[] index) {
        return new String(index, StandardCharsets.UTF_8)
                .lines()
                .filter(IndexedOffer::isOffer)
                .toList();
    }

    @Test
    void aJarGetsItsOffersAlthoughNothingOfItIsWoven() throws IOException {
        Path jar = new TestJar().with(Offering.class, Crc.class).write(folder.resolve("in.jar"));
        Path out = folder.resolve("out.jar");
        WeaveSummary summary = weave(patchable(), jar, out);

        assertThat(summary.offers()).isEqualTo(4);
        assertThat(summary.changed()).isTrue();
        assertThat(summary.woven()).isZero();
        assertThat(offers(content(out, IndexedOffer.ENTRY))).containsExactlyElementsOf(OFFERS);
        assertThat(TestJar.names(out)).contains(IndexedOffer.ENTRY).doesNotContain(Table.ENTRY);
        assertThat(content(out, "com/acme/Offering.class")).isEqualTo(content(jar, "com/acme/Offering.class"));
    }

    @Test
    void tableAndIndexStandSideBySideAndWeavingAgainChangesNothing() throws IOException {
        Path jar = new TestJar().with(Offering.class, Crc.class).write(folder.resolve("in.jar"));
        Path out = folder.resolve("out.jar");
        weave(patchable("com.acme.Crc.*"), jar, out);
        assertThat(TestJar.names(out)).containsSubsequence(IndexedOffer.ENTRY, Table.ENTRY);

        Path again = folder.resolve("again.jar");
        assertThat(weave(patchable("com.acme.Crc.*"), out, again).changed()).isFalse();
        assertThat(again).hasSameBinaryContentAs(out);
    }

    @Test
    void aFolderGetsItsOffersAndLosesThoseThatAreGone() throws IOException {
        Path in = new TestJar().with(Offering.class).writeDirectory(folder.resolve("in"));
        Path out = folder.resolve("out");
        weave(patchable(), in, out);
        assertThat(offers(Files.readAllBytes(out.resolve(IndexedOffer.ENTRY)))).isEqualTo(OFFERS);

        Files.delete(out.resolve("com/acme/Offering.class"));
        Path without = folder.resolve("without");
        assertThat(weave(patchable(), out, without).offers()).isZero();
        assertThat(offers(Files.readAllBytes(without.resolve(IndexedOffer.ENTRY))))
                .isEmpty();
    }

    @Test
    void aFileWithoutOffersGetsNoIndex() throws IOException {
        Path jar = new TestJar().with(Crc.class).write(folder.resolve("in.jar"));
        Path out = folder.resolve("out.jar");
        weave(patchable("com.acme.Crc.*"), jar, out);

        assertThat(TestJar.names(out)).doesNotContain(IndexedOffer.ENTRY);
    }

    @Test
    void anOfferThatCannotBeOneIsRefusedByNameAndNothingIsWritten() throws IOException {
        Path jar = new TestJar().with(WrongOffering.class).write(folder.resolve("in.jar"));
        Path out = folder.resolve("out.jar");
        assertThatThrownBy(() -> weave(patchable(), jar, out))
                .isInstanceOf(WeaveException.class)
                .hasMessage("in.jar@com/acme/WrongOffering.class: @Offer of com.acme.WrongOffering.update(int,byte[]):"
                        + " the method is not static; make it static, with the receiver of the patchable as its first"
                        + " parameter");
        assertThat(out).doesNotExist();

        Path misspelt = new TestJar().with(MisspeltOffering.class).write(folder.resolve("misspelt.jar"));
        assertThatThrownBy(() -> weave(patchable(), misspelt, out))
                .hasMessageContaining("MisspeltOffering.update(int,byte[]): jdk 'new': write 25, 25+ or 21-24");
    }
}
