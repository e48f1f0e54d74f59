package dev.repoint.weaver.outline;

import java.lang.reflect.Modifier;

/// Access flags of class files (JVMS 4.1, 4.5, 4.6).
public final class AccessFlags {

    public static final int PRIVATE = Modifier.PRIVATE;
    public static final int STATIC = Modifier.STATIC;
    public static final int FINAL = Modifier.FINAL;
    public static final int SYNCHRONIZED = Modifier.SYNCHRONIZED;
    public static final int BRIDGE = 0x0040;
    public static final int VARARGS = 0x0080;
    public static final int NATIVE = Modifier.NATIVE;
    public static final int INTERFACE = Modifier.INTERFACE;
    public static final int ABSTRACT = Modifier.ABSTRACT;
    public static final int STRICT = Modifier.STRICT;
    public static final int SYNTHETIC = 0x1000;

    private AccessFlags() {}
}
