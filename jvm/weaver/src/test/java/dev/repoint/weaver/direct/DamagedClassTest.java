package dev.repoint.weaver.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.weaver.Policy;
import dev.repoint.weaver.WeaveException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Damaged class files are refused, or something is done to them that is as damaged: nothing else happens.
class DamagedClassTest {

    private static final int ROUNDS = 1_000;
    private static final String CALLER = "com/acme/Calls";
    private static final List<Policy> POLICIES = List.of(
            Policy.parse("com.acme.Ops.add=java.lang.Math.max(int,int)"),
            Policy.parse("com.acme.Ops.half=java.lang.Math.sqrt"),
            Policy.parse("com.acme.Ops.same=java.util.Objects.requireNonNull(java.lang.Object)"),
            Policy.parse("com.acme.Ops.text=java.lang.String.valueOf(java.lang.Object)"),
            Policy.parse("java.lang.String.valueOf(java.lang.Object)=java.util.Objects.toString(java.lang.Object)"));
    private static final Map<String, byte[]> FOUND = new HashMap<>();

    @Test
    void theUndamagedCallsArePointed() {
        assertThat(point(bytesOf(CALLER), bytesOf("com/acme/Ops"))).isTrue();
    }

    @Test
    void damagedCallersAreRefusedOrChanged() throws IOException {
        byte[] plain = bytesOf(CALLER);
        int refused = check((bytes, random) -> point(bytes, plain), plain);
        assertThat(refused).isBetween(ROUNDS / 100, ROUNDS - 1);
    }

    @Test
    void damagedClassesOfMethodsAreRefusedOrUsed() throws IOException {
        byte[] plain = bytesOf("com/acme/Ops");
        byte[] caller = bytesOf(CALLER);
        int refused = check((bytes, random) -> point(caller, bytes), plain);
        assertThat(refused).isBetween(ROUNDS / 100, ROUNDS - 1);
    }

    private static int check(BiFunction<byte[], Random, Boolean> use, byte[] plain) {
        Random random = new Random(14);
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] damaged = plain.clone();
            for (int change = 1 + random.nextInt(3); change > 0; change--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            refused += use.apply(damaged, random) ? 0 : 1;
        }
        return refused;
    }

    private static boolean point(byte[] caller, byte[] ops) {
        try {
            FileSurroundings surroundings = new FileSurroundings(true, ModuleRules.of(null));
            surroundings.add(caller);
            surroundings.add(ops);
            DirectScope scope =
                    new DirectScope(POLICIES, name -> name.equals("com/acme/Ops") ? ops : find(name), surroundings);
            DirectClass result = scope.point(caller);
            return scope.keys().size() + result.bytes().length > 0;
        } catch (WeaveException e) {
            assertThat(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8))
                    .isNotEmpty();
            return false;
        }
    }

    private static byte[] bytesOf(String name) {
        byte[] bytes = find(name);
        if (bytes == null) {
            throw new AssertionError(name);
        }
        return bytes;
    }

    private static byte @Nullable [] find(String name) {
        byte[] known = FOUND.computeIfAbsent(name, DamagedClassTest::read);
        return known.length == 0 ? null : known;
    }

    private static byte[] read(String name) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
