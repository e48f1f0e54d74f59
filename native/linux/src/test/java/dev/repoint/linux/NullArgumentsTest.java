package dev.repoint.linux;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Whoever gives null for something hears what it was.
class NullArgumentsTest {

    @Test
    void nullIsNamed() {
        requireNamed("library", () -> NativeModule.load(null));
        requireNamed("name", () -> NativeModule.find(null));
        requireNamed("name", () -> NativeTarget.symbol(null));
        requireNamed("code", () -> NativeTarget.code(null));
        requireNamed("method", () -> NativeTarget.java(null, null));
        requireNamed("method", () -> NativeTarget.around(null, null));
        requireNamed("patchable", () -> new NativePatch().set(null, NativeTarget.nothing()));
        requireNamed("patchable", () -> new NativePatch().reset(null));
    }

    private static void requireNamed(String name, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name);
    }
}
