package dev.repoint.it.libraries;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;

/// Links every class of a jar on the class path, which makes the JVM verify it, and prints a line for each: its
/// name, and `ok` or the error. Argument: the jar.
public final class LinkAll {

    private LinkAll() {}

    public static void main(String[] args) throws IOException {
        try (JarFile jar = new JarFile(args[0])) {
            List<String> names = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class")
                            && !name.startsWith("META-INF/")
                            && !name.equals("module-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted(Comparator.naturalOrder())
                    .toList();
            for (String name : names) {
                System.out.println(name + " " + link(name));
            }
        }
    }

    private static String link(String name) {
        try {
            var _ = Class.forName(name, false, ClassLoader.getSystemClassLoader())
                    .getDeclaredMethods(); // this links it
            return "ok";
        } catch (ClassNotFoundException | LinkageError e) {
            return e.toString().lines().findFirst().orElse("");
        }
    }
}
