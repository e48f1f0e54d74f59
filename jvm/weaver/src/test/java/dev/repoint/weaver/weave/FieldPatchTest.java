package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.fields.FlagUser;
import com.acme.fields.Flags;
import dev.repoint.Mode;
import dev.repoint.OverrideScope;
import dev.repoint.Patch;
import dev.repoint.PatchException;
import dev.repoint.PatchableField;
import dev.repoint.Target;
import dev.repoint.weaver.Phase;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Patches of several fields.
class FieldPatchTest {

    private static final int PATCHES = 300;

    private final FieldWorld world = new FieldWorld(Phase.LOAD);
    private final PatchableField level = world.field("level");
    private final PatchableField stamp = world.field("stamp");
    private final PatchableField polled = world.field("polled");

    @ParameterizedTest
    @EnumSource(Mode.class)
    void allOfThemChange(Mode mode) {
        level.mode(mode);
        stamp.mode(mode);
        world.read("level");
        world.read("stamp");
        new Patch().set(level, Target.constant(5)).set(stamp, Target.parse("6")).apply();
        assertThat(world.call("level")).isEqualTo(5);
        assertThat(world.call("stamp")).isEqualTo(6L);
        assertThat(level.get()).isEqualTo(5);
        assertThat(stamp.get()).isEqualTo(6L);
        assertThat(level.targetName()).isEqualTo("constant:5");
        assertThat(level.mode()).isEqualTo(mode);
        new Patch().set(level, Target.DEFAULT).set(stamp, Target.constant(7L)).apply();
        assertThat(world.call("level")).isEqualTo(1);
        assertThat(world.call("stamp")).isEqualTo(7L);
        assertThat(level.state().changes()).isEqualTo(2);
        assertThat(level.isDefault()).isTrue();
    }

    @Test
    void onesThatNobodyHasReadChangeToo() {
        new Patch()
                .set(level, Target.constant(5))
                .set(stamp, Target.constant(6L))
                .apply();
        assertThat(world.read("level")).isEqualTo(5);
        assertThat(world.read("stamp")).isEqualTo(6L);
    }

    @Test
    void oneThatIsRefusedLeavesAllOfThemAlone() {
        world.read("level");
        Patch patch = new Patch().set(level, Target.constant(5)).set(stamp, Target.parse("constant:x"));
        assertThatThrownBy(patch::apply)
                .isInstanceOf(PatchException.class)
                .hasMessage("com.acme.fields.Flags.stamp has the type long: 'x' is no value of it");
        assertThat(world.read("level")).isEqualTo(1);
        assertThat(level.state().changes()).isZero();
        assertThatThrownBy(() -> new Patch()
                        .set(level, Target.constant(5))
                        .set(world.field("level"), Target.constant(6))
                        .apply())
                .isInstanceOf(PatchException.class)
                .hasMessageContaining("is named twice in a patch");
        assertThat(world.read("level")).isEqualTo(1);
    }

    @Test
    void anOverrideOfSeveralEndsAsOne() {
        world.read("level");
        world.read("stamp");
        stamp.setValue(20L);
        OverrideScope scope = new Patch()
                .set(level, Target.constant(5))
                .set(stamp, Target.constant(6L))
                .override();
        assertThat(world.call("level")).isEqualTo(5);
        assertThat(world.call("stamp")).isEqualTo(6L);
        scope.close();
        assertThat(world.call("level")).isEqualTo(1);
        assertThat(world.call("stamp")).isEqualTo(20L);
        assertThat(level.isDefault()).isTrue();
    }

    @Test
    void anAssignmentByTheProgramTakesOneFieldBack() {
        world.read("level");
        world.read("stamp");
        new Patch()
                .set(level, Target.constant(5))
                .set(stamp, Target.constant(6L))
                .apply();
        assertThat(world.call("bump")).isEqualTo(5);
        assertThat(world.read("level")).isEqualTo(6);
        assertThat(level.isDefault()).isTrue();
        assertThat(world.read("stamp")).isEqualTo(6L);
        assertThat(stamp.isDefault()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void noReaderGetsANewValueAndAfterwardsAnOldOne(Mode mode) throws Exception {
        level.mode(mode);
        stamp.mode(Mode.CONSTANT);
        polled.mode(Mode.POINTER);
        List<MethodHandle> fields = List.of(reader("level"), reader("stamp"), reader("polled"));
        new Patch()
                .set(level, Target.constant(20))
                .set(stamp, Target.constant(20L))
                .set(polled, Target.constant(20.0))
                .apply();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicLong wrong = new AtomicLong();
        AtomicLong changes = new AtomicLong();
        CountDownLatch reading = new CountDownLatch(3);
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            MethodHandle first = fields.get(i);
            MethodHandle second = fields.get((i + 1) % 3);
            readers.add(Thread.ofPlatform().start(() -> {
                long last = read(second);
                reading.countDown();
                while (!ended.get()) {
                    long one = read(first);
                    long other = read(second);
                    if (one < last || other < one) {
                        wrong.incrementAndGet();
                    }
                    if (other != last) {
                        changes.incrementAndGet();
                    }
                    last = other;
                }
            }));
        }
        reading.await();
        for (int i = 21; i <= 20 + PATCHES; i++) {
            new Patch()
                    .set(polled, Target.constant((double) i))
                    .set(level, Target.constant(i))
                    .set(stamp, Target.constant((long) i))
                    .apply();
        }
        ended.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(wrong).hasValue(0);
        assertThat(changes).hasPositiveValue();
    }

    @Test
    void whoeverAssignsLastReadersAndFieldsAgree() throws Exception {
        world.read("level");
        world.read("stamp");
        for (int round = 0; round < 20; round++) {
            int base = 1000 * round;
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = i;
                threads.add(Thread.ofPlatform().start(() -> {
                    awaitUninterrupted(start);
                    for (int j = 0; j < 20; j++) {
                        switch (number) {
                            case 0 ->
                                new Patch()
                                        .set(level, Target.constant(base + j))
                                        .set(stamp, Target.constant((long) base + j))
                                        .apply();
                            case 1 ->
                                new Patch()
                                        .set(stamp, Target.DEFAULT)
                                        .set(level, Target.DEFAULT)
                                        .apply();
                            case 2 -> world.call("bump");
                            default -> world.call("stamp", (long) base + 100 + j);
                        }
                    }
                }));
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(world.call("level")).isEqualTo(level.get());
            assertThat(world.call("stamp")).isEqualTo(stamp.get());
            if (!stamp.isDefault()) {
                assertThat(stamp.targetName()).isEqualTo("constant:" + stamp.get());
            }
        }
    }

    private MethodHandle reader(String name) throws ReflectiveOperationException {
        Class<?> type = world.type(Flags.class).getField(name).getType();
        return MethodHandles.explicitCastArguments(
                MethodHandles.lookup().findStatic(world.type(FlagUser.class), name, MethodType.methodType(type)),
                MethodType.methodType(long.class));
    }

    private static long read(MethodHandle reader) {
        try {
            return (long) reader.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
