/* A conditional tail call: compilers make them, but not when asked to. */
    .section .text.row_conditional, "ax", %progbits
    .globl row_conditional
    .type row_conditional, %function
row_conditional:
#if defined(__x86_64__)
    mov %edi, %eax
    test %edi, %edi
    jne conditional@PLT
    ret
#elif defined(__aarch64__)
    cbz w0, 1f
    b conditional
1:  ret
#endif
    .size row_conditional, . - row_conditional
    .section .note.GNU-stack, "", %progbits
