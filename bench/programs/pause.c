/*
 * pause PID  watches from outside how long a process is stopped by a tracer, by the state of its first thread in /proc ('t'), looking
 *            every 20 us; ends when it runs again, or has gone, and prints the milliseconds.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static char state(int stat) {
    char line[512] = "";
    const char *name_end = pread(stat, line, sizeof line - 1, 0) > 0 ? strrchr(line, ')') : NULL;
    return name_end ? name_end[2] : 'X';
}

int main(int count, char **words) {
    char path[64];
    if (count != 2)
        return 2;
    snprintf(path, sizeof path, "/proc/%s/stat", words[1]);
    int stat = open(path, O_RDONLY);
    prctl(PR_SET_TIMERSLACK, 1);
    double start = 0, end = 0, quiet = now() + 20000;
    /* A tracer lets it go several times in between, to make its calls: 100 ms without a stop are the end. */
    for (char seen = state(stat); seen != 'X' && seen != 'Z' && now() < quiet; seen = state(stat)) {
        if (seen == 't') {
            start = start ? start : now();
            end = now();
            quiet = end + 100;
        }
        usleep(20);
    }
    printf("%.3f\n", end - start);
}
