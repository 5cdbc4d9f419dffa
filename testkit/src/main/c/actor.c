/*
 * Holds sockets in a process of its own and does with them what it is told: one command a line on stdin, one answer a
 * line on stdout, "ok VALUES..." or "err ERRNO". It ends at the end of stdin, and with the thread that started it.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 5000
#define MAX_WORDS 8
#define MAX_THREADS 64

static char *words[MAX_WORDS + 1];

/* ---- answers ---- */

static void ok(void) { puts("ok"); }
static void ok_number(long long value) { printf("ok %lld\n", value); }
static void error(int number) { printf("err %s\n", strerrorname_np(number) ? strerrorname_np(number) : "?"); }
static void answer(long long result) { result < 0 ? error(errno) : ok_number(result); }

static long number(int word) { return words[word] ? strtol(words[word], NULL, 0) : 0; }
static int fd(void) { return (int)number(1); }

/* ---- addresses ---- */

static int family_of(int s) {
    int family = 0;
    socklen_t length = sizeof family;
    return getsockopt(s, SOL_SOCKET, SO_DOMAIN, &family, &length) < 0 ? -1 : family;
}

/* An IPv4 address on an AF_INET6 socket becomes a v4-mapped one. */
static socklen_t address(int s, const char *host, int port, struct sockaddr_storage *out) {
    memset(out, 0, sizeof *out);
    if (family_of(s) == AF_INET) {
        struct sockaddr_in *v4 = (struct sockaddr_in *)out;
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        inet_pton(AF_INET, host, &v4->sin_addr);
        return sizeof *v4;
    }
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    if (!inet_pton(AF_INET6, host, &v6->sin6_addr)) {
        v6->sin6_addr.s6_addr[10] = v6->sin6_addr.s6_addr[11] = 0xff;
        inet_pton(AF_INET, host, &v6->sin6_addr.s6_addr[12]);
    }
    return sizeof *v6;
}

static int local_port(int s) {
    struct sockaddr_storage name;
    socklen_t length = sizeof name;
    if (getsockname(s, (struct sockaddr *)&name, &length) < 0)
        return -1;
    /* sin_port and sin6_port lie at the same place. */
    return ntohs(((struct sockaddr_in *)&name)->sin_port);
}

static int wait_for(int s, short events, int millis) {
    struct pollfd p = {s, events, 0};
    return poll(&p, 1, millis);
}

static int option(int s, int level, int name, int value) { return setsockopt(s, level, name, &value, sizeof value); }

/* ---- commands on one socket: the descriptor is the first word ---- */

static void do_socket(void) {
    int v6 = number(1) == 6;
    int s = socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    if (s >= 0 && v6)
        option(s, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    answer(s);
}

static void do_bind(void) {
    struct sockaddr_storage to;
    socklen_t length = address(fd(), words[2], number(3), &to);
    answer(bind(fd(), (struct sockaddr *)&to, length) < 0 ? -1 : local_port(fd()));
}

static void do_listen(void) { answer(listen(fd(), number(2))); }

/* Sends the SYN and does not wait for the answer. */
static int start_connect(int s) {
    struct sockaddr_storage to;
    socklen_t length = address(s, words[2], number(3), &to);
    int flags = fcntl(s, F_GETFL);
    fcntl(s, F_SETFL, flags | O_NONBLOCK);
    int result = connect(s, (struct sockaddr *)&to, length);
    int saved = errno;
    fcntl(s, F_SETFL, flags);
    errno = saved;
    return result < 0 && errno != EINPROGRESS ? -1 : local_port(s);
}

static void do_start(void) { answer(start_connect(fd())); }

static void do_connect(void) {
    int port = start_connect(fd());
    int problem = 0;
    socklen_t length = sizeof problem;
    if (port < 0)
        return error(errno);
    if (wait_for(fd(), POLLOUT, PATIENCE_MS) == 0)
        return error(ETIMEDOUT);
    getsockopt(fd(), SOL_SOCKET, SO_ERROR, &problem, &length);
    problem ? error(problem) : ok_number(port);
}

static void do_accept(void) {
    if (wait_for(fd(), POLLIN, PATIENCE_MS) == 0)
        return error(ETIMEDOUT);
    answer(accept(fd(), NULL, NULL));
}

static void do_shutdown(void) {
    int how = strcmp(words[2], "rd") == 0 ? SHUT_RD : strcmp(words[2], "wr") == 0 ? SHUT_WR : SHUT_RDWR;
    answer(shutdown(fd(), how));
}

static void do_close(void) { answer(close(fd())); }

static void do_send(void) {
    size_t size = number(2);
    char *data = calloc(size ? size : 1, 1);
    answer(send(fd(), data, size, MSG_NOSIGNAL | MSG_DONTWAIT));
    free(data);
}

/* fill FD: sends until nothing has been taken for 50 ms; answers with the number of bytes. */
static void do_fill(void) {
    static char block[1 << 16];
    long long total = 0;
    ssize_t sent;
    do {
        while ((sent = send(fd(), block, sizeof block, MSG_NOSIGNAL | MSG_DONTWAIT)) > 0)
            total += sent;
    } while (errno == EAGAIN && wait_for(fd(), POLLOUT, 50) > 0);
    errno == EAGAIN ? ok_number(total) : error(errno);
}

/* recv FD SIZE MILLIS: EAGAIN when nothing has come in that time, 0 for the end of the stream. */
static void do_recv(void) {
    size_t size = number(2);
    char *data = malloc(size ? size : 1);
    wait_for(fd(), POLLIN, number(3));
    answer(recv(fd(), data, size, MSG_DONTWAIT));
    free(data);
}

static void do_linger(void) {
    struct linger value = {1, number(2)};
    answer(setsockopt(fd(), SOL_SOCKET, SO_LINGER, &value, sizeof value));
}

static void do_keepalive(void) {
    int seconds = number(2);
    option(fd(), IPPROTO_TCP, TCP_KEEPIDLE, seconds);
    option(fd(), IPPROTO_TCP, TCP_KEEPINTVL, seconds);
    answer(option(fd(), SOL_SOCKET, SO_KEEPALIVE, 1));
}

static void do_reuse(void) { answer(option(fd(), SOL_SOCKET, SO_REUSEADDR, 1)); }
static void do_reuseport(void) { answer(option(fd(), SOL_SOCKET, SO_REUSEPORT, 1)); }
static void do_mark(void) { answer(option(fd(), SOL_SOCKET, SO_MARK, number(2))); }

static void do_device(void) {
    answer(setsockopt(fd(), SOL_SOCKET, SO_BINDTODEVICE, words[2], strlen(words[2]) + 1));
}

static void attach(struct sock_filter *code, int length) {
    struct sock_fprog program = {length, code};
    answer(setsockopt(fd(), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program));
}

static void do_drop(void) {
    struct sock_filter code[] = {BPF_STMT(BPF_RET | BPF_K, 0)};
    attach(code, 1);
}

/*
 * Drops SYN and FIN (the two lowest bits of byte 13 of the TCP header, where the filter of a TCP socket begins). What would
 * change a state does not come in; ACKs do, so this end has nothing to repeat, and so do RSTs.
 */
static void do_freeze(void) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x03, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
    };
    attach(code, 4);
}

static void do_undrop(void) { answer(option(fd(), SOL_SOCKET, SO_DETACH_FILTER, 0)); }
static void do_dup(void) { answer(dup(fd())); }

static void do_cookie(void) {
    uint64_t cookie = 0;
    socklen_t length = sizeof cookie;
    int result = getsockopt(fd(), SOL_SOCKET, SO_COOKIE, &cookie, &length);
    result < 0 ? error(errno) : ok_number((long long)cookie);
}

/* The error a later call would report; asking takes it away. */
static void do_error(void) {
    int pending = 0;
    socklen_t length = sizeof pending;
    int result = getsockopt(fd(), SOL_SOCKET, SO_ERROR, &pending, &length);
    result < 0 ? error(errno) : (void)printf("ok %s\n", pending ? strerrorname_np(pending) : "-");
}

static void do_state(void) {
    struct tcp_info info = {0};
    socklen_t length = sizeof info;
    int result = getsockopt(fd(), IPPROTO_TCP, TCP_INFO, &info, &length);
    answer(result < 0 ? -1 : info.tcpi_state);
}

static void do_inode(void) {
    struct stat about;
    fstat(fd(), &about) < 0 ? error(errno) : ok_number((long long)about.st_ino);
}

/* Puts the descriptor in flight (SCM_RIGHTS on a socket pair nobody reads) and closes it here. */
static void do_sendfd(void) {
    int pair[2];
    char byte = 0;
    union {
        char space[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct iovec data = {&byte, 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) < 0)
        return error(errno);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(rights), &(int){fd()}, sizeof(int));
    answer(sendmsg(pair[0], &message, 0) < 0 ? -1 : close(fd()));
}

/* ---- threads that block in one call ---- */

struct blocked {
    pthread_t thread;
    const char *call;
    int fd;
    short events;
    volatile int tid, entering, done;
    long result;
    int error;
    unsigned seen;
};

static struct blocked threads[MAX_THREADS];
static int thread_count;

static long block_in_read(struct blocked *b) {
    char byte;
    return read(b->fd, &byte, 1);
}

static long block_in_write(struct blocked *b) {
    static char block[1 << 16];
    long result;
    while ((result = send(b->fd, block, sizeof block, MSG_NOSIGNAL)) > 0)
        ;
    return result;
}

static long block_in_poll(struct blocked *b) {
    struct pollfd p = {b->fd, b->events, 0};
    long result = poll(&p, 1, -1);
    b->seen = p.revents;
    return result;
}

static long block_in_select(struct blocked *b) {
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(b->fd, &readable);
    return select(b->fd + 1, &readable, NULL, NULL, NULL);
}

static long block_in_epoll(struct blocked *b) {
    struct epoll_event event = {.events = b->events};
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    epoll_ctl(epoll, EPOLL_CTL_ADD, b->fd, &event);
    event.events = 0;
    long result = epoll_wait(epoll, &event, 1, -1);
    b->seen = result > 0 ? event.events : 0;
    return result;
}

static long block_in_accept(struct blocked *b) { return accept(b->fd, NULL, NULL); }

static const struct {
    const char *name;
    long (*run)(struct blocked *);
} calls[] = {
    {"read", block_in_read},     {"write", block_in_write}, {"poll", block_in_poll},
    {"select", block_in_select}, {"epoll", block_in_epoll}, {"accept", block_in_accept},
};

static void *run_blocked(void *argument) {
    struct blocked *b = argument;
    b->tid = gettid();
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strcmp(calls[i].name, b->call) == 0) {
            b->entering = 1;
            b->result = calls[i].run(b);
            b->error = errno;
        }
    b->done = 1;
    return NULL;
}

static int sleeps(int tid) {
    char path[64], line[256] = "";
    snprintf(path, sizeof path, "/proc/self/task/%d/stat", tid);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    char *read = fgets(line, sizeof line, file);
    fclose(file);
    char *name_end = read ? strrchr(line, ')') : NULL;
    return name_end && name_end[2] == 'S';
}

static void pause_ms(long millis) { nanosleep(&(struct timespec){millis / 1000, millis % 1000 * 1000000}, NULL); }

/* thread CALL FD [EVENTS]: answers once the thread sleeps in the call, or is through with it already. */
static void do_thread(void) {
    if (thread_count == MAX_THREADS)
        return error(EAGAIN);
    struct blocked *b = &threads[thread_count];
    b->call = strdup(words[1]);
    b->fd = number(2);
    b->events = words[3] ? number(3) : POLLIN;
    int problem = pthread_create(&b->thread, NULL, run_blocked, b);
    if (problem)
        return error(problem);
    for (int i = 0; i < PATIENCE_MS && !b->done && !(b->entering && sleeps(b->tid)); i++)
        pause_ms(1);
    printf("ok %d %d\n", thread_count++, b->tid);
}

/* result THREAD MILLIS: the call's result, its error number's name or -, and the events seen. */
static void do_result(void) {
    struct blocked *b = &threads[number(1)];
    for (long i = 0; i < number(2) && !b->done; i++)
        pause_ms(1);
    if (!b->done)
        return error(ETIMEDOUT);
    printf("ok %ld %s %u\n", b->result, b->result < 0 ? strerrorname_np(b->error) : "-", b->seen);
}

/* ---- the process itself ---- */

static void die_with_parent(pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
}

/* A child that keeps every socket and sleeps. Without the pipes, so that only this process holds those. */
static void do_fork(void) {
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        die_with_parent(parent);
        close(STDIN_FILENO);
        close(STDOUT_FILENO);
        for (;;)
            pause();
    }
    answer(child);
}

/* kill PID: one of its own children; waitpid refuses any other. */
static void do_kill(void) {
    pid_t child = number(1);
    if (child <= 1 || waitpid(child, NULL, WNOHANG) != 0)
        return error(ECHILD);
    kill(child, SIGKILL);
    answer(waitpid(child, NULL, 0));
}

static void do_stop(void) {
    ok();
    fflush(stdout);
    raise(SIGSTOP);
}

/* become UID: another user's process from now on; changing the user takes the death signal away. */
static void do_become(void) {
    pid_t parent = getppid();
    if (setresuid(number(1), number(1), number(1)) < 0)
        return error(errno);
    die_with_parent(parent);
    ok();
}

static void do_limit(void) {
    struct rlimit limit;
    answer(getrlimit(RLIMIT_NOFILE, &limit) < 0 ? -1 : (long long)limit.rlim_cur);
}

static void do_exit(void) {
    ok();
    exit(0);
}

/* ---- many at once ---- */

static int crowd_one(int listener, struct sockaddr_in *from, struct sockaddr_in *to) {
    int client = socket(AF_INET, SOCK_STREAM, 0);
    option(client, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    if (client < 0 || bind(client, (struct sockaddr *)from, sizeof *from) < 0
        || connect(client, (struct sockaddr *)to, sizeof *to) < 0)
        return -1;
    close(client);
    return accept(listener, NULL, NULL);
}

/*
 * crowd COUNT GROUP: as many CLOSE-WAIT sockets, held here, whose peers have closed. The peers are at 127.GROUP.0.1 and
 * up, a new address every 4000 connections: looking for a free port gets slower the more of an address are taken.
 */
static void do_crowd(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    bind(listener, (struct sockaddr *)&to, sizeof to);
    listen(listener, 16);
    to.sin_port = htons(local_port(listener));
    for (long i = 0; i < number(1); i++) {
        struct sockaddr_in from = {.sin_family = AF_INET};
        from.sin_addr.s_addr = htonl(127u << 24 | (uint32_t)number(2) << 16 | (uint32_t)(1 + i / 4000));
        if (crowd_one(listener, &from, &to) < 0)
            return error(errno);
    }
    close(listener);
    ok_number(ntohs(to.sin_port));
}

/* ---- the table ---- */

static const struct {
    const char *name;
    int least_words;
    void (*run)(void);
} commands[] = {
    {"socket", 1, do_socket},     {"bind", 3, do_bind},           {"listen", 2, do_listen},
    {"connect", 3, do_connect},   {"start", 3, do_start},         {"accept", 1, do_accept},
    {"shutdown", 2, do_shutdown}, {"close", 1, do_close},         {"send", 2, do_send},
    {"recv", 3, do_recv},         {"fill", 1, do_fill},           {"linger", 2, do_linger},
    {"keepalive", 2, do_keepalive}, {"reuse", 1, do_reuse},     {"mark", 2, do_mark},
    {"reuseport", 1, do_reuseport},
    {"device", 2, do_device},     {"drop", 1, do_drop},           {"freeze", 1, do_freeze},
    {"undrop", 1, do_undrop},     {"dup", 1, do_dup},             {"cookie", 1, do_cookie},
    {"error", 1, do_error},       {"state", 1, do_state},
    {"inode", 1, do_inode},       {"sendfd", 1, do_sendfd},       {"thread", 2, do_thread},
    {"result", 2, do_result},     {"fork", 0, do_fork},           {"kill", 1, do_kill},
    {"stop", 0, do_stop},         {"become", 1, do_become},       {"limit", 0, do_limit},
    {"crowd", 2, do_crowd},       {"exit", 0, do_exit},
};

static int split(char *line) {
    int count = 0;
    memset(words, 0, sizeof words);
    for (char *word = strtok(line, " \n"); word && count < MAX_WORDS; word = strtok(NULL, " \n"))
        words[count++] = word;
    return count;
}

static void obey(int word_count) {
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (word_count > 0 && strcmp(commands[i].name, words[0]) == 0)
            return word_count > commands[i].least_words ? commands[i].run() : error(EINVAL);
    error(ENOSYS);
}

static void raise_descriptor_limit(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/*
 * The actor is the child of a guardian that does nothing but wait for it. As a child of the JVM that plays with it, it
 * could not be traced from there: Java waits for its children on a thread of its own, which would be handed the stops.
 */
static void leave_guardian_behind(void) {
    pid_t guardian = getpid();
    pid_t actor = fork();
    if (actor != 0) {
        close(STDIN_FILENO);
        close(STDOUT_FILENO);
        while (waitpid(actor, NULL, 0) < 0 && errno == EINTR)
            ;
        _exit(0);
    }
    die_with_parent(guardian);
    ok_number(getpid());
    fflush(stdout);
}

int main(int count, char **arguments) {
    char line[256];
    die_with_parent(count > 1 ? atoi(arguments[1]) : getppid());
    leave_guardian_behind();
    raise_descriptor_limit();
    signal(SIGPIPE, SIG_IGN);
    while (fgets(line, sizeof line, stdin)) {
        obey(split(line));
        fflush(stdout);
    }
    return 0;
}
