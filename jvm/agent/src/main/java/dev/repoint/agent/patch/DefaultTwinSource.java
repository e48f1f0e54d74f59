package dev.repoint.agent.patch;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.agent.weave.ClassFiles;
import dev.repoint.agent.weave.Retransformer;
import dev.repoint.agent.weave.WeavePlan;
import dev.repoint.internal.agent.TwinSource;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.DefaultTwin;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.Weaver;

/// Builds the defaults of methods that were woven in place, from the class file that the JVM has.
///
/// Uses of patchable fields are woven there as in the class itself.
///
/// @param plan says which fields are patchable
/// @param inPlace gives that class file
/// @param resources gives those of other classes
public record DefaultTwinSource(WeavePlan plan, Retransformer retransformer, ClassFiles classFiles)
        implements TwinSource {

    @Override
    public byte[] twin(Class<?> owner, String name, String descriptor) {
        Key key = new Key(owner.getName(), name, descriptor);
        byte[] original = retransformer.original(owner);
        if (original == null) {
            throw new PatchException(key + ": the JVM does not give the class file of its default");
        }
        try {
            ClassSource classes = classFiles.from(owner.getClassLoader());
            byte[] woven = Weaver.of(plan.ofFields())
                    .weave(original, classes, Phase.RETRANSFORM)
                    .bytes();
            return DefaultTwin.of(woven, name, descriptor, classes);
        } catch (WeaveException e) {
            throw new PatchException(key + ": its default cannot be read: " + e.getMessage(), e);
        }
    }
}
