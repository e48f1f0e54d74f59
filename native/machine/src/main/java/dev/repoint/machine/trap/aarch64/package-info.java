/// Traps of AArch64 Linux: machine code that runs in a thread which met a breakpoint, and does there what the
/// instruction would have done.
///
/// # Primer
///
/// `brk` is one word, as every instruction, and an aligned word is always stored whole. A thread that runs it enters the
/// kernel, which calls the handler of SIGTRAP in that thread: with the registers of the C calling convention (`x0` the
/// signal, `x1` a `siginfo_t`, `x2` a `ucontext_t`). What the handler writes into the `ucontext_t` is what the thread
/// continues with.
///
/// | in `siginfo_t` | offset | in `ucontext_t` | offset |
/// | --- | --- | --- | --- |
/// | `si_code` | 8 | `uc_sigmask` | 40 |
/// | | | `x30`, the return address | 424 |
/// | | | `pc`, which points at the `brk` | 440 |
/// | | | `pstate` | 448 |
///
/// Registers hold no constant of 64 bits that was not loaded: such constants stand behind the code.
///
/// # Specifications
///
/// [Arm Architecture Reference Manual](https://developer.arm.com/documentation/ddi0487), B2.2.5 "Concurrent modification
/// and execution of instructions", C6.2; Linux `arch/arm64/include/uapi/asm/sigcontext.h`.
@NullMarked
package dev.repoint.machine.trap.aarch64;

import org.jspecify.annotations.NullMarked;
