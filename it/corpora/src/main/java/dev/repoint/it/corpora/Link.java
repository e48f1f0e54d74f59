package dev.repoint.it.corpora;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// Links every class of a jar on the class path, so that the JVM verifies it. Prints one line for each: its name, and `ok`
/// or the error.
///
/// Argument: the jar.
public final class Link {

    private static final String SUFFIX = ".class";

    private Link() {}

    public static void main(String[] arguments) throws IOException {
        try (JarFile jar = new JarFile(arguments[0])) {
            List<String> names = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("META-INF/"))
                    .map(name ->
                            name.substring(0, name.length() - SUFFIX.length()).replace('/', '.'))
                    .filter(name -> !name.endsWith("module-info"))
                    .sorted()
                    .toList();
            for (String name : names) {
                System.out.println(name + " " + link(name));
            }
        }
    }

    private static String link(String name) {
        try {
            var unused = Class.forName(name, false, ClassLoader.getSystemClassLoader())
                    .getDeclaredMethods(); // this links it
            return "ok";
        } catch (ClassNotFoundException | LinkageError e) {
            return e.toString().lines().findFirst().orElse("");
        }
    }
}
