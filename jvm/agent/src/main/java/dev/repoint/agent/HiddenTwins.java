package dev.repoint.agent;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.link.TwinSource;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.DefaultTwin;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.Weaver;

/// Gives the defaults of methods that were woven in place, from the class file as the JVM has it.
///
/// A field that is assigned there is patched as it is in the class itself.
///
/// @param plan says which fields are patchable
/// @param inPlace gives that class file
/// @param resources gives those of other classes
record HiddenTwins(Plan plan, InPlace inPlace, Resources resources) implements TwinSource {

    @Override
    public byte[] twin(Class<?> owner, String name, String descriptor) {
        Key key = new Key(owner.getName(), name, descriptor);
        byte[] original = inPlace.original(owner);
        if (original == null) {
            throw new PatchException(key + ": the JVM does not give the class file of its default");
        }
        try {
            ClassSource classes = resources.from(owner.getClassLoader());
            byte[] woven = Weaver.of(plan.ofFields())
                    .weave(original, classes, Phase.RETRANSFORM)
                    .bytes();
            return DefaultTwin.of(woven, name, descriptor, classes);
        } catch (WeaveException e) {
            throw new PatchException(key + ": its default cannot be read: " + e.getMessage(), e);
        }
    }
}
