package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A second agent, which changes a string in the body of a method.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OtherAgentTest {

    @TempDir
    static Path folder;

    private static String shop;
    private static String other;

    @BeforeAll
    static void compile() throws Exception {
        Sources sources = new Sources(folder);
        shop = sources.compile("shop", Programs.SHOP, Programs.SALE, Programs.LATE)
                .toString();
        other = "-javaagent:" + sources.jar(sources.compile("other", """
            // other/Other.java
            package other;

            import java.lang.classfile.ClassFile;
            import java.lang.classfile.ClassTransform;
            import java.lang.classfile.instruction.ConstantInstruction;
            import java.lang.instrument.ClassFileTransformer;
            import java.lang.instrument.Instrumentation;
            import java.security.ProtectionDomain;

            public class Other implements ClassFileTransformer {

                public static void premain(String options, Instrumentation instrumentation) {
                    instrumentation.addTransformer(new Other(), true);
                }

                @Override
                public byte[] transform(ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
                    if (!"acme/Shop".equals(name)) {
                        return null;
                    }
                    ClassFile plain = ClassFile.of();
                    return plain.transformClass(plain.parse(bytes), ClassTransform.transformingMethodBodies(
                            method -> method.methodName().equalsString("audit"),
                            (code, element) -> {
                                if (element instanceof ConstantInstruction constant && "audited".equals(constant.constantValue())) {
                                    code.ldc("other");
                                } else {
                                    code.with(element);
                                }
                            }));
                }
            }
            """), "other.Other");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsChangesSurviveWhoeverComesFirst(boolean first) throws Exception {
        String ours = Jvm.agent("patchable=acme.Shop.audit;acme.Shop.price(int)");
        List<String> arguments = new ArrayList<>(first ? List.of(ours, other) : List.of(other, ours));
        arguments.addAll(List.of("-cp", shop, "acme.Shop"));
        try (Jvm jvm = Jvm.start(arguments.toArray(String[]::new))) {
            assertThat(jvm.ask("audit")).isEqualTo("other");
            jvm.set("acme.Shop.audit=nothing", "acme.Shop.price(int)=constant:1");
            assertThat(List.of(jvm.ask("audit"), jvm.ask("price"))).containsExactly("", "1");
            jvm.set("acme.Shop.label=constant:woven in place");
            assertThat(jvm.ask("label")).isEqualTo("woven in place");
            assertThat(List.of(jvm.ask("audit"), jvm.ask("price")))
                    .as("after weaving in place")
                    .containsExactly("", "1");
            jvm.reset();
            assertThat(List.of(jvm.ask("audit"), jvm.ask("label"))).containsExactly("other", "plain 7");
        }
    }

    @Test
    void itsChangesSurviveALateAttach() throws Exception {
        try (Jvm jvm = Jvm.start(other, "-cp", shop, "acme.Shop")) {
            assertThat(jvm.ask("audit")).isEqualTo("other");
            jvm.set("acme.Shop.audit=nothing", "acme.Shop.price(int)=constant:1");
            assertThat(List.of(jvm.ask("audit"), jvm.ask("price"))).containsExactly("", "1");
            jvm.reset();
            assertThat(List.of(jvm.ask("audit"), jvm.ask("price"))).containsExactly("other", "7");
        }
    }
}
