package dev.repoint.bench.change;

import dev.repoint.bench.calls.Patching;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.function.IntUnaryOperator;

/// Generated classes, each with a method that calls the function a thousand times and is compiled on its own.
final class Callers {

    /// How often one caller calls the function.
    static final int CALLS = 1_000;

    private static final String PREFIX = Callers.class.getPackageName() + ".Caller";
    private static final MethodTypeDesc INT_TO_INT = MethodTypeDesc.ofDescriptor("(I)I");

    private Callers() {}

    static IntUnaryOperator[] make(int count, Class<?> owner) {
        IntUnaryOperator[] callers = new IntUnaryOperator[count];
        for (int i = 0; i < count; i++) {
            try {
                Class<?> caller = MethodHandles.lookup().defineClass(classFile(i, owner));
                callers[i] = (IntUnaryOperator) caller.getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return callers;
    }

    /// Proves that every caller reaches what it should.
    ///
    /// @param what whose callers they are
    /// @param changed whether they should reach what the function is changed to
    static void check(String what, IntUnaryOperator[] callers, boolean changed) {
        int expected = 1;
        for (int i = 0; i < CALLS; i++) {
            expected = Integer.rotateLeft(expected, 5) + (changed ? Step.AFTER : Step.BEFORE);
        }
        for (IntUnaryOperator caller : callers) {
            Patching.check(what + ": a caller", caller.applyAsInt(1), expected);
        }
    }

    /// Whether a line of the code cache's listing is the compiled form of a caller, by the optimising compiler:
    /// `compileId level state method(signature) [...]`.
    static boolean isCompiledCaller(String line) {
        String[] parts = line.strip().split("\\s+", 4);
        return parts.length == 4
                && parts[1].equals("4")
                && parts[3].startsWith(PREFIX)
                && parts[3].contains(".applyAsInt(");
    }

    private static byte[] classFile(int index, Class<?> owner) {
        ClassDesc self = ClassDesc.of(PREFIX + index);
        ClassDesc called = ClassDesc.ofDescriptor(owner.descriptorString());
        return ClassFile.of()
                .build(
                        self,
                        caller -> caller.withFlags(ClassFile.ACC_FINAL)
                                .withInterfaceSymbols(ClassDesc.of(IntUnaryOperator.class.getName()))
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        0,
                                        code -> code.aload(0)
                                                .invokespecial(
                                                        ConstantDescs.CD_Object,
                                                        ConstantDescs.INIT_NAME,
                                                        ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody("applyAsInt", INT_TO_INT, ClassFile.ACC_PUBLIC, code -> {
                                    Label next = code.newLabel();
                                    Label end = code.newLabel();
                                    code.iconst_0()
                                            .istore(2)
                                            .labelBinding(next)
                                            .iload(2)
                                            .sipush(CALLS)
                                            .if_icmpge(end)
                                            .iload(1)
                                            .invokestatic(called, "step", INT_TO_INT)
                                            .istore(1)
                                            .iinc(2, 1)
                                            .goto_(next)
                                            .labelBinding(end)
                                            .iload(1)
                                            .ireturn();
                                }));
    }
}
