/// The ledger in the memory of a patched process: which places were changed, what they held, and where each
/// patchable goes now.
@NullMarked
package dev.repoint.linux.ledger;

import org.jspecify.annotations.NullMarked;
