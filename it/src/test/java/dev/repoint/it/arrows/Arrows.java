package dev.repoint.it.arrows;

import java.lang.classfile.ClassModel;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares what the classes of a room refer to with what they may refer to.
final class Arrows {

    private static final Map<String, String> JDK = packagesOfTheJdk();

    private Arrows() {}

    /// One line for each reference that `room` does not allow; it names the class and what it refers to.
    static List<String> violations(Room room, Collection<ClassModel> classes) {
        List<String> found = new ArrayList<>();
        for (ClassModel classFile : classes) {
            String name = nameOf(classFile);
            for (String used : ClassFileReferences.of(classFile)) {
                String itsPackage = packageOf(used);
                Optional<String> module = Optional.ofNullable(JDK.get(itsPackage));
                if (!room.mayUse(itsPackage, module)) {
                    found.add(room.name() + ": " + name + " refers to " + used
                            + module.map(of -> " of " + of).orElse("") + ", which this room may not use");
                }
            }
        }
        return found;
    }

    static String nameOf(ClassModel classFile) {
        return classFile.thisClass().asInternalName().replace('/', '.');
    }

    static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }

    private static Map<String, String> packagesOfTheJdk() {
        Map<String, String> modules = new HashMap<>();
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            String name = module.descriptor().name();
            module.descriptor().packages().forEach(each -> modules.put(each, name));
        }
        return modules;
    }
}
