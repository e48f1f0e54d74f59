package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.fields.FlagUser;
import com.acme.fields.Flags;
import dev.repoint.Mode;
import dev.repoint.PatchableField;
import dev.repoint.weaver.Phase;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Many threads at one field: what readers see never goes back, and ends with what was assigned last.
@Tag("compiled")
class FieldConcurrencyTest {

    private static final int CHANGES = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// The field, read by woven code and by code that is not.
    private record Field(MethodHandle woven, MethodHandle plain, MethodHandle assign) {

        static Field of(FieldWorld world, String name, Class<?> type) throws ReflectiveOperationException {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Class<?> user = world.type(FlagUser.class);
            return new Field(
                    lookup.findStatic(user, name, MethodType.methodType(type))
                            .asType(MethodType.methodType(long.class)),
                    lookup.findStaticVarHandle(world.type(Flags.class), name, type)
                            .toMethodHandle(java.lang.invoke.VarHandle.AccessMode.GET_VOLATILE)
                            .asType(MethodType.methodType(long.class)),
                    type == long.class
                            ? lookup.findStatic(user, name, MethodType.methodType(void.class, type))
                            : lookup.findStatic(user, "bump", MethodType.methodType(type)));
        }

        long readWoven() {
            try {
                return (long) woven.invokeExact();
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        long readPlain() {
            try {
                return (long) plain.invokeExact();
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        void assign(long value) {
            try {
                assign.invoke(value);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void whatReadersSeeNeverGoesBack(Phase phase) throws Exception {
        FieldWorld world = new FieldWorld(phase);
        PatchableField stamp = world.field("stamp");
        stamp.mode(Mode.CONSTANT); // for good, however often it is assigned
        Field field = Field.of(world, "stamp", long.class);
        AtomicBoolean ended = new AtomicBoolean();
        AtomicLong wrong = new AtomicLong();
        AtomicLong reads = new AtomicLong();
        CountDownLatch reading = new CountDownLatch(2);
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(Thread.ofPlatform().start(() -> {
                long last = field.readWoven();
                reading.countDown();
                while (!ended.get()) {
                    long plain = field.readPlain();
                    long woven = field.readWoven();
                    if (plain < last || woven < plain) {
                        wrong.incrementAndGet();
                    }
                    last = woven;
                    reads.incrementAndGet();
                }
            }));
        }
        reading.await();
        for (long value = 11; value < 11 + CHANGES; value++) {
            if (value % 2 == 0) {
                field.assign(value);
            } else {
                stamp.setValue(value);
            }
            if (field.readWoven() != value) {
                wrong.incrementAndGet();
            }
        }
        ended.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(wrong).hasValue(0);
        assertThat(reads).hasPositiveValue();
        assertThat(field.readWoven()).isEqualTo(10L + CHANGES);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void whoeverAssignsLastReadersAndFieldAgree(Phase phase) throws Exception {
        FieldWorld world = new FieldWorld(phase);
        PatchableField stamp = world.field("stamp");
        Field field = Field.of(world, "stamp", long.class);
        for (int round = 0; round < 20; round++) {
            int now = round;
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = i;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    for (int j = 0; j < 20; j++) {
                        long value = now * 1000L + number * 100L + j;
                        switch (number) {
                            case 0 -> stamp.setValue(value);
                            case 1 -> stamp.mode(j % 2 == 0 ? Mode.POINTER : Mode.CONSTANT);
                            default -> field.assign(value);
                        }
                    }
                }));
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(field.readWoven()).isEqualTo(field.readPlain()).isEqualTo(stamp.get());
            stamp.mode(Mode.CONSTANT);
            assertThat(field.readWoven()).isEqualTo(field.readPlain());
        }
    }

    @Test
    void aFieldThatIsAssignedOftenMovesToPointerModeAndComesBackWhenItIsQuiet() throws Exception {
        FieldWorld world = new FieldWorld(Phase.LOAD);
        PatchableField level = world.field("level");
        assertThat(world.read("level")).isEqualTo(1);
        for (int i = 1; i <= 2000; i++) {
            assertThat(world.call("bump")).isEqualTo(i);
        }
        assertThat(level.mode()).isEqualTo(Mode.POINTER);
        assertThat(level.state().modeReason()).isIn("often changed", "costly to change");
        assertThat(level.state().changes()).as("the rest was not patched").isLessThan(2000);
        assertThat(world.read("level")).isEqualTo(2001);

        Instant deadline = Instant.now().plus(PATIENCE);
        while (level.mode() == Mode.POINTER && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }
        assertThat(level.mode()).isEqualTo(Mode.CONSTANT);
        assertThat(level.state().modeReason()).isEmpty();
        assertThat(world.read("level")).isEqualTo(2001);
        world.call("bump");
        assertThat(world.read("level")).isEqualTo(2002);
    }
}
