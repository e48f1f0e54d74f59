package dev.repoint.weaver;

import java.lang.classfile.AttributeMapper;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.AttributeMapperOption;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ShortJumpsOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The options of the Class-File API.
///
/// The library drops stack map frames, and [BodyTransform] adds them again. So the library never asks its hierarchy
/// resolver. (The default resolver would load classes.) The library does not lengthen short jumps, because this also
/// needs frames.
final class Parsing {

    static {
        // In JDK 25, MethodTypeDesc.ofDescriptor fails if it runs before ConstantDescs has been initialised.
        Objects.requireNonNull(ConstantDescs.CD_Object);
    }

    /// The offset of the major version (JVMS 4.1).
    private static final int VERSION = 6;

    /// Reads and writes classes with these options.
    static final ClassFile CONTEXT = ClassFile.of(
            StackMapsOption.DROP_STACK_MAPS,
            ShortJumpsOption.FAIL_ON_SHORT_JUMPS,
            ClassHierarchyResolverOption.of(new NoHierarchy()),
            AttributeMapperOption.of(new OwnAttributes()));

    private Parsing() {}

    /// Reads a class file.
    ///
    /// @throws WeaveException if its Java version is later than the library's
    static ClassModel parse(byte[] classFile) {
        requireKnown(classFile);
        return CONTEXT.parse(classFile);
    }

    /// Checks the version. Its position is the same in all versions of the format.
    ///
    /// @throws WeaveException if it is later than the library's
    static void requireKnown(byte[] classFile) {
        int version =
                classFile.length < VERSION + 2 ? 0 : (classFile[VERSION] & 0xff) << 8 | classFile[VERSION + 1] & 0xff;
        if (version > ClassFile.latestMajorVersion()) {
            throw WeaveException.newer(version);
        }
    }

    /// A failure of the library with the class file that is being woven.
    static WeaveException failed(String internalName, RuntimeException cause) {
        return failure(internalName, "woven", cause);
    }

    /// A failure of the library with another class file.
    static WeaveException unreadable(String internalName, RuntimeException cause) {
        return failure(internalName, "read", cause);
    }

    private static WeaveException failure(String internalName, String what, RuntimeException cause) {
        String detail = String.valueOf(cause.getMessage());
        int lineEnd = detail.indexOf('\n'); // the library may add a listing of the code
        return new WeaveException(
                "class " + internalName.replace('/', '.') + " cannot be " + what + ": "
                        + (lineEnd < 0 ? detail : detail.substring(0, lineEnd)),
                cause);
    }

    // No lambdas here: the first ones of a program cost milliseconds, and an agent runs this before it.

    private static final class NoHierarchy implements ClassHierarchyResolver {
        @Override
        public ClassHierarchyInfo getClassInfo(ClassDesc type) {
            throw new AssertionError("weaving needs no class hierarchy, but was about to look for " + type);
        }
    }

    private static final class OwnAttributes implements Function<Utf8Entry, @Nullable AttributeMapper<?>> {
        @Override
        public @Nullable AttributeMapper<?> apply(Utf8Entry name) {
            return name.equalsString(WovenMark.MAPPER.name()) ? WovenMark.MAPPER : null;
        }
    }
}
