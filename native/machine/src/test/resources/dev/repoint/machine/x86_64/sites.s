# One function for each form of a site. Each returns 7, unless what its site leads to returns something else.
# "field_X" is the place that a relocation of the site X names.

        .text

        .globl  first, second, room
first:                                          # the default
        mov     $1, %eax
        ret
second:                                         # the target
        mov     $2, %eax
        ret

        .balign 16
room:                                           # for veneers
        .fill   64, 1, 0xcc

        .macro  begin name
        .globl  site_\name, field_\name
site_\name:
        sub     $8, %rsp
        mov     $7, %eax
        .endm

        .macro  end
        add     $8, %rsp
        ret
        .endm

        begin   call
        .byte   0xe8
field_call:
        .long   first - . - 4
        end

        begin   addr32_call                     # made by a linker of call *slot(%rip)
        .byte   0x67, 0xe8
field_addr32_call:
        .long   first - . - 4
        end

        begin   rex_call                        # the call of __tls_get_addr
        .byte   0x66, 0x66, 0x48, 0xe8
field_rex_call:
        .long   first - . - 4
        end

        begin   bnd_call
        .byte   0xf2, 0xe8
field_bnd_call:
        .long   first - . - 4
        end

        begin   call_nop                        # made by a linker of call *slot(%rip)
        .byte   0xe8
field_call_nop:
        .long   first - . - 4
        nop
        end

        begin   pointer_call
        .byte   0xff, 0x15
field_pointer_call:
        .long   slot - . - 4
        end

        begin   notrack_call
        .byte   0x3e, 0xff, 0x15
field_notrack_call:
        .long   slot - . - 4
        end

        .macro  tail name
        .globl  site_\name, field_\name
site_\name:
        mov     $7, %eax
        .endm

        tail    jump
        .byte   0xe9
field_jump:
        .long   first - . - 4

        tail    jump_nop                        # made by bfd of jmp *slot(%rip)
        .byte   0xe9
field_jump_nop:
        .long   first - . - 4
        nop

        tail    jump_nop_late                   # made by gold and lld of jmp *slot(%rip)
        .byte   0xe9
        .long   first - . - 4
field_jump_nop_late = . - 3
        nop

        tail    conditional_jump
        test    %eax, %eax
        .byte   0x0f, 0x85
field_conditional_jump:
        .long   first - . - 4
        ud2

        tail    pointer_jump
        .byte   0xff, 0x25
field_pointer_jump:
        .long   slot - . - 4

        .data
        .balign 8
slot:
        .quad   first

        .section .note.GNU-stack, "", @progbits
