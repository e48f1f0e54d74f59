/// Points: where the target of each patchable is kept, and how it changes.
package dev.repoint.internal.point;
