/* sock-dump ROUNDS: lists all TCP sockets ROUNDS times, a second apart, as lastack and ss do it: one sock_diag dump for each
   family, with tcp_info. Prints the median of the CPU time of one round in milliseconds, and how many sockets there were. */
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static long seen;

static double cpu_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void dump(int link, int family) {
    static char answer[1 << 16];
    struct { struct nlmsghdr header; struct inet_diag_req_v2 body; } request = {
        .header = {.nlmsg_len = sizeof request, .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
        .body = {.sdiag_family = family, .sdiag_protocol = IPPROTO_TCP, .idiag_states = -1,
                 .idiag_ext = 1 << (INET_DIAG_INFO - 1)}};
    send(link, &request, sizeof request, 0);
    for (;;) {
        long length = recv(link, answer, sizeof answer, 0);
        if (length <= 0)
            exit(1);
        for (struct nlmsghdr *m = (void *)answer; NLMSG_OK(m, length); m = NLMSG_NEXT(m, length)) {
            if (m->nlmsg_type == NLMSG_DONE)
                return;
            seen += ((struct inet_diag_msg *)NLMSG_DATA(m))->idiag_family == family;
        }
    }
}

static int by_size(const void *a, const void *b) {
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 15;
    double *took = calloc(rounds, sizeof *took);
    int link = socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    for (int i = 0; i < rounds; i++) {
        double start = cpu_ms();
        seen = 0;
        dump(link, AF_INET);
        dump(link, AF_INET6);
        took[i] = cpu_ms() - start;
        sleep(1);
    }
    qsort(took, rounds, sizeof *took, by_size);
    printf("%.1f %ld\n", took[rounds / 2], seen);
    return 0;
}
