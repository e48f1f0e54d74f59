package dev.repoint.internal.classfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassWriterTest {

    private static final String SELF = "dev/repoint/internal/classfile/Written";
    private static final List<Class<?>> TYPES = List.of(
            boolean.class,
            byte.class,
            char.class,
            short.class,
            int.class,
            long.class,
            float.class,
            double.class,
            String.class,
            long[].class,
            String[][].class);

    static List<Class<?>> types() {
        return TYPES;
    }

    @ParameterizedTest
    @MethodSource("types")
    void aValueOfAnyTypeIsPassedAndReturned(Class<?> type) throws ReflectiveOperationException {
        String descriptor = MethodType.methodType(type, long.class, type).descriptorString();
        ClassWriter written = new ClassWriter(Modifier.FINAL, SELF);
        written.method(
                Modifier.STATIC,
                "second",
                descriptor,
                code -> code.load(type.descriptorString(), 2).giveBack(type.descriptorString()));

        Class<?> defined = define(written);

        MethodHandle second =
                MethodHandles.lookup().findStatic(defined, "second", MethodType.methodType(type, long.class, type));
        assertThat(second.type().returnType()).isEqualTo(type);
        verify(written);
    }

    @Test
    void anObjectHoldsWhatItsConstructorIsGivenAndCallsIt() throws Throwable {
        String supplier = "java/util/function/Supplier";
        ClassWriter written = new ClassWriter(Modifier.FINAL, SELF, "java/util/function/IntSupplier");
        written.field(Modifier.PRIVATE | Modifier.FINAL, "held", "L" + supplier + ";");
        written.constructor(
                0,
                "(L" + supplier + ";)V",
                code -> code.loadFirst()
                        .load("L" + supplier + ";", 1)
                        .putField(SELF, "held", "L" + supplier + ";")
                        .giveBack("V"));
        written.method(
                Modifier.PUBLIC,
                "getAsInt",
                "()I",
                code -> code.loadFirst()
                        .getField(SELF, "held", "L" + supplier + ";")
                        .invokeInterface(supplier, "get", "()Ljava/lang/Object;")
                        .cast("java/lang/String")
                        .invokeVirtual("java/lang/String", "length", "()I")
                        .giveBack("I"));
        MethodHandle maker = MethodHandles.lookup()
                .findConstructor(define(written), MethodType.methodType(void.class, Supplier.class));

        IntSupplier made = (IntSupplier) maker.invoke((Supplier<Object>) () -> "four");

        assertThat(made.getAsInt()).isEqualTo(4);
        verify(written);
        assertThat(code(written, "<init>").maxStack()).isEqualTo(2);
        assertThat(code(written, "getAsInt").maxStack()).isEqualTo(1);
    }

    @Test
    void aClassIsTheSameAsTheOneThatTheLibraryWrites() {
        ClassDesc self = ClassDesc.ofDescriptor('L' + SELF + ';');
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor("(JLjava/lang/String;D)D");
        ClassWriter written = new ClassWriter(Modifier.FINAL | ClassWriter.SYNTHETIC, SELF, "java/lang/Runnable");
        written.field(Modifier.PRIVATE, "held", "J");
        written.method(Modifier.PUBLIC, "run", "()V");
        written.method(
                Modifier.PUBLIC,
                "of",
                "(JLjava/lang/String;D)D",
                code -> code.loadFirst()
                        .load("J", 1)
                        .putField(SELF, "held", "J")
                        .load("D", 4)
                        .giveBack("D"));

        byte[] library = ClassFile.of()
                .build(
                        self,
                        builder -> builder.withVersion(ClassWriter.VERSION, 0)
                                .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                                .withInterfaceSymbols(ClassDesc.of("java.lang.Runnable"))
                                .withField("held", ConstantDescs.CD_long, ClassFile.ACC_PRIVATE)
                                .withMethod(
                                        "run",
                                        MethodTypeDesc.of(ConstantDescs.CD_void),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT,
                                        method -> {})
                                .withMethodBody(
                                        "of",
                                        type,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(0)
                                                .loadLocal(TypeKind.LONG, 1)
                                                .putfield(self, "held", ConstantDescs.CD_long)
                                                .dload(4)
                                                .dreturn()));
        assertThat(text(written.toByteArray())).isEqualTo(text(library));
        assertThat(code(written, "of").maxStack()).isEqualTo(3);
        assertThat(code(written, "of").maxLocals()).isEqualTo(6);
    }

    @Test
    void itIsOfTheOldestJavaThatTheRuntimeServes() {
        ClassModel model = ClassFile.of().parse(new ClassWriter(0, SELF).toByteArray());

        assertThat(model.majorVersion()).isEqualTo(ClassFile.JAVA_17_VERSION);
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        ClassWriter written = new ClassWriter(0, SELF);

        assertThatIllegalArgumentException().isThrownBy(() -> written.field(0, "é".repeat(32_768), "I"));
        assertThat(new ConstantPool().utf8("é".repeat(32_767))).isEqualTo(1);
    }

    @Test
    void aWrongInstructionIsLeftToTheVerifier() {
        ClassWriter written = new ClassWriter(0, SELF);
        written.method(Modifier.PUBLIC, "wrong", "()I", code -> code.loadFirst().giveBack("I"));

        assertThatThrownBy(() -> define(written)).isInstanceOf(VerifyError.class);
    }

    private static Class<?> define(ClassWriter written) throws IllegalAccessException {
        return MethodHandles.lookup()
                .defineHiddenClass(written.toByteArray(), true, MethodHandles.Lookup.ClassOption.NESTMATE)
                .lookupClass();
    }

    private static void verify(ClassWriter written) {
        assertThat(ClassFile.of().verify(written.toByteArray())).isEmpty();
    }

    private static CodeAttribute code(ClassWriter written, String name) {
        ClassModel model = ClassFile.of().parse(written.toByteArray());
        MethodModel method = model.methods().stream()
                .filter(each -> each.methodName().equalsString(name))
                .findFirst()
                .orElseThrow();
        return (CodeAttribute) method.code().orElseThrow();
    }

    /// What is in a class file, in the order of the library: the instructions name constants by their content.
    private static String text(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        StringBuilder text = new StringBuilder();
        text.append(model.majorVersion()).append(' ').append(model.flags().flagsMask());
        text.append(model.thisClass()).append(model.superclass()).append(model.interfaces());
        model.fields().forEach(field -> text.append(field).append(field.flags().flagsMask()));
        for (MethodModel method : model.methods()) {
            text.append('\n').append(method).append(method.flags().flagsMask());
            method.code().map(CodeModel::elementList).ifPresent(text::append);
        }
        return text.toString();
    }
}
