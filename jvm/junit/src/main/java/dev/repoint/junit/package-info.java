/// Overrides of patchables for the duration of a test: [Retarget] and [Overrides].
package dev.repoint.junit;
