package dev.repoint.gradle;

import org.gradle.api.provider.Property;
import org.gradle.api.provider.SetProperty;

/// The block `repoint { }` of a build script.
public interface RepointExtension extends WeavingOptions {

    /// The source sets whose classes are woven.
    ///
    /// @return their names; `main` by default
    SetProperty<String> getSourceSets();

    /// Whether a pattern that matches nothing makes `repointCheck` fail. Otherwise it warns.
    ///
    /// @return `true` by default
    Property<Boolean> getFailOnUnmatched();
}
