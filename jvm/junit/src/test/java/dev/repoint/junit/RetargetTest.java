package dev.repoint.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.repoint.PatchException;
import dev.repoint.Target;
import dev.repoint.junit.sample.Clock;
import java.lang.invoke.MethodHandles;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Overrides as their users write them.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Retarget("dev.repoint.junit.sample.Clock.zone=constant:of the class")
class RetargetTest {

    private final long whenMade = Clock.millis();
    private long before;

    @BeforeEach
    void look(Overrides overrides) {
        assertThat(overrides).isNotNull();
        before = Clock.millis();
    }

    @AfterEach
    void everythingStillHolds() {
        assertThat(Clock.millis()).isEqualTo(before);
    }

    @Test
    @Order(1)
    @Retarget({"dev.repoint.junit.sample.Clock.millis = constant:42", "dev.repoint.junit.sample.Clock.ring()=nothing"})
    void ofTheMethodAndOfTheClass() {
        assertThat(whenMade).as("in the constructor").isEqualTo(1);
        assertThat(before).as("before each").isEqualTo(42);
        assertThat(Clock.millis()).isEqualTo(42);
        int rings = Clock.rings();
        Clock.ring();
        assertThat(Clock.rings()).isEqualTo(rings);
        assertThat(Clock.inZone("here")).isEqualTo("of the class");
    }

    @Test
    @Order(2)
    void theOneBeforeLeftNothing() {
        assertThat(Clock.millis()).isEqualTo(1);
        int rings = Clock.rings();
        Clock.ring();
        assertThat(Clock.rings()).isEqualTo(rings + 1);
        assertThat(Clock.inZone("here")).isEqualTo("of the class");
    }

    @Test
    @Order(3)
    @Retarget({
        "dev.repoint.junit.sample.Clock.zone=dev.repoint.junit.sample.Clock.elsewhere",
        "dev.repoint.junit.sample.Clock.elsewhere=dev.repoint.junit.sample.Clock.zone"
    })
    void aSwapSwaps() {
        assertThat(Clock.inZone("here")).isEqualTo("elsewhere here");
        assertThat(Clock.elsewhere("here")).isEqualTo("default here");
    }

    @Test
    @Order(3)
    @Retarget("dev.repoint.junit.sample.Clock.zone=dev.repoint.junit.sample.Clock.elsewhere")
    void theMethodCountsMoreThanTheClass() {
        assertThat(Clock.inZone("here")).isEqualTo("elsewhere here");
    }

    @Test
    @Order(3)
    @Retarget("dev.repoint.junit.sample.Clock.zone=dev.repoint.junit.sample.Clock.loudly")
    void aTargetThatWrapsGetsTheDefault() {
        assertThat(Clock.inZone("here")).isEqualTo("DEFAULT HERE");
    }

    @Test
    @Order(4)
    void inTheMethod(Overrides overrides) {
        overrides.set(Clock.class, "millis", Target.of(LongSupplier.class, () -> 7));
        before = 8;
        overrides.set(overrides.find(Clock.class, "millis"), Target.of(MethodHandles.constant(long.class, 8L)));
        assertThat(Clock.millis()).isEqualTo(8);
        var zone = overrides.find(Clock.class, "zone");
        overrides.keep(zone.override(Target.of(UnaryOperator.class, name -> name + "!")));
        assertThat(Clock.inZone("here")).isEqualTo("here!");
    }

    @Test
    @Order(5)
    void thoseInTheMethodEndedWithIt() {
        assertThat(Clock.millis()).isEqualTo(1);
        assertThat(Clock.inZone("here")).isEqualTo("of the class");
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void eachRoundByItself(long value, Overrides overrides) {
        assertThat(Clock.millis()).isEqualTo(1);
        overrides.set("dev.repoint.junit.sample.Clock.millis=constant:" + value);
        before = value;
        assertThat(Clock.millis()).isEqualTo(value);
    }

    @Nested
    @Retarget("dev.repoint.junit.sample.Clock.millis=constant:5")
    class Inner {

        @Test
        void theEnclosingClassFirst() {
            assertThat(Clock.millis()).isEqualTo(5);
            assertThat(Clock.inZone("here")).isEqualTo("of the class");
        }
    }

    @Test
    void whatIsSetWrongSaysSo(Overrides overrides) {
        assertThat(catchThrowable(() -> overrides.set("Clock.millis")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'Clock.millis' is not KEY=TARGET, such as com.acme.Clock.millis=constant:42");
        assertThat(catchThrowable(() -> overrides.set("dev.repoint.junit.sample.Clock.milis=constant:1")))
                .isInstanceOf(PatchException.class)
                .hasMessageContaining("millis");
    }
}
