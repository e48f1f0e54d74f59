/// What a patchable is to lead to at first: by the policy of the operator, and by offers.
package dev.repoint.internal.policy;
