/// The checks of `repoint doctor`.
@NullMarked
package dev.repoint.cli.doctor;

import org.jspecify.annotations.NullMarked;
