/*
 * What C needs for it, and nothing else: sock_diag, without a line of output for a socket.
 *
 * diag dump ROUNDS APART   lists all TCP sockets as lastack and ss do it, one dump for each family with tcp_info, and throws them away;
 *                          so many milliseconds apart. Prints the median of the CPU time of a round, and how many there were.
 * diag destroy STATE       destroys the sockets in that state (its number) by their exact cookies, one after the other. Prints the
 *                          milliseconds that took, and how many there were.
 */
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef SOCK_DESTROY
#define SOCK_DESTROY 21
#endif
#define MOST 1000000

static struct {
    struct nlmsghdr header;
    struct inet_diag_req_v2 body;
} request;

static struct inet_diag_sockid ids[MOST];
static char answer[65536];
static int netlink;

static void need(int ok, const char *what) {
    if (!ok) {
        perror(what);
        exit(1);
    }
}

static double ms(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void ask(int type, int flags) {
    request.header.nlmsg_len = sizeof request;
    request.header.nlmsg_type = type;
    request.header.nlmsg_flags = NLM_F_REQUEST | flags;
    need(send(netlink, &request, sizeof request, 0) == sizeof request, "send");
}

/* How many there are; keeps what names them where it is given a place. */
static int list(struct inet_diag_sockid *kept) {
    int count = 0;
    ask(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
    for (;;) {
        unsigned length = recv(netlink, answer, sizeof answer, 0);
        for (struct nlmsghdr *one = (void *)answer; NLMSG_OK(one, length); one = NLMSG_NEXT(one, length)) {
            if (one->nlmsg_type == NLMSG_DONE)
                return count;
            need(one->nlmsg_type != NLMSG_ERROR && (!kept || count < MOST), "dump");
            if (kept)
                kept[count] = ((struct inet_diag_msg *)NLMSG_DATA(one))->id;
            count++;
        }
    }
}

static int by_size(const void *a, const void *b) {
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

static void dump(int rounds, int apart) {
    int count = 0;
    double *took = calloc(rounds, sizeof *took);
    request.body = (struct inet_diag_req_v2){
        .sdiag_protocol = IPPROTO_TCP, .idiag_states = -1, .idiag_ext = 1 << (INET_DIAG_INFO - 1)};
    for (int i = 0; i < rounds; i++) {
        double start = ms(CLOCK_PROCESS_CPUTIME_ID);
        request.body.sdiag_family = AF_INET;
        count = list(NULL);
        request.body.sdiag_family = AF_INET6;
        count += list(NULL);
        took[i] = ms(CLOCK_PROCESS_CPUTIME_ID) - start;
        usleep(apart * 1000);
    }
    qsort(took, rounds, sizeof *took, by_size);
    printf("%.1f %d\n", took[rounds / 2], count);
}

static void destroy(int state) {
    double start = ms(CLOCK_MONOTONIC);
    request.body = (struct inet_diag_req_v2){
        .sdiag_family = AF_INET, .sdiag_protocol = IPPROTO_TCP, .idiag_states = 1 << state};
    int count = list(ids);
    for (int i = 0; i < count; i++) {
        request.body.id = ids[i];
        ask(SOCK_DESTROY, NLM_F_ACK);
        need(recv(netlink, answer, sizeof answer, 0) > 0, "recv");
        need(((struct nlmsgerr *)NLMSG_DATA((struct nlmsghdr *)answer))->error == 0, "SOCK_DESTROY");
    }
    printf("%.1f %d\n", ms(CLOCK_MONOTONIC) - start, count);
}

int main(int count, char **words) {
    netlink = socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    if (count == 4 && !strcmp(words[1], "dump"))
        dump(atoi(words[2]), atoi(words[3]));
    else if (count == 3 && !strcmp(words[1], "destroy"))
        destroy(atoi(words[2]));
    else
        return 2;
    return 0;
}
