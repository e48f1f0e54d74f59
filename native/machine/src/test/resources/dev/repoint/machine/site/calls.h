struct operations {
    int (*get)(int);
    int (*put)(int);
};

int get(int), put(int), same_left(int), same_right(int), twice(int), another(int), hook(int), quiet(int);
extern int (*declared)(int);
