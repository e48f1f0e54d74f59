package dev.repoint.it.arrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The compiled main classes of a room.
public final class ClassFolder {

    private ClassFolder() {}

    /// The classes of `room` without its module descriptor, in the order of their paths.
    static List<ClassModel> of(Room room) {
        Path folder = of(room.folder());
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("module-info.class"))
                    .sorted()
                    .map(ClassFolder::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the compiler put the classes of the room at `folder`.
    public static Path of(String folder) {
        return Path.of(System.getProperty("repoint.home"), folder, "target", "classes");
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
