int util_run(const char *name);

static int started;
__attribute__((constructor)) static void start(void) { started = 1; }

int main(int count, char **arguments) {
    return util_run(arguments[count - 1]) == 0 && started ? 1 : 0;
}
