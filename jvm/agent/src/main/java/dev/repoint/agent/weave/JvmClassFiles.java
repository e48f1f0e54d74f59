package dev.repoint.agent.weave;

import dev.repoint.Key;
import dev.repoint.internal.agent.LoadedClassFiles;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.weave.Weaver;
import org.jspecify.annotations.Nullable;

/// The class files of loaded classes, from the JVM, with everything that this agent has woven into them.
public final class JvmClassFiles implements LoadedClassFiles {

    private final WeaveLog weaveLog;
    private final Retransformer retransformer;
    private final ClassFiles classFiles;

    public JvmClassFiles(WeaveLog weaveLog, Retransformer retransformer, ClassFiles classFiles) {
        this.weaveLog = weaveLog;
        this.retransformer = retransformer;
        this.classFiles = classFiles;
    }

    @Override
    public boolean isWoven(Class<?> owner, String name, String descriptor) {
        Key key = new Key(Key.nameOf(owner), name, descriptor);
        return weaveLog.hasEntry(owner.getClassLoader(), ClassFiles.internalName(owner), key);
    }

    /// Most classes were woven as they were loaded, from the file that their loader gives. Then the same is done once
    /// more: a transformation of the loaded class would stop the program for a moment.
    @Override
    public byte @Nullable [] of(Class<?> loaded) {
        ClassLoader loader = loaded.getClassLoader();
        String name = ClassFiles.internalName(loaded);
        byte[] file = ClassFiles.read(loader, name);
        Weaver weaver = file == null ? null : weaveLog.onlyAtLoad(loader, name, file);
        if (file != null && weaver != null) {
            return weaver.weave(file, classFiles.from(loader), Phase.LOAD).bytes();
        }
        return retransformer.current(loaded);
    }
}
