package dev.repoint.elf.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {

    /// Offsets as the ABIs of both machines lay out `struct ops`.
    private static final Member[] OPS = {
        new Member("first", 0, false),
        new Member("flush", 8, true),
        new Member("unnamed", 16, true),
        new Member("in_union", 24, true),
        new Member("other", 24, false),
        new Member("io", 32, false),
        new Member("io.read", 32, true),
        new Member("io.write", 40, true),
        new Member("io.pad", 48, false),
        new Member("next", 56, false),
        new Member("opaque", 64, false),
        new Member("many", 72, false),
        new Member("data", 88, false),
        new Member("last", 104, true)
    };

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.repoint.elf.dwarf.DebugFixture#arguments")
    void theMembersOfAStructHaveTheirOffsets(DebugFixture fixture) throws IOException {
        Members members = Members.of(fixture.read(folder, "ops.c"));
        assertThat(members.of("ops"))
                .filteredOn(each -> !each.name().equals("bits"))
                .containsExactly(OPS);
        assertThat(members.of("typed_ops")).isEqualTo(members.of("ops"));
        assertThat(members.of("constant_ops", "/some/where/ops.c")).isEqualTo(members.of("ops"));
        assertThat(members.of("constant_ops", "other.c")).isEmpty();
        assertThat(members.of("either")).containsExactly(new Member("number", 0, false), new Member("call", 0, true));
        for (String other : new String[] {"pointer_to_ops", "array_of_ops", "plain", "alone", "run", "nothing"}) {
            assertThat(members.of(other)).as(other).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-gdwarf-4", "-gdwarf-5", "-gdwarf-5 -c", "-gdwarf-4 -fdebug-types-section -c"})
    void variablesOfNamespacesAreFoundByTheNamesOfTheirSymbols(String options) throws IOException {
        for (Tool tool : new Tool[] {Tool.GXX, Tool.CLANGXX}) {
            Path own = Files.createDirectory(folder.resolve(tool.command()));
            Members members = Members.of(new DebugFixture(tool, options).read(own, "shapes.cc"));
            // Behind the pointer to the virtual methods stands the base.
            assertThat(members.of("_ZN6plugin5tableE"))
                    .extracting(Member::name, Member::offset, Member::isFunctionPointer)
                    .contains(tuple("base_call", 8L, true), tuple("to_member", 16L, false), tuple("call", 32L, true));
        }
    }

    @Test
    void aFileWithoutDebugInformationHasNone() throws IOException {
        ElfFile file = new DebugFixture(Tool.GCC, "-g0").read(folder, "ops.c");
        assertThat(Members.of(file).of("ops")).isEmpty();
        assertThat(Lines.of(file).isEmpty()).isTrue();
    }
}
