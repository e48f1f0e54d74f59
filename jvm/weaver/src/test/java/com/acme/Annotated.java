package com.acme;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Has annotations on types inside a body.
public class Annotated {

    @Target(ElementType.TYPE_USE)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Noted {}

    public static String noted(Object in) {
        Ops.nothing();
        @Noted String local = (@Noted String) in;
        return local + new @Noted Object().getClass();
    }
}
