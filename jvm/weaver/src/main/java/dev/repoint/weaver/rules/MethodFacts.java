package dev.repoint.weaver.rules;

/// The properties of a method that the rules of entries need, regardless of the reader.
interface MethodFacts {

    /// Internal name of its class.
    String owner();

    /// The major version of its class file.
    int majorVersion();

    String name();

    String descriptor();

    /// Its access flags.
    int flags();

    /// The length of its code in bytes, or -1 if it has none.
    int codeLength();

    /// The number of slots that its parameters take, without a receiver.
    int parameterSlots();

    /// The maximum number of bytes by which its code may grow when it moves, in addition to the code before it:
    /// switches are aligned.
    int padding();

    /// The first attribute of its code that may contain offsets which the weaver cannot correct.
    ///
    /// @return its name, or empty if there is none
    String unknownAttribute();

    /// Whether it carries a given annotation with run-time retention.
    ///
    /// @param annotation descriptor of the annotation's class
    boolean carries(String annotation);

    /// Whether its class declares a method.
    boolean hasSibling(String name, String descriptor);
}
