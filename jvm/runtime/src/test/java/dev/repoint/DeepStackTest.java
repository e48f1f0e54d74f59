package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixture.Subject;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.Test;

/// A first call where hardly any stack is left: it may overflow, as any call may, but it must not spoil later
/// ones.
class DeepStackTest {

    private static final int TRIES = 500;
    private static final MethodType TYPE = MethodType.methodType(int.class, int.class, int.class);

    private final Woven woven = new Woven();
    private int tries;
    private int overflows;

    /// Fills the stack, and then tries the call on the way up, where there is a little more of it each time.
    @SuppressWarnings("InfiniteRecursion") // the stack has to end
    private void descend(MethodHandle call) throws Throwable {
        try {
            descend(call);
        } catch (StackOverflowError full) {
            if (tries++ < TRIES) {
                int result = (int) call.invokeExact(6, 7);
                assertThat(result).isEqualTo(13);
            }
            overflows++;
        }
    }

    @Test
    void aLinkThatOverflowsTheStackIsTriedAgain() throws Throwable {
        MethodHandles.Lookup lookup = woven.lookup(Subject.class);
        MethodHandle add = lookup.findStatic(woven.copy(Subject.class), "add", TYPE);
        woven.call(Subject.class, "anInt"); // what the first link of all initialises is not the question here
        woven.patchable(Subject.class, "anInt").set(Target.constant(1));

        Thread deep = new Thread(
                null,
                () -> {
                    try {
                        descend(add);
                    } catch (Throwable e) {
                        overflows = -1;
                    }
                },
                "deep",
                1 << 20);
        deep.start();
        deep.join();

        assertThat(overflows).isPositive();
        assertThat((int) add.invokeExact(6, 7)).isEqualTo(13);
        woven.patchable(Subject.class, "add").set(Target.constant(5));
        assertThat((int) add.invokeExact(6, 7)).isEqualTo(5);
    }
}
