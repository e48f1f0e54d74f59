package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.internal.classfile.Body;
import dev.repoint.internal.classfile.BodyCopy;
import dev.repoint.internal.classfile.UncopiableException;
import dev.repoint.shape.Shape;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.WeaveResult;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Every method of real classes, woven and copied: the verifier of the JDK accepts the copies.
class BodyCopyCorpusTest {

    private static final int STEP = 9;

    private final ClassFile verifier = RealClasses.verifier();
    private int copied;
    private int refused;

    @Test
    void bodiesOfJavaBaseCanBeCopied() throws IOException {
        RealClasses.ofJavaBase(STEP, this::copy);

        assertThat(copied).isGreaterThan(1000);
        assertThat(refused).isLessThan(copied / 100);
    }

    @Test
    void bodiesOfAJarCanBeCopied() throws Exception {
        RealClasses.ofAJar(STEP, this::copy);

        assertThat(copied).isGreaterThan(200);
        assertThat(refused).isLessThan(copied / 100);
    }

    private void copy(Path file, byte[] classFile) {
        WeaveResult woven = Weaver.of(Try.patchable("**")).weave(classFile, Throwaway::bytesOf, Phase.RETRANSFORM);
        for (PatchedEntry entry : woven.entries()) {
            String descriptor = entry.key().descriptor();
            Body body = Bodies.of(woven.bytes(), entry.key().name(), descriptor);
            boolean isStatic = isStatic(woven.bytes(), entry.key().name(), descriptor);
            BodyCopy.Interface shape = new BodyCopy.Interface(
                    Shape.nameOf(descriptor, isStatic), Shape.METHOD, Shape.callDescriptor(descriptor, isStatic));
            try {
                byte[] copy = BodyCopy.of(body, Bodies.LINK_PACKAGE, inherited(classFile), shape);
                assertThat(verifier.verify(copy))
                        .as("%s of %s", entry.key(), file)
                        .isEmpty();
                copied++;
            } catch (UncopiableException e) {
                refused++;
            }
        }
    }

    private static boolean isStatic(byte[] classFile, String name, String descriptor) {
        for (MethodModel method : ClassFile.of().parse(classFile).methods()) {
            if (method.methodName().equalsString(name) && method.methodType().equalsString(descriptor)) {
                return method.flags().has(AccessFlag.STATIC);
            }
        }
        throw new AssertionError("no method " + name + descriptor);
    }

    /// The protected members that a class inherits, as its class files show.
    private static Predicate<String> inherited(byte[] classFile) {
        Set<String> members = new HashSet<>();
        byte[] next = classFile;
        while (next != null) {
            ClassModel model = ClassFile.of().parse(next);
            if (next != classFile) {
                model.methods().stream()
                        .filter(each -> each.flags().has(AccessFlag.PROTECTED))
                        .forEach(each -> members.add(each.methodName().stringValue() + " "
                                + each.methodType().stringValue()));
                model.fields().stream()
                        .filter(each -> each.flags().has(AccessFlag.PROTECTED))
                        .forEach(each -> members.add(each.fieldName().stringValue() + " "
                                + each.fieldType().stringValue()));
            }
            next = model.superclass()
                    .map(each -> Throwaway.bytesOf(each.asInternalName()))
                    .orElse(null);
        }
        return members::contains;
    }
}
