package dev.repoint.weaver;

/// Kinds of method handles in class files (JVMS 4.4.8).
final class HandleKind {

    static final int STATIC_SETTER = 4;
    static final int STATIC = 6;
    static final int SPECIAL = 7;

    private HandleKind() {}
}
