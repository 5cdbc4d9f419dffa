/* Makes TCP connections over loopback and resets them, six state changes each, at a steady rate: CHANGES a second for SECONDS. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    double rate = (argc > 1 ? atof(argv[1]) : 50000) / 6, seconds = argc > 2 ? atof(argv[2]) : 10;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct linger reset = {1, 0};
    socklen_t length = sizeof to;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (void *)&to, length) || listen(listener, 128)) return perror("listen"), 1;
    getsockname(listener, (void *)&to, &length);
    long made = 0;
    double began = now();
    for (double t = began; t - began < seconds; t = now()) {
        for (long due = (t - began) * rate; made < due; made++) {
            int client = socket(AF_INET, SOCK_STREAM, 0);
            if (connect(client, (void *)&to, length)) return perror("connect"), 1;
            int server = accept(listener, 0, 0);
            setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
            close(client);
            close(server);
        }
        usleep(200);
    }
    printf("%ld %.3f\n", made * 6, now() - began);
}
