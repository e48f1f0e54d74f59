package dev.repoint.weaver.build;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.TargetSpec;

/// A target that a patchable is to have from its first call on, written `KEY=TARGET`.
///
/// @param key names one method; its parameters may be left out where the name is enough
/// @param target what it is to lead to
record BuildPolicy(KeyPattern key, TargetSpec target) {

    /// Checks the key.
    ///
    /// @throws PatchException if it has a wildcard
    BuildPolicy {
        if (!key.isExact()) {
            throw new PatchException("key '" + key + "' has a wildcard; a policy names one method");
        }
    }

    /// Reads one.
    ///
    /// @throws PatchException if the text has no such form
    static BuildPolicy parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new PatchException(
                    "'" + text + "' has no target; write KEY=TARGET, such as com.acme.Crc.update=com.acme.Fast.update");
        }
        return new BuildPolicy(
                KeyPattern.parse(text.substring(0, equals)), TargetSpec.parse(text.substring(equals + 1)));
    }

    /// As it is written.
    @Override
    public String toString() {
        return key + "=" + target;
    }
}
