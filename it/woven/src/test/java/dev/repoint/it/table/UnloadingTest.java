package dev.repoint.it.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchableField;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.it.table.fixtures.fields.FieldsProgram;
import dev.repoint.it.table.fixtures.retarget.RetargetProgram;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A program that was woven, linked and led elsewhere can be dropped with its class loaders.
class UnloadingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static boolean isCollected(WeakReference<?> reference) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (reference.get() != null && Instant.now().isBefore(deadline)) {
            System.gc();
            Thread.onSpinWait();
        }
        return reference.get() == null;
    }

    private static void set(Program.Loaded program, String target, ClassLoader loader) {
        Class<?> service = program.type("Service");
        Weaving.declareSites(new Key(service.getName(), "twice", "(I)I"));
        Repoint.find(MethodHandles.lookup(), service, "twice")
                .set(Target.parse(service.getPackageName() + "." + target).in(loader));
    }

    private static WeakReference<ClassLoader> dropped(Weave weave) {
        Program.Loaded program = Program.of(RetargetProgram.class).load(weave);
        program.run();
        set(program, "Targets.twice", program.loader());
        assertThat(program.run().lines()).contains("One static: -5");
        return new WeakReference<>(program.loader());
    }

    private static WeakReference<ClassLoader> droppedWithFields(Weave weave) {
        Program.Loaded program = Program.of(FieldsProgram.class).load(weave);
        program.run();
        Class<?> owner = program.type("FieldsProgram");
        PatchableField field = Repoint.findField(MethodHandles.lookup(), owner, "anObject");
        assertThat(field.state().links()).isPositive();
        field.setValue(owner);
        field.mode(Mode.POINTER);
        field.mode(Mode.CONSTANT);
        assertThat(field.get()).isSameAs(owner);
        return new WeakReference<>(program.loader());
    }

    private static WeakReference<ClassLoader> target(Program.Loaded keeper) {
        Program.Loaded other = Program.of(RetargetProgram.class).load(Weave.PLAIN);
        set(keeper, "Targets.twice", other.loader());
        assertThat(keeper.run().lines()).contains("One static: -5");
        return new WeakReference<>(other.loader());
    }

    @ParameterizedTest
    @EnumSource(Weave.class)
    void aProgramIsCollected(Weave weave) {
        if (weave == Weave.PLAIN) {
            Program.Loaded plain = Program.of(RetargetProgram.class).load(weave);
            plain.run();
            WeakReference<ClassLoader> loader = new WeakReference<>(plain.loader());
            plain = null;
            assertThat(isCollected(loader)).as("so it is without Repoint").isTrue();
            return;
        }
        assertThat(isCollected(weave.hasFieldsOnly() ? droppedWithFields(weave) : dropped(weave)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PLAIN", "FIELDS", "FIELDS_IN_PLACE"})
    void theLoaderOfATargetIsCollectedAfterAReset(Weave weave) {
        Program.Loaded keeper = Program.of(RetargetProgram.class).load(weave);
        WeakReference<ClassLoader> other = target(keeper);
        Repoint.find(MethodHandles.lookup(), keeper.type("Service"), "twice").reset();

        assertThat(isCollected(other)).isTrue();
        assertThat(keeper.run().lines()).contains("One static: 10");
    }
}
