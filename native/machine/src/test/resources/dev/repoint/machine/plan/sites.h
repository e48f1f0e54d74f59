/* What the parts of the program share. */
typedef int (*function_type)(int);

struct operations {
    long version;
    function_type first;
    function_type second;
};

int work(int x);
int other(int x);
int wrapping(int x);
int spare(int x);

extern function_type pointer;
extern struct operations operations;
extern const struct operations other_operations;
extern const struct operations short_operations;
