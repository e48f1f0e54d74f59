package dev.repoint.weaver;

import java.lang.reflect.Modifier;

/// Access flags of class files (JVMS 4.1, 4.5, 4.6).
final class AccessFlags {

    static final int PRIVATE = Modifier.PRIVATE;
    static final int STATIC = Modifier.STATIC;
    static final int FINAL = Modifier.FINAL;
    static final int SYNCHRONIZED = Modifier.SYNCHRONIZED;
    static final int BRIDGE = 0x0040;
    static final int VARARGS = 0x0080;
    static final int NATIVE = Modifier.NATIVE;
    static final int INTERFACE = Modifier.INTERFACE;
    static final int ABSTRACT = Modifier.ABSTRACT;
    static final int STRICT = Modifier.STRICT;
    static final int SYNTHETIC = 0x1000;

    private AccessFlags() {}
}
