/*
 * many time-wait N     leaves N sockets, 50000 at most, in TIME-WAIT on 127.0.0.1
 * many close-wait N    holds N sockets in CLOSE-WAIT there, says so, and waits to be killed
 * many destroy STATE N destroys the N sockets in a state by their exact cookies, one after the other, and prints how many milliseconds
 *                      that took
 */
#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef SOCK_DESTROY
#define SOCK_DESTROY 21
#endif
#define TIME_WAIT 6
#define CLOSE_WAIT 8
#define MOST 1000000

static void need(int ok, const char *what) {
    if (!ok) {
        perror(what);
        exit(1);
    }
}

/* Each client has a port of its own: one that is used twice would take its TIME-WAIT away. */
static void make(int wanted, int held) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(9000), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in from = at;
    int on = 1;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    need(!setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "SO_REUSEADDR");
    need(!bind(listener, (struct sockaddr *)&at, sizeof at) && !listen(listener, 64), "listen");
    for (int i = 0; i < wanted; i++) {
        char end;
        int client = socket(AF_INET, SOCK_STREAM, 0);
        from.sin_port = htons(10000 + i);
        need(!bind(client, (struct sockaddr *)&from, sizeof from), "bind");
        need(!connect(client, (struct sockaddr *)&at, sizeof at), "connect");
        int accepted = accept(listener, NULL, NULL);
        need(accepted >= 0, "accept");
        if (!held) {
            close(accepted);
            need(read(client, &end, 1) == 0, "read");
        }
        close(client);
    }
}

static void hold(int wanted) {
    struct rlimit most;
    need(!getrlimit(RLIMIT_NOFILE, &most), "getrlimit");
    most.rlim_cur = most.rlim_max;
    need(!setrlimit(RLIMIT_NOFILE, &most), "setrlimit");
    make(wanted, 1);
    puts("ready");
    fflush(stdout);
    for (;;)
        pause();
}

static struct {
    struct nlmsghdr header;
    struct inet_diag_req_v2 body;
} request;

static struct inet_diag_sockid ids[MOST];
static char answer[65536];

static void ask(int netlink, int type, int flags) {
    request.header.nlmsg_len = sizeof request;
    request.header.nlmsg_type = type;
    request.header.nlmsg_flags = NLM_F_REQUEST | flags;
    need(send(netlink, &request, sizeof request, 0) == sizeof request, "send");
}

static int list(int netlink) {
    int count = 0;
    ask(netlink, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
    for (;;) {
        unsigned length = recv(netlink, answer, sizeof answer, 0);
        for (struct nlmsghdr *one = (void *)answer; NLMSG_OK(one, length); one = NLMSG_NEXT(one, length)) {
            if (one->nlmsg_type == NLMSG_DONE)
                return count;
            need(one->nlmsg_type != NLMSG_ERROR && count < MOST, "dump");
            ids[count++] = ((struct inet_diag_msg *)NLMSG_DATA(one))->id;
        }
    }
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void destroy(int state, int expected) {
    int netlink = socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    double begun = now();
    request.body = (struct inet_diag_req_v2){
        .sdiag_family = AF_INET, .sdiag_protocol = IPPROTO_TCP, .idiag_states = 1 << state};
    int count = list(netlink);
    if (count != expected) {
        fprintf(stderr, "%d in that state, not %d\n", count, expected);
        exit(1);
    }
    for (int i = 0; i < count; i++) {
        request.body.id = ids[i];
        ask(netlink, SOCK_DESTROY, NLM_F_ACK);
        need(recv(netlink, answer, sizeof answer, 0) > 0, "recv");
        need(((struct nlmsgerr *)NLMSG_DATA((struct nlmsghdr *)answer))->error == 0, "SOCK_DESTROY");
    }
    printf("%.1f\n", now() - begun);
}

int main(int count, char **words) {
    if (count == 3 && !strcmp(words[1], "time-wait"))
        make(atoi(words[2]), 0);
    else if (count == 3 && !strcmp(words[1], "close-wait"))
        hold(atoi(words[2]));
    else if (count == 4 && !strcmp(words[1], "destroy"))
        destroy(!strcmp(words[2], "time-wait") ? TIME_WAIT : CLOSE_WAIT, atoi(words[3]));
    else
        return 2;
    return 0;
}
