/// Overrides of patchables that last as long as a test: [Retarget] and [Overrides].
package dev.repoint.junit;
