package dev.repoint.it.arrows;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The classes that a class file refers to, by binary name, itself left out.
///
/// Everything a class file says about a class stands in its constant pool: as a class constant, or in a
/// descriptor or a signature of a member, an instruction, an annotation or a bootstrap method. Text that the
/// program itself handles (string constants) is no reference.
final class ClassFileReferences {

    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w$]+(?:/[\\w$-]+)*)[;<]");

    private ClassFileReferences() {}

    static Set<String> of(ClassModel classFile) {
        Set<Integer> texts = new HashSet<>();
        for (PoolEntry entry : classFile.constantPool()) {
            if (entry instanceof StringEntry text) {
                texts.add(text.utf8().index());
            }
        }
        Set<String> names = new TreeSet<>();
        for (PoolEntry entry : classFile.constantPool()) {
            switch (entry) {
                case ClassEntry named -> addClass(named.asInternalName(), names);
                case Utf8Entry text when !texts.contains(text.index()) -> addDescriptor(text.stringValue(), names);
                default -> {}
            }
        }
        names.remove(classFile.thisClass().asInternalName().replace('/', '.'));
        return names;
    }

    private static void addClass(String name, Set<String> names) {
        if (name.startsWith("[")) {
            addDescriptor(name, names);
        } else {
            names.add(name.replace('/', '.'));
        }
    }

    private static void addDescriptor(String text, Set<String> names) {
        Matcher matcher = IN_DESCRIPTOR.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1).replace('/', '.'));
        }
    }
}
