package dev.repoint.agent.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Key;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeededByLinkingTest {

    private static final Map<String, NeededByLinking> COMPUTED = new ConcurrentHashMap<>();

    private static Path base;

    @BeforeAll
    static void find() {
        base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.HashMap.putVal(ILjava/lang/Object;Ljava/lang/Object;ZZ)Ljava/lang/Object;",
                "java.util.concurrent.ConcurrentHashMap.get(Ljava/lang/Object;)Ljava/lang/Object;",
                "java.util.WeakHashMap.put(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;",
                "sun.instrument.InstrumentationImpl.transform(Ljava/lang/Module;Ljava/lang/ClassLoader;Ljava/lang/String;"
                    + "Ljava/lang/Class;Ljava/security/ProtectionDomain;[BZ)[B",
                "java.lang.String.isEmpty()Z",
                "jdk.internal.misc.VM.isBooted()Z"
            })
    void whatLinkingRunsIsNeeded(String method) {
        assertThat(reason(method)).isEqualTo(NeededByLinking.REASON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.UUID.randomUUID()Ljava/util/UUID;",
                "java.time.Instant.now()Ljava/time/Instant;",
                "java.net.InetAddress.getByName(Ljava/lang/String;)Ljava/net/InetAddress;",
                "java.util.HashMap.merge(Ljava/lang/Object;Ljava/lang/Object;Ljava/util/function/BiFunction;)Ljava/lang/Object;",
                "java.util.Random.nextInt()I"
            })
    void whatItDoesNotRunIsFree(String method) {
        assertThat(reason(method)).isNull();
    }

    @Test
    void theClassesOfTheRuntimeThatItRunsAreKnown() {
        assertThat(computed().ofRuntime())
                .contains(
                        "dev.repoint.link.MethodLink",
                        "dev.repoint.internal.point.Points",
                        "dev.repoint.internal.policy.Ahead",
                        "dev.repoint.internal.policy.MethodChoosing",
                        "dev.repoint.internal.policy.SourceUpdate",
                        "dev.repoint.internal.targets.HandleTargets$Called",
                        "dev.repoint.link.InitializingSite")
                .doesNotContain(
                        "dev.repoint.internal.report.JfrPatch",
                        "dev.repoint.internal.report.LinkEvent",
                        "dev.repoint.internal.report.PatchEvent",
                        "dev.repoint.internal.policy.PolicyWatch",
                        "dev.repoint.internal.report.PatchLog");
    }

    @Test
    void whatIsNamedIsThere() {
        List<String> classes = new ArrayList<>(NeededByLinking.ENTRANCES);
        classes.addAll(NeededByLinking.PRESENT);
        classes.addAll(NeededByLinking.TELLING);
        assertThat(classes).allMatch(name -> read(name) != null);
        assertThat(NeededByLinking.GUARDED).allMatch(NeededByLinkingTest::isMethod);
    }

    private static boolean isMethod(String named) {
        int dot = named.lastIndexOf('.');
        byte[] bytes = read(named.substring(0, dot));
        return bytes != null
                && ClassFile.of().parse(bytes).methods().stream()
                        .anyMatch(method -> method.methodName().equalsString(named.substring(dot + 1)));
    }

    private static @Nullable String reason(String method) {
        int open = method.indexOf('(');
        int dot = method.lastIndexOf('.', open);
        return computed()
                .reason(new Key(method.substring(0, dot), method.substring(dot + 1, open), method.substring(open)));
    }

    /// As if a small program had loaded what linking uses, and a few classes more.
    private static NeededByLinking computed() {
        return COMPUTED.computeIfAbsent("small", absent -> {
            Set<String> loaded = new HashSet<>(Set.of(
                    "java/util/UUID",
                    "java/time/Instant",
                    "java/net/InetAddress",
                    "java/util/Random",
                    "sun/instrument/InstrumentationImpl"));
            for (String folder : new String[] {
                "java/lang",
                "java/lang/invoke",
                "java/lang/ref",
                "java/lang/constant",
                "java/util/concurrent",
                "java/util/concurrent/atomic",
                "jdk/internal/classfile/impl",
                "jdk/internal/util"
            }) {
                addAll(folder, loaded);
            }
            for (String each : new String[] {
                "HashMap",
                "WeakHashMap",
                "AbstractMap",
                "Map",
                "ArrayList",
                "AbstractList",
                "List",
                "Objects",
                "Arrays",
                "ImmutableCollections"
            }) {
                loaded.add("java/util/" + each);
            }
            return NeededByLinking.among(loaded, NeededByLinkingTest::read);
        });
    }

    private static void addAll(String folder, Set<String> to) {
        try (Stream<Path> files = Files.list(base.resolve(folder))) {
            files.map(file -> folder + "/" + file.getFileName())
                    .filter(name -> name.endsWith(".class"))
                    .forEach(name -> to.add(name.substring(0, name.length() - ".class".length())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte @Nullable [] read(String internalName) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(internalName + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
