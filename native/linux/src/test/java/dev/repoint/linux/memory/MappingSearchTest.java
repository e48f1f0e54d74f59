package dev.repoint.linux.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.linux.call.Memory;
import org.junit.jupiter.api.Test;

/// What is mapped, as the kernel says it when it is asked, and as the list of all says it.
class MappingSearchTest {

    @Test
    void whatIsMappedIsFoundAsItIsProtectedNow() {
        MappingSearch search = new MappingSearch();
        long pages = Memory.map(3 * Memory.PAGE, Memory.READ | Memory.WRITE);
        Memory.protect(pages + Memory.PAGE, Memory.PAGE, Memory.READ | Memory.EXECUTE);
        Mapping middle = search.containing(pages + Memory.PAGE, Memory.PAGE);
        assertThat(middle.start()).isEqualTo(pages + Memory.PAGE);
        assertThat(middle.end()).isEqualTo(pages + 2 * Memory.PAGE);
        assertThat(middle.isReadable() && middle.isExecutable() && !middle.isWritable())
                .isTrue();
        assertThat(middle.protection())
                .isEqualTo(Mappings.now().containing(pages + Memory.PAGE, 1).protection());
        assertThat(search.containing(pages + Memory.PAGE, Memory.PAGE + 1))
                .as("across two mappings")
                .isNull();
        assertThat(search.containing(0x10, 1)).as("nothing").isNull();
        Memory.unmap(pages, 3 * Memory.PAGE);
    }
}
