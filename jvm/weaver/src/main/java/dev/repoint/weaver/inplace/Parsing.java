package dev.repoint.weaver.inplace;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ShortJumpsOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Objects;

/// The options of the Class-File API.
///
/// The library drops stack map frames, and [BodyTransform] adds them again. So the library never asks its hierarchy
/// resolver. (The default resolver would load classes.) The library does not lengthen short jumps, because this also
/// needs frames.
public final class Parsing {

    static {
        // In JDK 25, MethodTypeDesc.ofDescriptor fails if it runs before ConstantDescs has been initialised.
        Objects.requireNonNull(ConstantDescs.CD_Object);
    }

    /// Reads and writes classes with these options.
    public static final ClassFile CONTEXT = ClassFile.of(
            StackMapsOption.DROP_STACK_MAPS,
            ShortJumpsOption.FAIL_ON_SHORT_JUMPS,
            ClassHierarchyResolverOption.of(new NoHierarchy()));

    private Parsing() {}

    // No lambdas here: the first ones of a program cost milliseconds, and an agent runs this before it.

    private static final class NoHierarchy implements ClassHierarchyResolver {
        @Override
        public ClassHierarchyInfo getClassInfo(ClassDesc type) {
            throw new AssertionError("weaving needs no class hierarchy, but was about to look for " + type);
        }
    }
}
