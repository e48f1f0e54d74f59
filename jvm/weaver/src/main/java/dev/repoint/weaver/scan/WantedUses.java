package dev.repoint.weaver.scan;

import dev.repoint.Key;

/// Selects the methods and fields whose uses are wanted.
public interface WantedUses {

    /// Whether a wanted method or field may have this name. The scanner calls this before it resolves a
    /// reference, because resolution takes time.
    ///
    /// @param name the name of a method or field
    /// @return false if none has it
    boolean couldBeNamed(String name);

    /// Whether the uses of a method or field are wanted.
    ///
    /// @param key the resolved method or field
    /// @param synthetic whether a compiler made it
    /// @return whether its uses are wanted
    boolean include(Key key, boolean synthetic);
}
