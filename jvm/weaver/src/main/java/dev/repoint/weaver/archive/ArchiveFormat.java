package dev.repoint.weaver.archive;

/// The format of a file, according to its content.
public enum ArchiveFormat {

    /// A zip file.
    JAR("jar"),

    /// A directory of class files.
    DIRECTORY("directory"),

    /// One class file.
    CLASS("class");

    private final String text;

    ArchiveFormat(String text) {
        this.text = text;
    }

    /// The word in reports.
    ///
    /// @return `jar`, `directory` or `class`
    public String text() {
        return text;
    }
}
