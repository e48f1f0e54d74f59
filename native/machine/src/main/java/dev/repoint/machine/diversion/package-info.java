/// Diversions in files: functions of a linked file that were diverted at their entries, what the file keeps about them,
/// and the way back.
///
/// | section | holds |
/// | --- | --- |
/// | `.repoint.text` | the moved copies, and code between jumps and targets |
/// | `.repoint.except` | landing pads of the copies, as `.gcc_except_table` |
/// | `.repoint.frames` | the unwind entries of the copies, as `.eh_frame` |
/// | `.repoint.index` | the index of all unwind entries of the file, as `.eh_frame_hdr` |
/// | `.repoint.entries` | what was changed, see [DiversionFormat] |
@NullMarked
package dev.repoint.machine.diversion;

import org.jspecify.annotations.NullMarked;
