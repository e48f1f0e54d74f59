package dev.repoint.internal.report;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/// What a patch did to one patchable. Its fields are for the recorder to read.
@Name("dev.repoint.Patch")
@Label("Patch")
@Category("Repoint")
@Description("A patchable was pointed elsewhere; the duration is that of the whole patch")
final class PatchEvent extends Event {

    @Label("Patch")
    @Description("The number of the patch in this JVM: those of one patch came into effect at one moment")
    private long patch;

    @Label("Key")
    private @Nullable String key;

    @Label("Old Target")
    private @Nullable String oldTarget;

    @Label("New Target")
    private @Nullable String newTarget;

    @Label("Sites")
    @Description("How many places had linked to the patchable; its entry counts as one")
    private int sites;

    void commit(long number, ChangeRecord changed) {
        patch = number;
        key = changed.key();
        oldTarget = changed.from();
        newTarget = changed.to();
        sites = changed.links();
        commit();
    }
}
