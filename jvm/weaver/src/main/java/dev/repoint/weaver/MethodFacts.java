package dev.repoint.weaver;

/// What the rules of entries have to know of a method, wherever it was read from.
interface MethodFacts {

    /// Internal name of its class.
    String owner();

    /// The major version of its class file.
    int majorVersion();

    String name();

    String descriptor();

    /// Its access flags.
    int flags();

    /// How many bytes its code has, or -1 if it has none.
    int codeLength();

    /// By how many bytes its code may grow at most when it moves, beside what stands before it: its switches are
    /// aligned.
    int padding();

    /// Whether it carries an annotation that is kept at run time.
    ///
    /// @param annotation descriptor of the annotation's class
    boolean carries(String annotation);

    /// Whether its class declares a method.
    boolean hasSibling(String name, String descriptor);
}
