package dev.repoint.linux;

import dev.repoint.linux.module.LoadedModule;
import dev.repoint.machine.site.Patchable;

/// A module that imports a function, and its row for it.
record Import(LoadedModule module, Patchable patchable) {}
