/// x86-64.
///
/// # Primer
///
/// An instruction is 1 to 15 bytes long: prefixes, an opcode of one to three bytes, then perhaps a ModRM byte,
/// a SIB byte, a displacement and an immediate value. Numbers are little-endian. A displacement of 4 bytes
/// counts from the *end* of its instruction. The ModRM byte has three parts, `mod` (2 bits), `reg` (3) and `rm`
/// (3); `mod`=00 with `rm`=101 means "a displacement from the instruction pointer", written `name(%rip)`, so
/// these ModRM bytes are 05, 0d, 15, 1d, 25, 2d, 35 and 3d.
///
/// | bytes | instruction | as a site |
/// | --- | --- | --- |
/// | `e8 rel32` | `call name` | call |
/// | `67 e8 rel32` | `addr32 call name`, made by a linker of `call *slot(%rip)` | call, from its `e8` on |
/// | `e9 rel32` | `jmp name` | jump |
/// | `e9 rel32 90` | `jmp name; nop`, made by a linker of `jmp *slot(%rip)` | jump |
/// | `0f 80+cc rel32` | `jcc name` | conditional jump |
/// | `ff 15 disp32` | `call *slot(%rip)` | pointer call |
/// | `ff 25 disp32` | `jmp *slot(%rip)` | pointer jump |
/// | `eb rel8`, `70+cc rel8` | `jmp`, `jcc` | too short to be patched |
/// | `48 8d 05 disp32` | `lea name(%rip),%rax` | address |
/// | `48 8b 05 disp32` | `mov slot(%rip),%rax` | pointer load |
///
/// Direct branches reach 2 GiB in both directions.
///
/// # Specifications
///
/// [Intel 64 and IA-32 Architectures Software Developer's Manual](https://www.intel.com/sdm), volume 2, chapter
/// 2 (format) and appendix A (opcode maps); [System V psABI for
/// AMD64](https://gitlab.com/x86-psABIs/x86-64-ABI), chapter 4 (relocations) and appendix B (what linkers may
/// rewrite).
@NullMarked
package dev.repoint.machine.x86_64;

import org.jspecify.annotations.NullMarked;
