/// Entries: functions of linked files that are diverted at their own first instructions.
///
/// A jump overwrites the first instructions of a function, behind what must stay first (`endbr64`, `bti c`,
/// `paciasp`). A copy of what it overwrites stands elsewhere, and ends with a jump back behind it: that is the
/// function as it was.
///
/// ```
/// f:     endbr64              f:     endbr64              copy:  endbr64
///        sub  $8,%rsp                jmp  target                 sub  $8,%rsp
///        mov  x(%rip),%rax    f+9:   (rest of mov)               mov  x(%rip),%rax    # adjusted
/// f+15:  ...                  f+15:  ...                         jmp  f+15
/// ```
///
/// [EntryPlanner] says whether a function can be diverted so, and why not.
///
/// All addresses are those of the file. A program that is loaded elsewhere adds the same distance to each.
@NullMarked
package dev.repoint.machine.entry;

import org.jspecify.annotations.NullMarked;
