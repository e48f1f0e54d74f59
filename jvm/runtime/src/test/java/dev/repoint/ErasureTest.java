package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.shape.Shape;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Patchables of every erased descriptor: each argument arrives, each result comes back, in every kind of
/// target.
class ErasureTest {

    private static final ClassDesc OWNER = ClassDesc.of("dev.repoint.generated.Owner");
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
            int[].class);
    private static final List<Object> VALUES =
            List.of(true, (byte) -3, 'x', (short) -5, 7, 1L << 40, 0.5f, 1e100, "text", new int[] {1});

    static Stream<MethodType> types() {
        List<MethodType> types = new ArrayList<>();
        for (Class<?> result : TYPES) {
            types.add(MethodType.methodType(result));
            types.add(MethodType.methodType(result, result));
            List<Class<?>> parameters = new ArrayList<>(TYPES);
            Collections.rotate(parameters, TYPES.indexOf(result));
            parameters.add(result);
            types.add(MethodType.methodType(result, parameters));
            types.add(MethodType.methodType(void.class, result));
        }
        return types.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyArgumentAndEveryResultSurvives(MethodType type) throws Throwable {
        Class<?> owner = owner(type);
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
        PatchableMethod patchable = Repoint.find(lookup, owner, "patchable");
        List<Object> arguments =
                type.parameterList().stream().map(ErasureTest::value).toList();
        Object expected = type.returnType() == void.class
                ? null
                : arguments.isEmpty() ? null : arguments.get(arguments.size() - 1);
        MethodHandle call = lookup.findStatic(owner, "patchable", type);
        Object plain = call.invokeWithArguments(arguments);

        // A direct target returns the last argument, where the default returns the first of that type, or zero.
        if (!arguments.isEmpty() && type.returnType() != void.class) {
            patchable.set(Target.of(lookup.findStatic(owner, "last", type)));
            assertThat(call.invokeWithArguments(arguments)).isEqualTo(expected);
            patchable.set(Target.of(MethodHandles.permuteArguments(
                    MethodHandles.identity(type.returnType()), type, type.parameterCount() - 1)));
            assertThat(call.invokeWithArguments(arguments)).isEqualTo(expected);
        }
        if (type.returnType() == void.class) {
            patchable.set(Target.nothing());
            assertThat(call.invokeWithArguments(arguments)).isNull();
        } else {
            patchable.set(Target.constant(value(type.returnType())));
            assertThat(call.invokeWithArguments(arguments)).isEqualTo(value(type.returnType()));
        }
        patchable.reset();
        assertThat(call.invokeWithArguments(arguments)).isEqualTo(plain);
        assertThat(patchable.defaultHandle().invokeWithArguments(arguments)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(classes = {int.class, long.class, String.class})
    void theLargestPatchablesTakeEveryKindOfTarget(Class<?> parameter) throws Throwable {
        int count = Shape.MAX_SLOTS / TypeKind.from(parameter).slotSize();
        MethodType type = MethodType.methodType(parameter, Collections.nCopies(count, parameter));
        assertThat(Shape.slots(type.descriptorString(), true)).isEqualTo(Shape.MAX_SLOTS);
        Class<?> owner = owner(type);
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
        PatchableMethod patchable = Repoint.find(lookup, owner, "patchable");
        Object plain = reflectively(owner, type);

        patchable.set(Target.of(lookup.findStatic(owner, "last", type)));
        assertThat(reflectively(owner, type)).isEqualTo(value(parameter));
        patchable.set(Target.constant(value(parameter)));
        assertThat(reflectively(owner, type)).isEqualTo(value(parameter));
        patchable.set(Target.of(patchable.defaultHandle()));
        assertThat(reflectively(owner, type)).isEqualTo(plain);
        patchable.reset();
        assertThat(reflectively(owner, type)).isEqualTo(plain);
    }

    @Test
    void theLargestPatchableOfNoResultDoesNothing() throws Throwable {
        MethodType type = MethodType.methodType(void.class, Collections.nCopies(Shape.MAX_SLOTS, int.class));
        Class<?> owner = owner(type);
        PatchableMethod patchable = Repoint.find(MethodHandles.lookup(), owner, "patchable");
        patchable.set(Target.nothing());

        assertThat(reflectively(owner, type)).isNull();
        assertThat(patchable.targetName()).isEqualTo("nothing");
    }

    private static Object reflectively(Class<?> owner, MethodType type) throws ReflectiveOperationException {
        var method = owner.getDeclaredMethod("patchable", type.parameterArray());
        method.setAccessible(true);
        Object[] arguments = new Object[type.parameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            boolean last = i == arguments.length - 1;
            arguments[i] = last ? value(type.parameterType(i)) : zero(type.parameterType(i));
        }
        return method.invoke(null, arguments);
    }

    private static Object value(Class<?> type) {
        return VALUES.get(TYPES.indexOf(type));
    }

    private static Object zero(Class<?> type) {
        return type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : "";
    }

    /// A woven class with `patchable`, which returns its first parameter if that has the type of the result,
    /// else zero; and with `last`, which returns its last one.
    private static Class<?> owner(MethodType type) {
        MethodTypeDesc descriptor = MethodTypeDesc.ofDescriptor(type.descriptorString());
        byte[] plain = ClassFile.of().build(OWNER, owner -> {
            owner.withVersion(ClassFile.JAVA_17_VERSION, 0);
            owner.withFlags(ClassFile.ACC_PUBLIC);
            int flags = ClassFile.ACC_STATIC;
            owner.withMethod(
                    "patchable",
                    descriptor,
                    flags,
                    method -> method.with(RuntimeVisibleAnnotationsAttribute.of(
                                    Annotation.of(ClassDesc.of(Patchable.class.getName()))))
                            .withCode(code -> {
                                boolean first = type.parameterCount() > 0 && type.parameterType(0) == type.returnType();
                                TypeKind kind = TypeKind.from(type.returnType());
                                if (first) {
                                    code.loadLocal(kind, 0);
                                } else if (kind == TypeKind.REFERENCE) {
                                    code.aconst_null();
                                } else if (kind != TypeKind.VOID) {
                                    code.loadConstant(0).conversion(TypeKind.INT, kind.asLoadable());
                                }
                                code.return_(kind);
                            }));
            if (type.parameterCount() > 0 && type.lastParameterType() == type.returnType()) {
                owner.withMethodBody(
                        "last",
                        descriptor,
                        flags,
                        code -> code.loadLocal(
                                        TypeKind.from(type.returnType()), code.parameterSlot(type.parameterCount() - 1))
                                .return_(TypeKind.from(type.returnType())));
            }
            owner.withMethodBody(
                    "<init>",
                    MethodTypeDesc.of(ConstantDescs.CD_void),
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .invokespecial(ConstantDescs.CD_Object, "<init>", MethodTypeDesc.of(ConstantDescs.CD_void))
                            .return_());
        });
        byte[] woven = Prologue.weave(plain);
        return new ClassLoader(ErasureTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(null, woven, 0, woven.length);
            }

            @Override
            public InputStream getResourceAsStream(String name) {
                return new ByteArrayInputStream(woven);
            }
        }.define();
    }
}
