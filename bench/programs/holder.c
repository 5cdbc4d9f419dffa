/* holder PORT THREADS: accepts one connection on 127.0.0.1 and never closes it, with so many threads besides, half of which work. */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void *idle(void *pipe_end) {
    char byte;
    read(*(int *)pipe_end, &byte, 1);
    return NULL;
}

static void *working(void *nothing) {
    for (;;)
        usleep(1000);
    return nothing;
}

int main(int count, char **words) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int ends[2], on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    pthread_t thread;
    if (count != 3 || pipe(ends))
        return 2;
    at.sin_port = htons(atoi(words[1]));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    for (int i = 0; i < atoi(words[2]); i++)
        pthread_create(&thread, NULL, i % 2 ? idle : working, &ends[0]);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 1) || accept(listener, NULL, NULL) < 0) {
        perror("holder");
        return 1;
    }
    for (;;)
        pause();
}
