/* Small files with one of everything: the seeds of the fuzzer. */
struct ops {
    int (*open)(int);
    struct {
        void (*close)(void);
    };
};

extern int imported(int);
extern int imported_value;

__attribute__((noinline)) static int near(int x) { return x + imported_value; }
__attribute__((noinline, patchable_function_entry(4, 2))) int padded(int x) { return near(x) + imported(x); }
static int opened(int x) { return padded(x) + 1; }
struct ops ops = {opened};
int (*pointer)(int) = padded;
_Thread_local int of_thread;

int run(int x) {
    if (x > of_thread)
        return padded(x);
    return ops.open(x) + pointer(x) + near(x);
}
