package dev.repoint.weaver.inplace;

import dev.repoint.weaver.splice.InPlace;
import dev.repoint.weaver.splice.UseOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form for the class-file library against which this package is compiled.
public final class WithLibrary implements InPlace {

    @Override
    public byte @Nullable [] weave(byte[] classFile, Map<Integer, List<UseOrder>> uses) {
        return InPlaceWeaving.weave(classFile, uses);
    }
}
