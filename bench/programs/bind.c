/* bind COUNT  makes a socket, binds it to 127.0.0.1:8081 and closes it, so often. Prints the microseconds of the first, and of each. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

int main(int argc, char **argv) {
    int count = argc > 1 ? atoi(argv[1]) : 1;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(8081), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    double start = micros(), first = 0;
    for (int i = 0; i < count; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        if (bind(fd, (void *)&to, sizeof to)) return perror("bind"), 1;
        close(fd);
        if (!i) first = micros() - start;
    }
    printf("%.1f %.1f\n", first, (micros() - start) / count);
}
