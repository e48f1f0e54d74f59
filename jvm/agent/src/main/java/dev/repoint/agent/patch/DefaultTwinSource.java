package dev.repoint.agent.patch;

import dev.repoint.Key;
import dev.repoint.agent.weave.ClassFiles;
import dev.repoint.agent.weave.Retransformer;
import dev.repoint.agent.weave.WeavePlan;
import dev.repoint.internal.agent.TwinSource;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.DefaultTwin;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.Weaver;

/// Makes the defaults of methods that were woven in place, from the class file of the JVM.
///
/// Uses of patchable fields are woven there as in the class itself.
///
/// @param plan decides which fields are patchable
/// @param inPlace supplies this class file
/// @param resources supplies the class files of other classes
public record DefaultTwinSource(WeavePlan plan, Retransformer retransformer, ClassFiles classFiles)
        implements TwinSource {

    @Override
    public byte[] twin(Class<?> owner, String name, String descriptor) {
        Key key = new Key(owner.getName(), name, descriptor);
        byte[] original = retransformer.original(owner);
        if (original == null) {
            throw new PatchRefusal(key, ": the JVM does not give the class file of its default");
        }
        try {
            ClassSource classes = classFiles.from(owner.getClassLoader());
            byte[] woven = Weaver.of(plan.ofFields())
                    .weave(original, classes, Phase.RETRANSFORM)
                    .bytes();
            return DefaultTwin.of(woven, name, descriptor, classes);
        } catch (WeaveException e) {
            throw new PatchRefusal(key, ": its default cannot be read: " + e.getMessage(), e);
        }
    }
}
