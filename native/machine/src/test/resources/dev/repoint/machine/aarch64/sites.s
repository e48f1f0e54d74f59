// One function for each form of a site. Each returns 7, unless what its site leads to returns something else.
// "field_X" is the place that a relocation of the site X names.

        .text

        .globl  first, second, third, room
first:                                          // the default
        mov     w0, #1
        ret
second:                                         // the target
        mov     w0, #2
        ret

        .macro  begin name
        .globl  site_\name, field_\name
site_\name:
        stp     x29, x30, [sp, #-16]!
        mov     w0, #7
field_\name:
        .endm

        .macro  end
        ldp     x29, x30, [sp], #16
        ret
        .endm

        .macro  tail name
        .globl  site_\name, field_\name
site_\name:
        mov     w0, #7
        .endm

        begin   call
        bl      first
        end

        tail    jump
field_jump:
        b       first

        tail    b_cond
        cmp     w0, #7
field_b_cond:
        b.eq    first
        udf     #0

        tail    cbnz
field_cbnz:
        cbnz    w0, first
        udf     #0

        tail    tbnz
field_tbnz:
        tbnz    w0, #2, first
        udf     #0

        .balign 16
room:                                           // for veneers
        .fill   64, 1, 0

        .skip   2 << 20
third:                                          // a target that conditional branches do not reach
        mov     w0, #3
        ret

        .section .note.GNU-stack, "", @progbits
