package dev.repoint.bench.change;

import dev.repoint.Mode;
import dev.repoint.Target;
import dev.repoint.bench.calls.Patching;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/// A way to change what [Step#step] does.
enum Mechanism {
    CONSTANT(Step.class) {
        @Override
        Change prepare() {
            return patchable(Mode.CONSTANT);
        }
    },
    POINTER(Step.class) {
        @Override
        Change prepare() {
            return patchable(Mode.POINTER);
        }
    },
    RETRANSFORM(Step.Plain.class) {
        @Override
        Change prepare() {
            Instrumentation instrumentation = ChangeAgent.instrumentation();
            Redefinition redefinition = new Redefinition();
            instrumentation.addTransformer(redefinition, true);
            return changed -> {
                redefinition.changed = changed;
                try {
                    instrumentation.retransformClasses(Step.Plain.class);
                } catch (UnmodifiableClassException e) {
                    throw new IllegalStateException(e);
                }
            };
        }
    };

    /// Makes the function do the one thing or the other.
    @FunctionalInterface
    interface Change {
        void to(boolean changed);
    }

    private final Class<?> owner;

    Mechanism(Class<?> owner) {
        this.owner = owner;
    }

    /// The class with the function that callers call.
    Class<?> owner() {
        return owner;
    }

    /// Makes ready to change; the function still does what it did.
    abstract Change prepare();

    private static Change patchable(Mode mode) {
        var patchable = Patching.apply(Step.lookup(), "step", mode, Step.Targets.class, false);
        return changed -> {
            if (changed) {
                patchable.set(Target.method(Step.Targets.class, "step"));
            } else {
                patchable.reset();
            }
        };
    }

    /// Gives the class with another constant, or as it was. The bytes are made beforehand, as the target of a
    /// patchable is.
    private static final class Redefinition implements ClassFileTransformer {

        private static final String NAME = Step.Plain.class.getName().replace('.', '/');

        private volatile boolean changed;
        private byte @Nullable [] other;

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                String className,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] classFile) {
            if (!className.equals(NAME)) {
                return null;
            }
            if (other == null) {
                other = withOtherConstant(classFile);
            }
            return changed ? other : null;
        }

        private static byte[] withOtherConstant(byte[] classFile) {
            ClassModel model = ClassFile.of().parse(classFile);
            CodeTransform constant = (code, element) -> {
                if (element instanceof ConstantInstruction c
                        && c.constantValue().equals(Step.BEFORE)) {
                    code.loadConstant(Step.AFTER);
                } else {
                    code.with(element);
                }
            };
            return ClassFile.of()
                    .transformClass(
                            model,
                            ClassTransform.transformingMethodBodies(
                                    method -> method.methodName().equalsString("step"), constant));
        }
    }
}
