/* Structs of all shapes, and lines that an optimiser does not merge. */
typedef int (*callback)(int);
typedef callback nested_callback;

struct io {
    int (*read)(void *, long);
    const nested_callback write;
    long pad;
};

struct incomplete;

struct ops {
    char first;
    int (*flush)(int);
    struct {
        void (*unnamed)(void);
        union {
            callback in_union;
            long other;
        };
    };
    struct io io;
    struct ops *next;
    struct incomplete *opaque;
    callback many[2];
    void *data;
    unsigned bits : 3;
    volatile callback last;
};

__attribute__((noinline, used))
int flush_default(int x) {
    if (x > 3)
        return x * 7;
    return x + 1;
}

struct ops ops = {.first = 1, .flush = flush_default};
static const struct ops constant_ops = {.first = 2, .last = flush_default};
typedef struct ops ops_type;
volatile ops_type typed_ops;
struct ops *pointer_to_ops = &ops;
struct ops array_of_ops[2];
union either {
    long number;
    callback call;
} either;
int plain;
callback alone = flush_default;

__attribute__((noinline, used))
int run(int x) {
    int sum = ops.flush(x) + constant_ops.first;
    for (int i = 0; i < x; i++)
        sum += typed_ops.first + plain;
    if (constant_ops.last)
        sum += constant_ops.last(sum);
    return sum + (int) either.number + pointer_to_ops->first + array_of_ops[1].first + alone(x);
}

int main(int count, char **arguments) {
    return run(count) == 4711;
}
