package dev.repoint.gradle;

import org.gradle.api.provider.ListProperty;
import org.gradle.api.tasks.Input;

/// What to weave. Names and syntax are those of the agent's options.
public interface WeavingOptions {

    /// Methods that are patchable at their entry, and fields, besides those that carry the annotation.
    ///
    /// @return keys, such as `com.acme.Crc.update` or `com.acme.**`
    @Input
    ListProperty<String> getPatchable();

    /// Methods whose calls are patchable, in the calling classes: those of libraries and of the JDK, native and abstract
    /// ones.
    ///
    /// @return keys
    @Input
    ListProperty<String> getSites();

    /// The classes whose calls of [#getSites()] are patchable; empty for all. The agent calls this option `in`, which
    /// is a word of Kotlin and Groovy.
    ///
    /// @return patterns of classes, such as `com.acme.**`
    @Input
    ListProperty<String> getCallsIn();

    /// Classes that stay as they are. Wins over all others.
    ///
    /// @return patterns of classes
    @Input
    ListProperty<String> getExclude();

    /// The policy of the program. It makes the keys patchable, and lets `repointCheck` verify keys and targets. The
    /// program applies it, the build does not.
    ///
    /// @return lines `KEY=TARGET`
    @Input
    ListProperty<String> getPolicy();
}
