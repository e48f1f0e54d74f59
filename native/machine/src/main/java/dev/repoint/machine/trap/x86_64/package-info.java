/// Traps of x86-64 Linux: machine code that runs in a thread which met a breakpoint, and does there what the
/// instruction would have done.
///
/// # Primer
///
/// `int3` (`cc`) is one byte long, so it fits in front of any instruction, and one byte is always stored whole.
/// A thread that runs it enters the kernel, which calls the handler of SIGTRAP in that thread: with the
/// registers of the C calling convention (`rdi` the signal, `rsi` a `siginfo_t`, `rdx` a `ucontext_t`), on the
/// thread's own stack or its signal stack. What the handler writes into the `ucontext_t` is what the thread
/// continues with.
///
/// | in `siginfo_t` | offset | in `ucontext_t` | offset |
/// | --- | --- | --- | --- |
/// | `si_code` | 8 | `rax` | 144 |
/// | | | `rsp` | 160 |
/// | | | `rip`, which points behind the `int3` | 168 |
/// | | | `eflags` | 176 |
///
/// # Specifications
///
/// [Intel 64 and IA-32 Architectures Software Developer's Manual](https://www.intel.com/sdm), volume 2 (`INT3`)
/// and volume 3, "Handling Self- and Cross-Modifying Code"; [System V psABI for
/// AMD64](https://gitlab.com/x86-psABIs/x86-64-ABI), chapter 3; Linux `sigaction(2)`, `rt_sigreturn(2)`.
@NullMarked
package dev.repoint.machine.trap.x86_64;

import org.jspecify.annotations.NullMarked;
