package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.fields.Flags;
import com.acme.fields.Operations;
import dev.repoint.OverrideScope;
import dev.repoint.PatchException;
import dev.repoint.PatchableField;
import dev.repoint.Target;
import dev.repoint.internal.policy.IndexedOffer;
import dev.repoint.internal.policy.PolicySettings;
import dev.repoint.weaver.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a policy file and offers say of fields.
class FieldChoosingTest {

    private static final String FLAGS = Flags.class.getName() + ".";
    private static final String OPERATIONS = Operations.class.getName() + ".";

    @TempDir
    private Path folder;

    private final FieldWorld world = new FieldWorld(Phase.LOAD);

    @AfterEach
    void noPolicy() {
        policy("");
    }

    private Path policy(String text) {
        try {
            Path file = Files.writeString(folder.resolve("policy"), text);
            assertThat(PolicySettings.use(file, false))
                    .hasSize((int) text.lines().count());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void offer(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("offers"), List.of(lines));
        world.loader().with(IndexedOffer.ENTRY, file.toUri().toURL());
    }

    @Test
    void theFirstReadGetsWhatTheFileNames() {
        Path file =
                policy(FLAGS + "fast=true\n" + FLAGS + "*:int = 7\n" + FLAGS + "operation=" + OPERATIONS + "PRODUCT\n");
        assertThat(world.call("fast")).isEqualTo(true);
        assertThat(world.call("level")).isEqualTo(7);
        assertThat(world.call("operate", 6, 3)).isEqualTo(18);
        PatchableField level = world.field("level");
        assertThat(level.state().note()).isEqualTo(file + " line 2; holds 7");
        assertThat(level.state().changes()).isZero();
        level.reset();
        assertThat(world.read("level")).isEqualTo(1);
    }

    @Test
    void anEditIsOnePatchAndLinesThatStayLeaveTheirFieldsAlone() {
        policy(FLAGS + "fast=true\n" + FLAGS + "level=7\n");
        assertThat(world.read("fast")).isEqualTo(true);
        assertThat(world.read("level")).isEqualTo(7);
        assertThat(world.read("stamp")).isEqualTo(10L);
        assertThat(world.call("bump")).isEqualTo(7);

        policy(FLAGS + "stamp=3\n" + FLAGS + "level=7\n");

        assertThat(world.call("fast")).as("its line is gone").isEqualTo(false);
        assertThat(world.call("level")).as("the program assigned it").isEqualTo(8);
        assertThat(world.call("stamp")).isEqualTo(3L);
    }

    @Test
    void anEditIsRefusedWholeWithTheLine() {
        policy(FLAGS + "fast=true\n");
        assertThat(world.read("fast")).isEqualTo(true);
        assertThat(world.read("level")).isEqualTo(1);
        assertThatThrownBy(() -> policy(FLAGS + "fast=false\n" + FLAGS + "level=constant:x\n"))
                .isInstanceOf(PatchException.class)
                .hasMessage(folder.resolve("policy") + " line 2: " + FLAGS
                        + "level has the type int: 'x' is no value of it");
        assertThat(world.read("fast")).isEqualTo(true);
        assertThat(world.read("level")).isEqualTo(1);
    }

    @Test
    void aPatternMeansTheFieldsThatItsValueFits() {
        policy("com.acme.fields.**:* = true\n");
        assertThat(world.read("fast")).isEqualTo(true);
        assertThat(world.read("level")).isEqualTo(1);
        assertThat(world.read("stamp")).isEqualTo(10L);
        assertThat(world.field("level").state().note()).isEqualTo("holds 1");
    }

    @Test
    void aPolicyIsAppliedUnderAnOverride() {
        assertThat(world.read("level")).isEqualTo(1);
        OverrideScope scope = world.field("level").override(Target.constant(5));
        policy(FLAGS + "level=7\n");
        assertThat(world.read("level")).isEqualTo(5);
        scope.close();
        assertThat(world.read("level")).isEqualTo(7);
        policy("");
        assertThat(world.read("level")).isEqualTo(1);
    }

    @Test
    void theBestOfferIsWhatTheFirstReadGets() throws IOException {
        offer(
                FLAGS + "operation\t" + OPERATIONS + "PRODUCT\tpriority=1",
                FLAGS + "operation\t" + OPERATIONS + "difference\tpriority=2",
                FLAGS + "operation\t" + OPERATIONS + "wide\tpriority=3",
                FLAGS + "operation\t" + OPERATIONS + "PRODUCT\tpriority=9\tos=none");
        assertThat(world.call("operate", 6, 3)).isEqualTo(3);
        assertThat(world.field("operation").state().note())
                .startsWith("offer " + OPERATIONS + "difference (priority 2)")
                .contains("priority 9): needs", "priority 3): " + FLAGS + "operation has the type");
        world.call("operation", (IntBinaryOperator) (a, b) -> a);
        assertThat(world.call("operate", 6, 3)).as("the program's own").isEqualTo(6);
    }

    @Test
    void aPolicyWinsOverAnOffer() throws IOException {
        offer(FLAGS + "operation\t" + OPERATIONS + "PRODUCT");
        policy(FLAGS + "operation=default\n");
        assertThat(world.call("operate", 6, 3)).isEqualTo(9);
        assertThat(world.call("operate", 6, 3)).isEqualTo(9);
        policy("");
        assertThat(world.call("operate", 6, 3)).isEqualTo(18);
    }
}
