package dev.repoint.weaver.splice;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The attributes that splicing must know (JVMS 4.7).
enum AttributeKind {
    CODE("Code"),
    BOOTSTRAP_METHODS("BootstrapMethods"),
    LINE_NUMBERS("LineNumberTable"),
    LOCAL_VARIABLES("LocalVariableTable"),
    LOCAL_VARIABLE_TYPES("LocalVariableTypeTable"),
    STACK_MAP("StackMapTable"),
    ANNOTATIONS("RuntimeVisibleAnnotations"),
    VISIBLE_TYPE_ANNOTATIONS("RuntimeVisibleTypeAnnotations"),
    INVISIBLE_TYPE_ANNOTATIONS("RuntimeInvisibleTypeAnnotations"),
    OTHER("");

    private final String text;
    private final byte[] ascii;

    AttributeKind(String text) {
        this.text = text;
        this.ascii = text.getBytes(StandardCharsets.US_ASCII);
    }

    /// The name in class files.
    String text() {
        return text;
    }

    /// The kind with a given name.
    static AttributeKind of(byte[] bytes, int at, int length) {
        AttributeKind likely = switch (length) {
            case 4 -> CODE;
            case 13 -> STACK_MAP;
            case 15 -> LINE_NUMBERS;
            case 16 -> BOOTSTRAP_METHODS;
            case 18 -> LOCAL_VARIABLES;
            case 22 -> LOCAL_VARIABLE_TYPES;
            case 25 -> ANNOTATIONS;
            case 29 -> VISIBLE_TYPE_ANNOTATIONS;
            case 31 -> INVISIBLE_TYPE_ANNOTATIONS;
            default -> OTHER;
        };
        return Arrays.equals(bytes, at, at + length, likely.ascii, 0, likely.ascii.length) ? likely : OTHER;
    }
}
