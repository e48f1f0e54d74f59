#include <stdio.h>

int val(int x);
int calls(int x);
int jumps(int x);
int imports(int x);
int (*takes(void))(int);
extern int (*pointer)(int);

int main(int count, char **arguments) {
    printf("near %d\ncalls %d\njumps %d\ntakes %d\npointer %d\nimports %d\n", val(count), calls(count), jumps(count),
           takes()(count), pointer(count), imports(-count));
    return 0;
}
