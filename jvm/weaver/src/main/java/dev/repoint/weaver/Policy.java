package dev.repoint.weaver;

import dev.repoint.KeyPattern;
import dev.repoint.KeySyntax;
import dev.repoint.SyntaxException;
import dev.repoint.Target;
import dev.repoint.internal.report.WrongSyntax;

/// A target for a patchable, effective from the first call or read. Written `KEY=TARGET`.
///
/// Immutable.
///
/// @param key one method or field; you can omit the parameters if the name is unique
/// @param target the target
public record Policy(KeyPattern key, Target.Written target) {

    /// Checks the key.
    ///
    /// @throws SyntaxException if it has a wildcard
    public Policy {
        if (!key.isExact()) {
            throw new WrongSyntax("key '" + key + "' has a wildcard; a policy names one method or field");
        }
    }

    /// Parses a policy.
    ///
    /// @param text a key, an equals sign and a target
    /// @return the policy
    /// @throws SyntaxException if the text does not have this form
    public static Policy parse(String text) {
        int equals = KeySyntax.indexOf(text, '=', 0);
        if (equals < 0) {
            throw new WrongSyntax(
                    "'" + text + "' has no target; write KEY=TARGET, such as com.acme.Crc.update=com.acme.Fast.update");
        }
        return new Policy(KeyPattern.parse(text.substring(0, equals)), Target.parse(text.substring(equals + 1)));
    }

    /// The policy as text.
    @Override
    public String toString() {
        return key + "=" + target;
    }
}
