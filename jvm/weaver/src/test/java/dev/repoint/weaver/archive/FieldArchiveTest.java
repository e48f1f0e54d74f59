package dev.repoint.weaver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.fields.FlagUser;
import com.acme.fields.Flags;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fields in the table of a folder, before and after it is woven.
class FieldArchiveTest {

    @TempDir
    Path folder;

    private Path classes;

    @BeforeEach
    void write() throws IOException {
        classes = folder.resolve("classes");
        for (Class<?> type : List.of(Flags.class, FlagUser.class)) {
            String name = type.getName().replace('.', '/') + ".class";
            Path file = classes.resolve(name);
            Files.createDirectories(file.getParent());
            try (InputStream in = ClassLoader.getSystemResourceAsStream(name)) {
                Files.copy(in, file);
            }
        }
    }

    @Test
    void theTableListsWhatReadsAndAssignsAField() {
        try (Archive archive = Archive.open(classes)) {
            ScanResult scan = archive.scan(Selection.ofPatchable(List.of(KeyPattern.parse("com.acme.**:boolean"))));
            TableRow fast = row(scan.table(), "fast");
            assertThat(fast.safety()).isEqualTo(Safety.FIELD);
            assertThat(fast.sites())
                    .extracting(site -> site.kind() + " in " + site.in().text())
                    .containsExactly(
                            "getstatic in com.acme.fields.FlagUser.fast()",
                            "putstatic in com.acme.fields.FlagUser.fast(boolean)");
            assertThat(scan.table().rejected())
                    .extracting(rejected -> rejected.subject())
                    .containsExactly("com.acme.fields.Flags.FIXED", "com.acme.fields.Flags.ofInstances");
            assertThat(archive.members())
                    .extracting(key -> key.textWithType())
                    .contains("com.acme.fields.Flags.level:int");
        }
    }

    @Test
    void weavingKeepsTheTableAndAgainChangesNothing() throws IOException {
        Path woven = folder.resolve("woven");
        Path again = folder.resolve("again");
        try (Archive archive = Archive.open(classes)) {
            WeaveSummary summary = archive.weave(Selection.ofAnnotated(), woven, false);
            assertThat(summary.woven()).isEqualTo(2);
            assertThat(summary.entries()).isEmpty();
            assertThat(summary.sites()).allMatch(site -> site.key().isField());
        }
        try (Archive archive = Archive.open(woven)) {
            Table table = archive.table().orElseThrow();
            assertThat(table.rows())
                    .extracting(row -> row.key().name())
                    .containsExactly("fast", "hidden", "level", "name", "operation", "polled", "speed", "stamp");
            assertThat(row(archive.scan(Selection.ofAnnotated()).table(), "level")
                            .sites())
                    .as("bridges are seen through")
                    .isEqualTo(row(table, "level").sites());
            assertThat(archive.weave(Selection.ofAnnotated(), again, false).changed())
                    .isFalse();
        }
    }

    private static TableRow row(Table table, String name) {
        return table.rows().stream()
                .filter(row -> row.key().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
