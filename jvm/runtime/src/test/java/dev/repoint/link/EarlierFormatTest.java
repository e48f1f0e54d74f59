package dev.repoint.link;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Code that was woven in format 1 is refused when it links.
class EarlierFormatTest {

    private static final ClassDesc LINK = ClassDesc.of("dev.repoint.link.Link");
    private static final ClassDesc WOVEN = ClassDesc.of(EarlierFormatTest.class.getPackageName(), "Woven");

    @ParameterizedTest
    @ValueSource(strings = {"entry", "pointerEntry"})
    void anEntryIsRefused(String bootstrap) throws Throwable {
        assertRefused(bootstrap, "()V");
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "staticSite"})
    void soAreTheCallsOfAClass(String bootstrap) throws Throwable {
        assertRefused(bootstrap, "com.acme.Crc", "()V");
    }

    /// As often as it is called.
    private static void assertRefused(String bootstrap, String... arguments) throws Throwable {
        DynamicCallSiteDesc question = DynamicCallSiteDesc.of(
                ConstantDescs.ofCallsiteBootstrap(
                        LINK,
                        bootstrap,
                        ConstantDescs.CD_CallSite,
                        Stream.of(arguments)
                                .map(text -> ConstantDescs.CD_String)
                                .toArray(ClassDesc[]::new)),
                "run",
                MethodTypeDesc.of(ConstantDescs.CD_Object),
                arguments);
        byte[] bytes = ClassFile.of()
                .build(
                        WOVEN,
                        type -> type.withVersion(ClassFile.JAVA_17_VERSION, 0)
                                .withMethodBody(
                                        "run",
                                        MethodTypeDesc.of(ConstantDescs.CD_void),
                                        ClassFile.ACC_STATIC,
                                        code -> code.invokedynamic(question)
                                                .pop()
                                                .return_()));
        Class<?> woven = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
        Method run = woven.getDeclaredMethod("run");
        run.setAccessible(true);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> run.invoke(null))
                    .cause()
                    .isInstanceOf(IncompatibleClassChangeError.class)
                    .hasMessageContaining(woven.getName() + " was woven by an earlier Repoint (format 1)")
                    .hasMessageContaining("weave the original class again");
        }
    }
}
