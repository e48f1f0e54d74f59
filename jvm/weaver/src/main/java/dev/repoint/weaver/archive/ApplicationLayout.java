package dev.repoint.weaver.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The folders of classes and libraries in a jar that contains an application.
///
/// | layout | classes | libraries | list of libraries |
/// | --- | --- | --- | --- |
/// | Spring Boot | `BOOT-INF/classes/` | `BOOT-INF/lib/` | `BOOT-INF/classpath.idx` |
/// | web application | `WEB-INF/classes/` | `WEB-INF/lib/` | `WEB-INF/classpath.idx`, if Spring Boot starts it |
///
/// @param folder `BOOT-INF/` or `WEB-INF/`
record ApplicationLayout(String folder) {

    private static final List<ApplicationLayout> ALL =
            List.of(new ApplicationLayout("BOOT-INF/"), new ApplicationLayout("WEB-INF/"));

    /// The layout of a jar, or null if it has neither layout.
    static @Nullable ApplicationLayout of(List<String> names) {
        for (ApplicationLayout layout : ALL) {
            for (String name : names) {
                if (name.startsWith(layout.classes()) || name.startsWith(layout.libraries())) {
                    return layout;
                }
            }
        }
        return null;
    }

    /// The folder of the classes.
    String classes() {
        return folder + "classes/";
    }

    /// The folder of the libraries.
    String libraries() {
        return folder + "lib/";
    }

    /// The file that lists the libraries in the order of the class path; it need not exist.
    String list() {
        return folder + "classpath.idx";
    }
}
