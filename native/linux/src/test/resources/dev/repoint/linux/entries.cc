// Functions whose first instructions are of each class, and threads that call them.
#include <atomic>
#include <cstdint>
#include <cstring>
#include <execinfo.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdexcept>
#include <sys/mman.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#define FUNCTION(name, ...)                                                                                           \
    asm(".pushsection .text\n.p2align 4\n.globl " #name "\n.type " #name ", @function\n" #name ":\n.cfi_startproc\n"  \
        __VA_ARGS__ ".cfi_endproc\n.size " #name ", .-" #name "\n.popsection\n");                                     \
    extern "C" int name(int)

// Each returns its argument plus 1.
#ifdef __aarch64__
// The same for AArch64, where one instruction is moved.
#define FRAME                                                                                                         \
    "stp x29, x30, [sp, #-16]!\n.cfi_def_cfa_offset 16\n.cfi_offset 29, -16\n.cfi_offset 30, -8\n mov x29, sp\n"
#define LEAVE "ldp x29, x30, [sp], #16\n.cfi_restore 29\n.cfi_restore 30\n.cfi_def_cfa_offset 0\n ret\n"
FUNCTION(whole, "add w9, w0, #2\n sub w0, w9, #1\n ret\n");
FUNCTION(frame, FRAME "add w0, w0, #1\n" LEAVE);
FUNCTION(marked, "bti c\n add w0, w0, #1\n ret\n");
FUNCTION(bytes, "paciasp\n.cfi_negate_ra_state\n add w0, w0, #1\n autiasp\n.cfi_negate_ra_state\n ret\n");
FUNCTION(relative, "adrp x9, number\n ldr w9, [x9, #:lo12:number]\n add w0, w0, w9\n ret\n");
asm(".pushsection .rodata\n.p2align 2\nnumber: .int 1\n.popsection\n");
FUNCTION(conditional, "cbz w0, 1f\n add w0, w0, #1\n ret\n1: mov w0, #1\n ret\n");
FUNCTION(jumping, "b 1f\n.skip 140, 0\n1: add w0, w0, #1\n ret\n");
FUNCTION(counted, "tbz w0, #0, 1f\n add w0, w0, #1\n ret\n1: add w0, w0, #1\n ret\n");
FUNCTION(calling, "adr x10, 1f\n mov x9, x30\n blr x10\n mov x30, x9\n ret\n1: add w0, w0, #1\n ret\n");
FUNCTION(small, "add w0, w0, #1\n ret\n");
FUNCTION(stores, "ldr w9, 1f\n add w0, w0, w9\n ret\n1: .word 1\n");
FUNCTION(repeated, "sub w0, w0, #1\n cbnz w0, repeated\n ret\n");
FUNCTION(other, "mov w9, #7\n mul w0, w0, w9\n add w0, w0, #3\n ret\n");
asm(".set .Lframe_here, frame\n");
FUNCTION(directly, FRAME "bl .Lframe_here\n mov w9, #5\n mul w0, w0, w9\n" LEAVE);
FUNCTION(by_slot, FRAME "adrp x9, :got:frame\n ldr x9, [x9, #:got_lo12:frame]\n blr x9\n mov w9, #3\n"
                        "mul w0, w0, w9\n" LEAVE);
#else
FUNCTION(whole, "lea 0x12345679(%rdi), %rax\n sub $0x12345678, %rax\n ret\n");
FUNCTION(frame, "push %rbp\n.cfi_def_cfa_offset 16\n.cfi_offset 6, -16\n mov %rsp, %rbp\n.cfi_def_cfa_register 6\n"
                "lea 1(%rdi), %eax\n pop %rbp\n.cfi_def_cfa 7, 8\n ret\n");
FUNCTION(marked, "endbr64\n push %r15\n.cfi_def_cfa_offset 16\n.cfi_offset 15, -16\n push %r14\n"
                 ".cfi_def_cfa_offset 24\n.cfi_offset 14, -24\n push %r13\n.cfi_def_cfa_offset 32\n"
                 ".cfi_offset 13, -32\n mov %edi, %r13d\n mov $9, %r14d\n mov $8, %r15d\n lea 1(%r13), %eax\n"
                 "pop %r13\n.cfi_def_cfa_offset 24\n pop %r14\n.cfi_def_cfa_offset 16\n pop %r15\n"
                 ".cfi_def_cfa_offset 8\n ret\n");
FUNCTION(bytes, "push %rbx\n.cfi_def_cfa_offset 16\n.cfi_offset 3, -16\n push %rbp\n.cfi_def_cfa_offset 24\n"
                ".cfi_offset 6, -24\n pop %rbp\n.cfi_def_cfa_offset 16\n pop %rbx\n.cfi_def_cfa_offset 8\n nop\n nop\n"
                "lea 1(%rdi), %eax\n ret\n");
FUNCTION(relative, "xor %eax, %eax\n mov number(%rip), %eax\n add %edi, %eax\n ret\n");
asm(".pushsection .rodata\n.p2align 2\nnumber: .int 1\n.popsection\n");
FUNCTION(conditional, "test %edi, %edi\n je 1f\n lea 1(%rdi), %eax\n ret\n1: mov $1, %eax\n ret\n");
FUNCTION(jumping, "xor %eax, %eax\n jmp 1f\n.skip 140, 0xcc\n1: lea 1(%rdi), %eax\n ret\n");
FUNCTION(counted, "mov %edi, %ecx\n jrcxz 1f\n lea 1(%rdi), %eax\n ret\n1: mov $1, %eax\n ret\n");
FUNCTION(calling, "push %rbx\n.cfi_def_cfa_offset 16\n.cfi_offset 3, -16\n call 1f\n pop %rbx\n.cfi_def_cfa_offset 8\n"
                  "ret\n1: lea 1(%rdi), %eax\n ret\n");
FUNCTION(small, "lea 1(%rdi), %eax\n ret\n");
FUNCTION(stores, "xor %eax, %eax\n push %rdi\n.cfi_def_cfa_offset 16\n mov $3, %ecx\n lea -32(%rsp), %rdi\n rep stosb\n"
                 "pop %rdi\n.cfi_def_cfa_offset 8\n lea 1(%rdi), %eax\n ret\n");
FUNCTION(repeated, "rep stosb\n mov %edi, %eax\n nop\n ret\n");
FUNCTION(other, "imul $7, %edi, %eax\n add $3, %eax\n ret\n");

// Targets of frame, which call it by its name.
asm(".set .Lframe_here, frame\n");
FUNCTION(directly, "sub $8, %rsp\n.cfi_adjust_cfa_offset 8\n call .Lframe_here\n imul $5, %eax, %eax\n"
                   "add $8, %rsp\n.cfi_adjust_cfa_offset -8\n ret\n");
FUNCTION(by_slot, "sub $8, %rsp\n.cfi_adjust_cfa_offset 8\n call *frame@GOTPCREL(%rip)\n imul $3, %eax, %eax\n"
                  "add $8, %rsp\n.cfi_adjust_cfa_offset -8\n ret\n");

#endif

typedef int function(int);
static function *const FUNCTIONS[] = {whole, frame, marked, bytes, relative, conditional,
                                      jumping, counted, calling, small, stores};
static const int COUNT = sizeof FUNCTIONS / sizeof *FUNCTIONS;

#ifndef __aarch64__
// One that divides behind 0 to 4 other instructions. With 0 in rcx this ends in the handler of SIGFPE, in which the
// thread waits: its instruction pointer stays there for as long as one likes.
#define DIVIDING(n, before)                                                                                           \
    FUNCTION(divide##n, before "div %cl\n lea 1(%rdi), %eax\n ret\n");
DIVIDING(0, "")
DIVIDING(1, "nop\n")
DIVIDING(2, "nop\n nop\n")
DIVIDING(3, "nop\n nop\n nop\n")
DIVIDING(4, "nop\n nop\n nop\n nop\n")
typedef int dividing(int, int, int, int);
static dividing *const DIVIDING[] = {(dividing *)divide0, (dividing *)divide1, (dividing *)divide2,
                                     (dividing *)divide3, (dividing *)divide4};

// One that calls its second argument: the return address is among its first bytes.
#define CALLING(n, before)                                                                                            \
    FUNCTION(back##n, "push %rbx\n.cfi_def_cfa_offset 16\n.cfi_offset 3, -16\n" before "call *%rsi\n pop %rbx\n"      \
                      ".cfi_def_cfa_offset 8\n inc %eax\n nop\n ret\n");
CALLING(0, "")
CALLING(1, "nop\n")
typedef int calling_back(int, int (*)(int));
static calling_back *const BACK[] = {(calling_back *)back0, (calling_back *)back1};
#endif

static int run(function *f, int x) __attribute__((noinline, section("outermost")));
extern "C" char __start_outermost[], __stop_outermost[];

static int run(function *f, int x) {
    int result = f(x);
    asm volatile(""); // no tail call
    return result;
}

extern "C" {

int by_linkage(int x) {
    return frame(x) * 2;
}

int tailing(int x) {
    return frame(x + 100);
}

// The loader calls choose once.
__attribute__((noinline)) static int chosen_one(int x) {
    asm volatile("");
    return x + 1;
}

static function *choose() {
    return chosen_one;
}

__attribute__((ifunc("choose"))) int indirect(int);

int call_indirect(int x) {
    return indirect(x);
}

static sem_t inside, go;
static std::atomic<long> calls, wrong, samples, cut, in_copy;
static std::atomic<bool> stop;
static int result;
uintptr_t copy_from, copy_to;

// Whether a backtrace from here reaches the code that called.
static bool is_whole() {
    void *frames[64];
    int count = backtrace(frames, 64);
    for (int i = 0; i < count; i++) {
        if ((char *)frames[i] >= __start_outermost && (char *)frames[i] <= __stop_outermost) {
            return true;
        }
    }
    return false;
}

#ifndef __aarch64__
static void divided(int signal, siginfo_t *info, void *context) {
    ucontext_t *c = (ucontext_t *)context;
    uintptr_t at = c->uc_mcontext.gregs[REG_RIP];
    if (at >= copy_from && at < copy_to) {
        in_copy++;
    }
    samples++;
    cut += !is_whole();
    sem_post(&inside);
    while (sem_wait(&go) != 0) {
    }
    c->uc_mcontext.gregs[REG_RAX] = 0;
    c->uc_mcontext.gregs[REG_RCX] = 1;
}
#endif

static void sampled(int signal, siginfo_t *info, void *context) {
    samples++;
    cut += !is_whole();
}

static void handle(int signal, void (*handler)(int, siginfo_t *, void *)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
    sigaction(signal, &action, nullptr);
}

#ifndef __aarch64__
static int which;
static pthread_t one;

static int __attribute__((section("outermost"), noinline)) divide() {
    int result = DIVIDING[which](5, 0, 0, 0);
    asm volatile("");
    return result;
}

static void *divider(void *argument) {
    result = divide();
    return nullptr;
}

// Starts a thread that gets stuck in divide{n}, and waits until it is.
int stick(int n) {
    handle(SIGFPE, divided);
    which = n;
    result = -1;
    if (pthread_create(&one, nullptr, divider, nullptr) != 0) {
        return 1;
    }
    while (sem_wait(&inside) != 0) {
    }
    return 0;
}

int divide_by_one(int n) {
    return DIVIDING[n](5, 0, 0, 1);
}

// Lets the thread go, and waits until it has returned.
int release() {
    sem_post(&go);
    pthread_join(one, nullptr);
    return result;
}

static int waiting(int x) {
    sem_post(&inside);
    while (sem_wait(&go) != 0) {
    }
    return x * 10;
}

static int __attribute__((section("outermost"), noinline)) call_back(int (*f)(int)) {
    int result = BACK[which](5, f);
    asm volatile("");
    return result;
}

static void *caller(void *argument) {
    result = call_back(waiting);
    return nullptr;
}

// Starts a thread that waits in what back{n} calls.
int wait_behind(int n) {
    which = n;
    result = -1;
    if (pthread_create(&one, nullptr, caller, nullptr) != 0) {
        return 1;
    }
    while (sem_wait(&inside) != 0) {
    }
    return 0;
}

static int times_ten(int x) {
    return x * 10;
}

int call_back_at_once(int n) {
    return BACK[n](5, times_ten);
}

static int throwing(int x) {
    throw std::runtime_error("thrown");
}

// 1 if what back{n} calls throws, and that is caught here.
int throw_through(int n) {
    which = n;
    try {
        return call_back(throwing);
    } catch (const std::runtime_error &e) {
        return 1;
    }
}
#endif

static void *__attribute__((section("outermost"), noinline)) thread(void *argument) {
    timer_t timer;
    struct sigevent event;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = SIGPROF;
    event._sigev_un._tid = gettid();
    struct itimerspec times = {{0, 1000000}, {0, 1000000}};
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0) {
        timer_settime(timer, 0, &times, nullptr);
    }
    uint32_t x = (uint32_t)(uintptr_t)argument;
    long count = 0;
    while (!stop) {
        for (int i = 0; i < COUNT; i++) {
            x = x * 1103515245 + 12345;
            int argument = x >> 12;
            int found = run(FUNCTIONS[i], argument);
            bool right = found == argument + 1 || found == 7 * argument + 3 || found == argument + 1001;
            wrong += !right;
            count++;
        }
    }
    calls += count;
    timer_delete(timer);
    return nullptr;
}

static pthread_t threads[8];

int start(int count) {
    void *frames[4];
    backtrace(frames, 4); // loads what it needs
    handle(SIGPROF, sampled);
    for (int i = 0; i < count; i++) {
        if (pthread_create(&threads[i], nullptr, thread, (void *)(uintptr_t)(i + 1)) != 0) {
            return 1;
        }
    }
    return 0;
}

int finish(int count) {
    stop = true;
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], nullptr);
    }
    return 0;
}

// 0 calls, 1 wrong, 2 samples, 3 backtraces that were cut, 4 signals in the copy
int number_of(int what) {
    std::atomic<long> *const counts[] = {&calls, &wrong, &samples, &cut, &in_copy};
    return (int)*counts[what];
}

int init() {
    sem_init(&inside, 0, 0);
    sem_init(&go, 0, 0);
    return 0;
}

// Wraps: calls the function behind a pointer, and adds 1000.
function *wrapped[COUNT];
#define WRAP(n)                                                                                                       \
    int wrap##n(int x) { return wrapped[n](x) + 1000; }
WRAP(0) WRAP(1) WRAP(2) WRAP(3) WRAP(4) WRAP(5) WRAP(6) WRAP(7) WRAP(8) WRAP(9) WRAP(10)
}
