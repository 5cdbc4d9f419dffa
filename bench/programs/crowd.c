/*
 * Makes many sockets, each with two ends of its own on the loopback interface.
 *
 * crowd time-wait N              leaves N in TIME-WAIT
 * crowd close-wait N             holds N in CLOSE-WAIT
 * crowd established N            holds N in ESTABLISHED, both ends of N/2 connections
 * crowd idle N FDS               N processes with so many descriptors each, none of them a socket
 *
 * Sockets are held by as few processes as the hard limit of descriptors allows. Whoever holds says "ready" and waits to be killed.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define AT_ONCE 500

enum kind { TIME_WAIT = 1, CLOSE_WAIT, ESTABLISHED };

static void need(int ok, const char *what) {
    if (!ok) {
        perror(what);
        exit(1);
    }
}

/* Descriptors of one process, some of which it needs for itself. */
static int allow_descriptors(void) {
    struct rlimit most;
    need(!getrlimit(RLIMIT_NOFILE, &most), "getrlimit");
    most.rlim_cur = most.rlim_max;
    need(!setrlimit(RLIMIT_NOFILE, &most), "setrlimit");
    return (most.rlim_max < 50000 ? most.rlim_max : 50000) - AT_ONCE - 100;
}

static int listener_at(struct sockaddr_in *at) {
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    need(!setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "SO_REUSEADDR");
    need(!bind(listener, (struct sockaddr *)at, sizeof *at) && !listen(listener, 64), "listen");
    return listener;
}

/* Each client has an end of its own, 127.KIND.PROCESS.1 and a port: one that is used twice would take its TIME-WAIT away. */
static int client_of(enum kind kind, int process, int number, struct sockaddr_in *to) {
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_port = htons(10000 + number),
                               .sin_addr.s_addr = htonl((127 << 24) + (kind << 16) + (process << 8) + 1)};
    int client = socket(AF_INET, SOCK_STREAM, 0);
    need(!bind(client, (struct sockaddr *)&from, sizeof from), "bind");
    need(!connect(client, (struct sockaddr *)to, sizeof *to), "connect");
    return client;
}

static void end_time_wait(int client, int accepted) {
    char end;
    close(accepted);
    need(read(client, &end, 1) == 0, "read");
    close(client);
}

/*
 * Ends clients whose servers stay in CLOSE-WAIT. One that is closed just when its end is acknowledged would reset its server a minute
 * later (tcp_keepalive_timer), so they are closed when all are in FIN-WAIT-2.
 */
static void end_clients(int *clients, int count) {
    struct tcp_info info;
    socklen_t length;
    for (int i = 0; i < count; i++)
        shutdown(clients[i], SHUT_WR);
    for (int i = 0; i < count; i++) {
        while (length = sizeof info, !getsockopt(clients[i], IPPROTO_TCP, TCP_INFO, &info, &length) && info.tcpi_state != TCP_FIN_WAIT2)
            usleep(1000);
        close(clients[i]);
    }
}

static void make(enum kind kind, int connections, int process) {
    int clients[AT_ONCE], waiting = 0;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(9000 + process), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = listener_at(&at);
    for (int i = 0; i < connections; i++) {
        int client = client_of(kind, process, i, &at);
        int accepted = accept(listener, NULL, NULL);
        need(accepted >= 0, "accept");
        if (kind == TIME_WAIT)
            end_time_wait(client, accepted);
        else if (kind == CLOSE_WAIT)
            clients[waiting++] = client;
        if (waiting == AT_ONCE || i == connections - 1) {
            end_clients(clients, waiting);
            waiting = 0;
        }
    }
    close(listener);
}

typedef void part(int process, int share);

static void hold_close_wait(int process, int sockets) {
    make(CLOSE_WAIT, sockets, process);
}

static void hold_established(int process, int sockets) {
    make(ESTABLISHED, sockets / 2, process);
}

static void be_idle(int process, int descriptors) {
    (void)process;
    for (int i = 5; i < descriptors; i++)
        need(open("/dev/null", O_RDONLY) >= 0, "open");
}

/* Begins processes that end with this one; each does its part first. The last may have less to do. */
static void hold(part *part, int all, int share) {
    int processes = (all + share - 1) / share;
    int done[2];
    char byte;
    need(!pipe(done), "pipe");
    for (int i = 0; i < processes; i++) {
        pid_t child = fork();
        need(child >= 0, "fork");
        if (!child) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            part(i, i < processes - 1 ? share : all - i * share);
            need(write(done[1], "", 1) == 1, "write");
            for (;;)
                pause();
        }
    }
    close(done[1]);
    for (int i = 0; i < processes; i++)
        need(read(done[0], &byte, 1) == 1, "a process of the crowd");
    puts("ready");
    fflush(stdout);
    for (;;)
        pause();
}

int main(int count, char **words) {
    if (count < 3)
        return 2;
    int number = atoi(words[2]), most = allow_descriptors();
    if (!strcmp(words[1], "time-wait"))
        make(TIME_WAIT, number, 0);
    else if (!strcmp(words[1], "close-wait"))
        hold(hold_close_wait, number, most);
    else if (!strcmp(words[1], "established"))
        hold(hold_established, number, most);
    else if (!strcmp(words[1], "idle") && count == 4)
        hold(be_idle, number * atoi(words[3]), atoi(words[3]));
    else
        return 2;
    return 0;
}
