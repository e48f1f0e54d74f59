/*
 * The native side of the stress: threads and a timer signal that call sites, and judge what they return.
 *
 * The sites themselves are in an assembly source beside this one. Version v of the program is what is in effect after
 * the v-th patch. A call that begins when patch c is complete and ends when patch s has begun must return what one of
 * the versions from c to s returns. Nor may it return what only versions return that are older than one that the same
 * thread has seen already: a patch is seen as a whole.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define GROUPS 16
#define VERSIONS 65536
#define JAVA_GROUP 12
#define MAX_THREADS 8

enum kind { CALL, JUMP, CONDITIONAL, POINTER_CALL, POINTER_JUMP, RELAXED_CALL, RELAXED_JUMP, ENTRY, SLOT_CALL, LOADED_SLOT, FUNCTION };
enum state { DEFAULT, OTHER, FAR_OR_JAVA, NOTHING, ZERO };

struct site {
    int64_t address;
    int64_t kind;
    int64_t condition;
    int64_t group;
    int64_t (*caller)(int64_t);
    int64_t *pointer;
};

extern struct site stress_sites[];
extern int64_t stress_site_count;

struct counters {
    int64_t calls;
    int64_t wrong;
    int64_t unjudged;
    int64_t backwards;
    /* The oldest version that explains all that the thread has seen. */
    int64_t seen;
    int64_t fill[3];
};

uint8_t stress_history[VERSIONS][GROUPS];
_Atomic int64_t stress_completed;
_Atomic int64_t stress_started;
/* site, argument, result, completed, started of the first wrong call */
int64_t stress_first_wrong[5];
/* Whether there was one. */
_Atomic int stress_told;

static _Atomic int stop;
static pthread_t threads[MAX_THREADS];
static struct counters counters[MAX_THREADS];
static int thread_count;
static timer_t timer;
static int64_t timer_pause;
static _Atomic int64_t timer_calls, timer_wrong, timer_backwards;

/* Whether a condition of x86-64 holds after "cmp $1000,%edi". */
static int holds(int condition, int32_t a)
{
    int32_t b = 1000;
    int32_t difference = (int32_t)((uint32_t)a - (uint32_t)b);
    int overflow = ((a ^ b) & (a ^ difference)) < 0;
    int result;
    switch (condition >> 1) {
    case 0: result = overflow; break;
    case 1: result = (uint32_t)a < (uint32_t)b; break;
    case 2: result = a == b; break;
    case 3: result = (uint32_t)a <= (uint32_t)b; break;
    case 4: result = difference < 0; break;
    case 5: result = !__builtin_parity((uint8_t)difference); break;
    case 6: result = a < b; break;
    default: result = a <= b; break;
    }
    return result ^ (condition & 1);
}

static int64_t expected(const struct site *site, int state, int64_t x)
{
    if (site->kind == CONDITIONAL && !holds((int)site->condition, (int32_t)x))
        return x + 0x777;
    switch (state) {
    case DEFAULT: return site->kind == ENTRY || site->kind == FUNCTION ? x + 0x777 : 3 * x + 1;
    case OTHER: return 5 * x + 2;
    case FAR_OR_JAVA: return site->group == JAVA_GROUP ? 11 * x + 4 : 7 * x + 3;
    case NOTHING: return x + 0x1234567;
    default: return 0;
    }
}

static void tell(int index, int64_t x, int64_t result, int64_t first, int64_t last)
{
    if (!atomic_exchange(&stress_told, 1)) {
        int64_t wrong[5] = {index, x, result, first, last};
        memcpy(stress_first_wrong, wrong, sizeof wrong);
    }
}

/* Calls a site, and counts what it returned. */
void stress_check(int index, int64_t x, struct counters *into)
{
    const struct site *site = &stress_sites[index];
    int64_t completed = atomic_load(&stress_completed);
    int64_t result = site->caller(x);
    int64_t started = atomic_load(&stress_started);
    int64_t version;
    into->calls++;
    if (started - completed > VERSIONS / 2) {
        into->unjudged++;
        return;
    }
    for (version = completed > into->seen ? completed : into->seen; version <= started; version++)
        if (result == expected(site, stress_history[version % VERSIONS][site->group], x)) {
            into->seen = version;
            return;
        }
    for (version = completed; version < into->seen; version++)
        if (result == expected(site, stress_history[version % VERSIONS][site->group], x)) {
            into->backwards++;
            tell(index, x, result, into->seen, started);
            return;
        }
    into->wrong++;
    tell(index, x, result, completed, started);
}

static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Half of the arguments are near the number that conditional sites compare with. */
static int64_t argument(uint64_t random)
{
    return random & 1 ? 990 + (int64_t)(random >> 8) % 20 : (int32_t)(random >> 16);
}

/* Threads that call leave a busy machine to the one that patches: or calls meet no patch there. */
static void stand_back(void)
{
    static _Thread_local int done;
    if (!done) {
        done = 1;
        nice(9); /* of this thread alone, in Linux */
    }
}

void stress_burst(uint64_t *seed, int64_t calls, struct counters *into)
{
    stand_back();
    for (int64_t i = 0; i < calls; i++) {
        uint64_t random = random_next(seed);
        stress_check((int)(random % (uint64_t)stress_site_count), argument(random_next(seed)), into);
    }
}

static void *native_thread(void *counter)
{
    uint64_t seed = 88172645463325252ull ^ (uint64_t)(uintptr_t)counter;
    while (!atomic_load_explicit(&stop, memory_order_relaxed))
        stress_burst(&seed, 1000, counter);
    return 0;
}

static int64_t nanos(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000ll + now.tv_nsec;
}

static int timer_again(int64_t pause)
{
    struct itimerspec once = {{0, 0}, {pause / 1000000000, pause % 1000000000}};
    return timer_settime(timer, 0, &once, 0);
}

/*
 * Calls no site that leads to Java: a JVM cannot be entered from the handler of a signal. The next signal comes when four
 * times as long has passed as this one took: or a slow machine would do nothing else.
 */
static void on_timer(int signal)
{
    int64_t start = nanos();
    static uint64_t shared = 2463534242ull;
    uint64_t seed = shared++ * 0x9e3779b97f4a7c15ull | 1;
    struct counters own = {0};
    (void)signal;
    for (int i = 0; i < 20; i++) {
        uint64_t random = random_next(&seed);
        int index = (int)(random % (uint64_t)stress_site_count);
        if (stress_sites[index].group == JAVA_GROUP)
            continue;
        stress_check(index, argument(random_next(&seed)), &own);
    }
    atomic_fetch_add(&timer_calls, own.calls);
    atomic_fetch_add(&timer_wrong, own.wrong);
    atomic_fetch_add(&timer_backwards, own.backwards);
    int64_t least = 4 * (nanos() - start);
    timer_again(least > timer_pause ? least : timer_pause);
}

/* Returns 0, or the number of what failed. */
int stress_start(int count, int64_t timer_nanos)
{
    struct sigaction action;
    struct sigevent event;
    atomic_store(&stop, 0);
    timer_pause = timer_nanos;
    thread_count = count < MAX_THREADS ? count : MAX_THREADS;
    for (int i = 0; i < thread_count; i++)
        if (pthread_create(&threads[i], 0, native_thread, &counters[i]))
            return 1;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_timer;
    action.sa_flags = SA_RESTART;
    if (sigaction(SIGRTMIN + 5, &action, 0))
        return 2;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGRTMIN + 5;
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) || timer_again(timer_nanos))
        return 3;
    return 0;
}

/* Adds up what native threads and timer have counted: calls, wrong, unjudged, calls of the timer, backwards. */
void stress_finish(int64_t into[5])
{
    timer_delete(timer);
    atomic_store(&stop, 1);
    for (int i = 0; i < thread_count; i++) {
        pthread_join(threads[i], 0);
        into[0] += counters[i].calls;
        into[1] += counters[i].wrong;
        into[2] += counters[i].unjudged;
        into[4] += counters[i].backwards;
    }
    into[1] += atomic_load(&timer_wrong);
    into[3] = atomic_load(&timer_calls);
    into[4] += atomic_load(&timer_backwards);
}
