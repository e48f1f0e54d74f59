package dev.repoint.agent;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.link.TwinSource;
import dev.repoint.weaver.DefaultTwin;
import dev.repoint.weaver.WeaveException;

/// Gives the defaults of methods that were woven in place, from the class file as the JVM has it.
///
/// @param inPlace gives that class file
/// @param resources gives those of other classes
record HiddenTwins(InPlace inPlace, Resources resources) implements TwinSource {

    @Override
    public byte[] twin(Class<?> owner, String name, String descriptor) {
        Key key = new Key(owner.getName(), name, descriptor);
        byte[] original = inPlace.original(owner);
        if (original == null) {
            throw new PatchException(key + ": the JVM does not give the class file of its default");
        }
        try {
            return DefaultTwin.of(original, name, descriptor, resources.from(owner.getClassLoader()));
        } catch (WeaveException e) {
            throw new PatchException(key + ": its default cannot be read: " + e.getMessage(), e);
        }
    }
}
