package com.acme.fields;

import java.lang.reflect.Field;

/// Assigns fields by reflection.
public class Reflection {

    private Object kept;

    public static void set(String name, Object value) throws ReflectiveOperationException {
        field(name).set(null, value);
    }

    public static void setInt(String name, int value) throws ReflectiveOperationException {
        field(name).setInt(null, value);
    }

    public static void setLong(String name, long value) throws ReflectiveOperationException {
        if (value < 0) {
            throw new IllegalArgumentException(name);
        }
        field(name).setLong(null, value);
    }

    public static void setDouble(String name, double value) throws ReflectiveOperationException {
        field(name).setDouble(null, value);
    }

    public static void setBoolean(String name, boolean value) throws ReflectiveOperationException {
        try {
            field(name).setBoolean(null, value);
        } catch (IllegalArgumentException e) {
            field("name").set(null, e.getClass().getSimpleName());
        }
    }

    /// A private field of its own: reflection asks who calls it.
    public static Object own(Object value) throws ReflectiveOperationException {
        Reflection self = new Reflection();
        Reflection.class.getDeclaredField("kept").set(self, value);
        return self.kept;
    }

    private static Field field(String name) throws ReflectiveOperationException {
        return Flags.class.getField(name);
    }
}
