package dev.repoint.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.it.arrows.ClassFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A change of what users compile against is seen: it changes a file here. This writes the files anew:
///
/// ```
/// mvn verify -pl it -am -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -Drepoint.goldens=write
/// ```
class PublicApiTest {

    private static final Path LISTS =
            Path.of(System.getProperty("repoint.home"), "it/src/test/resources/dev/repoint/it/api");

    @ParameterizedTest
    @CsvSource({"jvm/runtime", "jvm/junit", "native/linux"})
    void thePublicApiIsTheOneThatIsWrittenDown(String room) throws IOException {
        List<String> found = PublicApi.of(ClassFolder.of(room));
        Path list = LISTS.resolve(room.replace('/', '-') + ".txt");
        if ("write".equals(System.getProperty("repoint.goldens"))) {
            Files.write(list, found);
        }
        assertThat(found).containsExactlyElementsOf(Files.readAllLines(list));
    }
}
