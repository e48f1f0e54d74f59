package dev.repoint.weaver.rules;

/// Kinds of method handles in class files (JVMS 4.4.8).
public final class HandleKind {

    public static final int STATIC_SETTER = 4;
    static final int STATIC = 6;
    static final int SPECIAL = 7;

    private HandleKind() {}
}
