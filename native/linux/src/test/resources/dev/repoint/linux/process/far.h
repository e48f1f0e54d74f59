/* A call with a value in each register that a call may hand something over in, and with the carry flag: all are summed up. */
#define SUM(name, more) __attribute__((naked, noipa)) long name(long n) { \
    __asm__("lea " #more "(%rax,%r10), %rax\n\tadc %r11, %rax\n\tadd %rdi, %rax\n\tret"); }

#define CALL(name, result) do { \
    long sum = 0x100; \
    long argument = 0x8; \
    __asm__ volatile("mov $0x10, %%r10\n\tmov $0x20, %%r11\n\tstc\n\tcall " #name \
        : "+a"(sum), "+D"(argument) : : "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "memory", "cc"); \
    result = sum - 0x139; \
} while (0)
