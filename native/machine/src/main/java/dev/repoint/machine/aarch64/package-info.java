/// AArch64, the 64-bit state of Arm.
///
/// # Primer
///
/// Every instruction is one word of 4 bytes, little-endian, at an address that is a multiple of 4. Distances
/// count from the *start* of the instruction. `x16` and `x17` may be changed between a call and its callee, so
/// veneers and entries of the procedure linkage table use them. A constant address takes two instructions:
/// `adrp` gives the page of 4 KiB, 4 GiB in both directions, and `add` or `ldr` adds the place in the page.
///
/// | word | instruction | reach | as a site |
/// | --- | --- | --- | --- |
/// | `94000000` + imm26 | `bl name` | 128 MiB | call |
/// | `14000000` + imm26 | `b name` | 128 MiB | jump |
/// | `54000000` + imm19 | `b.cond name` | 1 MiB | conditional jump |
/// | `34000000`, `35000000` + imm19 | `cbz`, `cbnz` | 1 MiB | conditional jump |
/// | `36000000`, `37000000` + imm14 | `tbz`, `tbnz` | 32 KiB | conditional jump |
/// | `10000000` + imm21 | `adr x0, name` | 1 MiB | address |
/// | `90000000` + imm21, `91000000` + imm12 | `adrp x0, page; add x0, x0, #place` | 4 GiB | address |
/// | `90000000` + imm21, `f9400000` + imm12 | `adrp x0, page; ldr x0, [x0, #place]` | 4 GiB | pointer load |
///
/// There is no branch through a pointer in memory: `-fno-plt` gives a pointer load and then `blr`. What can be
/// patched there is the slot.
///
/// # Specifications
///
/// [Arm Architecture Reference Manual for A-profile](https://developer.arm.com/documentation/ddi0487/),
/// chapters C4 (encodings) and C6 (instructions); [ELF for the Arm 64-bit
/// Architecture](https://github.com/ARM-software/abi-aa), `aaelf64`, section 5.7 (relocations).
@NullMarked
package dev.repoint.machine.aarch64;

import org.jspecify.annotations.NullMarked;
