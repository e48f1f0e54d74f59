package dev.repoint.it.jdks;

import java.io.IOException;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// Links and verifies all classes of a woven library, and calls it.
final class Loads {

    private Loads() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        int loaded = 0;
        try (JarFile jar = new JarFile(args[0])) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.startsWith("com/google/") && name.endsWith(".class")) {
                    String type =
                            name.substring(0, name.length() - ".class".length()).replace('/', '.');
                    try {
                        Class<?> unused = Class.forName(type, true, Loads.class.getClassLoader());
                        loaded++;
                    } catch (VerifyError | ClassFormatError e) {
                        throw e;
                    } catch (LinkageError e) {
                        // it needs a library that is not here
                    }
                }
            }
        }
        Object factorial = Class.forName("com.google.common.math.IntMath")
                .getMethod("factorial", int.class)
                .invoke(null, 10);
        System.out.println("loaded " + loaded + " classes, " + factorial);
    }
}
