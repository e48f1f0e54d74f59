package dev.repoint.bench.weave;

/// What is made patchable, for both weavers.
///
/// @param owner internal name of the one class, or empty for all
/// @param method the name of the one method, or empty for all
record Selected(String owner, String method) {

    static final Selected ALL = new Selected("", "");

    static Selected one(String key) {
        int dot = key.lastIndexOf('.');
        return new Selected(key.substring(0, dot).replace('.', '/'), key.substring(dot + 1));
    }

    boolean hasOwner(String internalName) {
        return owner.isEmpty() || owner.equals(internalName);
    }

    boolean hasMethod(String name) {
        return method.isEmpty() || method.equals(name);
    }

    /// The same as a pattern of keys.
    String pattern() {
        return owner.isEmpty() ? "**" : owner.replace('/', '.') + "." + method;
    }
}
