package dev.repoint.it.api;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.ExceptionsAttribute;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.constant.ClassDesc;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The public API of a module, as its class files have it: each public or protected class and member of a package that
/// the module exports to everyone, one a line. Members that the compiler adds are left out, but those of records and
/// enums are in it: callers compile against them.
final class PublicApi {

    private static final Set<AccessFlag> TOLD =
            Set.of(AccessFlag.PUBLIC, AccessFlag.PROTECTED, AccessFlag.STATIC, AccessFlag.FINAL, AccessFlag.ABSTRACT);

    private final Path classes;

    private PublicApi(Path classes) {
        this.classes = classes;
    }

    /// The lines.
    ///
    /// @param classes the folder of the compiled classes, with the module's descriptor
    static List<String> of(Path classes) throws IOException {
        ModuleDescriptor module;
        try (InputStream bytes = Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(bytes);
        }
        List<String> exported = module.exports().stream()
                .filter(Predicate.not(ModuleDescriptor.Exports::isQualified))
                .map(ModuleDescriptor.Exports::source)
                .sorted()
                .toList();
        List<String> lines = new ArrayList<>();
        for (String each : exported) {
            lines.addAll(new PublicApi(classes).linesOf(each));
        }
        return lines;
    }

    private List<String> linesOf(String name) throws IOException {
        Path folder = classes.resolve(name.replace('.', '/'));
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
        List<String> lines = new ArrayList<>();
        for (Path file : files) {
            ClassModel model = ClassFile.of().parse(file);
            if (isSeen(model)) {
                lines.add(header(model));
                members(model).forEach(member -> lines.add("    " + member));
            }
        }
        return lines;
    }

    /// Whether a class is public, and those around it too.
    private boolean isSeen(ClassModel model) throws IOException {
        String self = model.thisClass().asInternalName();
        if (self.endsWith("package-info")) {
            return false;
        }
        var inner = model.findAttribute(Attributes.innerClasses())
                .flatMap(all -> all.classes().stream()
                        .filter(each -> each.innerClass().asInternalName().equals(self))
                        .findFirst());
        if (inner.isEmpty()) {
            return model.flags().has(AccessFlag.PUBLIC);
        }
        InnerClassInfo info = inner.get();
        boolean open = info.has(AccessFlag.PUBLIC) || info.has(AccessFlag.PROTECTED);
        if (!open || info.outerClass().isEmpty()) {
            return false;
        }
        String outer = info.outerClass().get().asInternalName();
        return isSeen(ClassFile.of().parse(classes.resolve(outer + ".class")));
    }

    private static String kind(ClassModel model) {
        if (model.flags().has(AccessFlag.ANNOTATION)) {
            return "@interface";
        }
        if (model.flags().has(AccessFlag.INTERFACE)) {
            return "interface";
        }
        if (model.flags().has(AccessFlag.ENUM)) {
            return "enum";
        }
        return model.findAttribute(Attributes.record()).isPresent() ? "record" : "class";
    }

    private static String header(ClassModel model) {
        String kind = kind(model);
        String sealed = model.findAttribute(Attributes.permittedSubclasses()).isPresent() ? "sealed " : "";
        String isFinal = kind.equals("class") && model.flags().has(AccessFlag.FINAL) ? "final " : "";
        String isAbstract = kind.equals("class") && model.flags().has(AccessFlag.ABSTRACT) ? "abstract " : "";
        String above = model.superclass()
                .map(type -> type.asInternalName().replace('/', '.'))
                .filter(type -> !Set.of("java.lang.Object", "java.lang.Record", "java.lang.Enum")
                        .contains(type))
                .map(type -> " extends " + type)
                .orElse("");
        String interfaces = model.interfaces().stream()
                .map(type -> type.asInternalName().replace('/', '.'))
                .collect(Collectors.joining(", "));
        return sealed + isAbstract + isFinal + kind + " "
                + model.thisClass().asInternalName().replace('/', '.')
                + above
                + (interfaces.isEmpty() ? "" : " implements " + interfaces);
    }

    private static Set<String> members(ClassModel model) {
        Set<String> members = new TreeSet<>();
        for (FieldModel field : model.fields()) {
            if (isSeen(field.flags()::has)) {
                String constant = field.findAttribute(Attributes.constantValue())
                        .map(value -> " = " + value.constant().constantValue())
                        .orElse("");
                members.add(flags(field.flags()::has) + name(field.fieldTypeSymbol()) + " "
                        + field.fieldName().stringValue() + constant);
            }
        }
        for (MethodModel method : model.methods()) {
            if (isSeen(method.flags()::has)) {
                members.add(text(model, method));
            }
        }
        return members;
    }

    private static String text(ClassModel model, MethodModel method) {
        String name = method.methodName().stringValue();
        boolean isConstructor = name.equals("<init>");
        String parameters = method.methodTypeSymbol().parameterList().stream()
                .map(PublicApi::name)
                .collect(Collectors.joining(", ", "(", ")"));
        String exceptions = method.findAttribute(Attributes.exceptions())
                .map(PublicApi::text)
                .orElse("");
        boolean isDefault = model.flags().has(AccessFlag.ANNOTATION)
                && method.findAttribute(Attributes.annotationDefault()).isPresent();
        return flags(method.flags()::has)
                + (isConstructor ? "new" : name(method.methodTypeSymbol().returnType()) + " " + name)
                + parameters
                + exceptions
                + (isDefault ? " default" : "");
    }

    private static String text(ExceptionsAttribute exceptions) {
        return " throws "
                + exceptions.exceptions().stream()
                        .map(each -> each.asInternalName().replace('/', '.'))
                        .collect(Collectors.joining(", "));
    }

    private static boolean isSeen(Predicate<AccessFlag> has) {
        return (has.test(AccessFlag.PUBLIC) || has.test(AccessFlag.PROTECTED)) && !has.test(AccessFlag.SYNTHETIC);
    }

    private static String flags(Predicate<AccessFlag> has) {
        return TOLD.stream()
                .filter(has)
                .sorted()
                .map(flag -> flag.name().toLowerCase(Locale.ROOT) + " ")
                .collect(Collectors.joining());
    }

    private static String name(ClassDesc type) {
        if (type.isArray()) {
            return name(type.componentType()) + "[]";
        }
        return type.isPrimitive()
                ? type.displayName()
                : type.descriptorString()
                        .substring(1, type.descriptorString().length() - 1)
                        .replace('/', '.');
    }
}
