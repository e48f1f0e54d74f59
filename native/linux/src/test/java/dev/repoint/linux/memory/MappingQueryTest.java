package dev.repoint.linux.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MappingQueryTest {

    @Test
    void theKernelTellsSingleMappingsAsInTheListOfAll() throws Exception {
        long pid = ProcessHandle.current().pid();
        try (MappingQuery query = MappingQuery.open(pid)) {
            assumeTrue(query != null, "needs Linux 6.11");
            List<Mapping> files = Mappings.of(pid).all().stream()
                    .filter(each -> each.path().startsWith("/") || each.path().equals("[stack]"))
                    .toList();
            for (Mapping each : files) {
                MappingQuery.Found found = query.at(each.end() - 1);
                assertThat(found).isEqualTo(new MappingQuery.Found(each.start(), each.end(), each.isWritable()));
            }
            assertThat(files).isNotEmpty();
            assertThat(query.at(0)).isNull();
        }
    }
}
