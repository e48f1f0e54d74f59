package dev.repoint.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {

    @ParameterizedTest
    @CsvSource({
        "()V,                                true,  _V,            ()V,                                       0",
        "()V,                                false, L_V,           (Ljava/lang/Object;)V,                     1",
        "(ZBCSI)Z,                           true,  IIIII_I,       (IIIII)I,                                  5",
        "(JFD)J,                             true,  JFD_J,         (JFD)J,                                    5",
        "(JFD)D,                             false, LJFD_D,        (Ljava/lang/Object;JFD)D,                  6",
        "(I[BLjava/lang/String;)V,           true,  ILL_V,         (ILjava/lang/Object;Ljava/lang/Object;)V,  3",
        "([[J[Ljava/util/Map$Entry;)[I,      true,  LL_L,         "
                + " '(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;', 2",
        "(F)S,                               true,  F_I,           (F)I,                                      1"
    })
    void aShapeIsNamedForTheErasedDescriptor(
            String descriptor, boolean isStatic, String letters, String call, int slots) {
        assertThat(Shape.nameOf(descriptor, isStatic)).isEqualTo("dev/repoint/shape/Shape_" + letters);
        assertThat(Shape.callDescriptor(descriptor, isStatic)).isEqualTo(call);
        assertThat(Shape.slots(descriptor, isStatic)).isEqualTo(slots);
    }

    @Test
    void aShapeIsAPublicInterfaceOfOneMethodBesideTheRuntime() {
        Class<?> shape = Shape.define(Shape.nameOf("(JZ)D", false));

        assertThat(shape.isInterface()).isTrue();
        assertThat(Modifier.isPublic(shape.getModifiers())).isTrue();
        assertThat(shape.getName()).isEqualTo("dev.repoint.shape.Shape_LJI_D");
        assertThat(shape.getClassLoader()).isSameAs(Shape.class.getClassLoader());
        assertThat(shape.getMethods()).hasSize(1);
        Method call = shape.getMethods()[0];
        assertThat(call.getName()).isEqualTo(Shape.METHOD);
        assertThat(call.getParameterTypes()).containsExactly(Object.class, long.class, int.class);
        assertThat(call.getReturnType()).isEqualTo(double.class);
    }

    @Test
    void aShapeIsDefinedOnce() {
        String name = Shape.nameOf("(IIIJ)V", true);
        assertThat(Shape.define(name)).isSameAs(Shape.define(name));
    }

    @Test
    void theLargestShapeIsDefined() {
        String descriptor = "(" + "I".repeat(Shape.MAX_SLOTS) + ")V";
        assertThat(Shape.slots(descriptor, true)).isEqualTo(254);
        assertThat(Shape.define(Shape.nameOf(descriptor, true)).getMethods()).hasSize(1);
    }
}
