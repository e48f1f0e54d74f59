package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Calls;
import com.acme.Greeter;
import com.acme.Ops;
import com.acme.SubOps;
import com.acme.base.Base;
import dev.repoint.Key;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SiteRunTest {

    private static final String[] KEYS = {"com.acme.Ops.*", "com.acme.Greeter.*", "com.acme.base.Base.*"};

    @TestFactory
    Stream<DynamicTest> everyCallDoesTheSameUnwovenWovenAndRetargeted() {
        return Stream.of(Phase.values()).flatMap(phase -> {
            World plain = new World(Throwaway.bytesOf(Calls.class));
            World woven =
                    new World(Try.weave(Try.sites(KEYS), Calls.class, phase).bytes());
            World retargeted =
                    new World(Try.weave(entriesAndSites(), Calls.class, phase).bytes());
            retargeted.retargetEverything();
            return plain.methods()
                    .map(name -> DynamicTest.dynamicTest(name + " " + phase, () -> {
                        Object expected = plain.run(name);
                        assertThat(woven.run(name)).isEqualTo(expected);
                        int before = retargeted.hits();
                        assertThat(retargeted.run(name)).isEqualTo(expected);
                        assertThat(retargeted.hits())
                                .as("calls that reached a target")
                                .isGreaterThan(before);
                    }));
        });
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void onlyTheChosenClassIsDiverted(Phase phase) throws Throwable {
        World world = new World(
                Try.weave(Try.sites("com.acme.Ops.add"), Calls.class, phase).bytes());
        world.find(Ops.class, "add").set(Target.constant(100));

        assertThat(world.run("onStatic")).isEqualTo(100);
        assertThat(world.type(Ops.class).getMethod("add", int.class, int.class).invoke(null, 1, 2))
                .isEqualTo(3);
        assertThat(world.run("onInheritedStatic")).isEqualTo(100);
        world.find(Ops.class, "add").reset();
        assertThat(world.run("onStatic")).isEqualTo(7);
    }

    private static Selection entriesAndSites() {
        return new Selection(Try.keys("com.acme.Calls.**"), false, Try.keys(KEYS), List.of(), List.of());
    }

    /// The fixtures in a loader of their own, of which only the calling class is woven.
    private static final class World {

        private final Throwaway loader;
        private final AtomicInteger hits = new AtomicInteger();
        private final Class<?> calls;

        World(byte[] callsBytes) {
            loader = new Throwaway()
                    .plain(Ops.class, SubOps.class, Greeter.class, Base.class)
                    .with(Calls.class.getName(), callsBytes);
            calls = loader.load(Calls.class.getName());
        }

        Stream<String> methods() {
            return Stream.of(calls.getDeclaredMethods())
                    .map(Method::getName)
                    .filter(name -> name.startsWith("on"))
                    .sorted();
        }

        Object run(String name) throws Exception {
            return calls.getMethod(name).invoke(calls.getConstructor().newInstance());
        }

        int hits() {
            return hits.get();
        }

        Class<?> type(Class<?> fixture) {
            return loader.load(fixture.getName());
        }

        PatchableMethod find(Class<?> fixture, String name) throws Exception {
            Class<?> owner = type(fixture);
            for (Method method : owner.getDeclaredMethods()) {
                if (method.getName().equals(name)) {
                    return find(owner, method);
                }
            }
            throw new AssertionError("no method " + name);
        }

        private PatchableMethod find(Class<?> owner, Method method) throws Exception {
            Weaving.declareSites(Key.of(method));
            return Repoint.find(
                    lookup(owner),
                    owner,
                    method.getName(),
                    MethodType.methodType(method.getReturnType(), method.getParameterTypes()));
        }

        private static MethodHandles.Lookup lookup(Class<?> owner) throws ReflectiveOperationException {
            return (MethodHandles.Lookup) owner.getMethod("lookup").invoke(null);
        }

        /// Gives everything a target that does what the default does, and counts.
        void retargetEverything() {
            Map<String, PatchableMethod> all = new TreeMap<>();
            try {
                MethodHandle count = MethodHandles.lookup()
                        .findVirtual(AtomicInteger.class, "incrementAndGet", MethodType.methodType(int.class))
                        .bindTo(hits);
                count = count.asType(MethodType.methodType(void.class));
                for (Class<?> fixture : List.of(Ops.class, Greeter.class, Base.class)) {
                    Class<?> owner = type(fixture);
                    for (Method method : owner.getDeclaredMethods()) {
                        if (!method.getName().equals("lookup") && !method.isSynthetic()) {
                            PatchableMethod patchable = find(owner, method);
                            MethodHandle original = original(owner, method).asType(patchable.type());
                            patchable.set(Target.of(MethodHandles.foldArguments(
                                    original,
                                    MethodHandles.dropArguments(
                                            count, 0, patchable.type().parameterList()))));
                            all.put(patchable.key().text(), patchable);
                        }
                    }
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            assertThat(all).hasSizeGreaterThan(12);
        }

        /// What the plain call would run: of `super` calls, the method of that very class.
        private static MethodHandle original(Class<?> owner, Method method) throws Exception {
            boolean special = method.getName().equals("overridden")
                    || method.getName().equals("guarded")
                    || method.getName().equals("farewell");
            return special
                    ? lookup(owner).unreflectSpecial(method, owner).asFixedArity()
                    : lookup(owner).unreflect(method).asFixedArity();
        }
    }
}
