/*
 * A program that holds one end of a TCP connection with itself, and lives in a way chosen by its first argument.
 *
 * It prints "PID FD INODE", then answers each line on its standard input with "pong PEER DESCRIPTOR", where PEER is what
 * the other end has seen (open, eof, reset) and DESCRIPTOR what the number is now (socket, null, closed). It ends with its
 * input, or after a minute.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

static int held = -1, peer = -1, listener = -1;
static volatile int handled;

static void must(int good, const char *what)
{
    if (!good) {
        perror(what);
        exit(1);
    }
}

static void connect_to_self(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    peer = socket(AF_INET, SOCK_STREAM, 0);
    must(bind(listener, (struct sockaddr *)&address, length) == 0, "bind");
    must(listen(listener, 1) == 0, "listen");
    must(getsockname(listener, (struct sockaddr *)&address, &length) == 0, "getsockname");
    must(connect(peer, (struct sockaddr *)&address, length) == 0, "connect");
    held = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    must(held >= 0, "accept");
}

static void introduce(int fd)
{
    struct stat status;
    must(fstat(fd, &status) == 0, "fstat");
    printf("%d %d %llu\n", (int)getpid(), fd, (unsigned long long)status.st_ino);
    fflush(stdout);
}

static const char *peer_state(void)
{
    char byte;
    ssize_t got = recv(peer, &byte, 1, MSG_DONTWAIT | MSG_PEEK);
    return got == 0 ? "eof" : got > 0 || errno == EAGAIN ? "open" : errno == ECONNRESET ? "reset" : "other";
}

static const char *descriptor_state(int fd)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return "closed";
    if (S_ISCHR(status.st_mode) && status.st_rdev == makedev(1, 3))
        return fcntl(fd, F_GETFD) & FD_CLOEXEC ? "null,cloexec" : "null";
    return S_ISSOCK(status.st_mode) ? "socket" : "other";
}

static void say(const char *what, long value)
{
    printf("%s=%ld errno=%d\n", what, value, value < 0 ? errno : 0);
    fflush(stdout);
}

static void answer(const char *note)
{
    char line[64];
    ssize_t got = read(0, line, sizeof line);
    if (got == 0)
        exit(0);
    if (got < 0) {
        say("stdin", -1);
        return;
    }
    printf("pong %s %s%s\n", peer_state(), descriptor_state(held), note);
    fflush(stdout);
}

static void answer_for_ever(void)
{
    for (;;)
        answer("");
}

static int input_waits(void)
{
    struct pollfd input = {.fd = 0, .events = POLLIN};
    return poll(&input, 1, 0) > 0;
}

/* In user mode nearly always; notices a register that was not put back, also of the floating-point unit. */
static void busy(void)
{
    for (;;) {
        uint64_t whole = 1;
        double real = 1;
        for (int i = 0; i < 5000000; i++) {
            whole = whole * 6364136223846793005u + 1442695040888963407u;
            real = real * 0.999 + 1.25;
        }
        static uint64_t first_whole;
        static double first_real;
        if (first_whole == 0) {
            first_whole = whole;
            first_real = real;
        }
        if (whole != first_whole || real != first_real) {
            printf("BROKEN\n");
            exit(1);
        }
        if (input_waits())
            answer("");
    }
}

static void *block_in_read(void *unused)
{
    char byte;
    say("read", read(held, &byte, 1));
    return unused;
}

static void *block_in_poll(void *unused)
{
    struct pollfd one = {.fd = held, .events = POLLIN};
    say("poll", poll(&one, 1, -1));
    return unused;
}

static void *block_in_select(void *unused)
{
    fd_set set;
    FD_ZERO(&set);
    FD_SET(held, &set);
    say("select", select(held + 1, &set, NULL, NULL, NULL));
    return unused;
}

static void *block_in_epoll(void *unused)
{
    int set = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN};
    must(epoll_ctl(set, EPOLL_CTL_ADD, held, &event) == 0, "epoll_ctl");
    say("epoll", epoll_wait(set, &event, 1, -1));
    return unused;
}

static void *block_in_accept(void *unused)
{
    say("accept", accept(listener, NULL, NULL));
    return unused;
}

static void *wait_in_epoll(void *unused)
{
    struct epoll_event event;
    say("epoll_wait", epoll_wait(epoll_create1(0), &event, 1, 40000));
    return unused;
}

static void *wait_in_epoll_pwait(void *unused)
{
    struct epoll_event event;
    sigset_t none;
    sigemptyset(&none);
    say("epoll_pwait", epoll_pwait(epoll_create1(0), &event, 1, -1, &none));
    return unused;
}

static void *wait_in_sigtimedwait(void *unused)
{
    sigset_t set;
    struct timespec limit = {.tv_sec = 40};
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    say("sigtimedwait", sigtimedwait(&set, NULL, &limit));
    return unused;
}

static void *wait_in_semop(void *unused)
{
    int set = semget(IPC_PRIVATE, 1, 0600);
    struct sembuf down = {.sem_op = -1};
    say("semop", semop(set, &down, 1));
    return unused;
}

static void *wait_in_recv(void *unused)
{
    char byte;
    struct timeval limit = {.tv_sec = 40};
    must(setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0, "SO_RCVTIMEO");
    say("recv", recv(peer, &byte, 1, 0));
    return unused;
}

static void *wait_in_nanosleep(void *unused)
{
    struct timespec limit = {.tv_sec = 40};
    say("nanosleep", nanosleep(&limit, NULL));
    return unused;
}

static void start(void *(*body)(void *))
{
    pthread_t thread;
    must(pthread_create(&thread, NULL, body, NULL) == 0, "pthread_create");
}

static void *answer_in_thread(void *unused)
{
    answer_for_ever();
    return unused;
}

static void *sleep_in_thread(void *unused)
{
    for (;;)
        pause();
    return unused;
}

static void *spin_in_thread(void *unused)
{
    for (volatile long i = 0;; i++)
        ;
    return unused;
}

static void *come_and_go(void *unused)
{
    return unused;
}

static void spawn_for_ever(void)
{
    for (;;) {
        pthread_t thread;
        must(pthread_create(&thread, NULL, come_and_go, NULL) == 0, "pthread_create");
        pthread_join(thread, NULL);
        if (input_waits())
            answer("");
    }
}

/* Main waits in epoll_wait for its input, and tells of every wake-up without cause. */
static void wait_for_input_in_epoll(void)
{
    int set = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN};
    must(epoll_ctl(set, EPOLL_CTL_ADD, 0, &event) == 0, "epoll_ctl");
    for (;;) {
        int ready = epoll_wait(set, &event, 1, -1);
        if (ready == 1)
            answer("");
        else
            say("epoll_wait", ready);
    }
}

static void forbid_calls(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_close, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_dup3, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    };
    struct sock_fprog program = {.len = sizeof code / sizeof *code, .filter = code};
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
    must(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0, "seccomp");
}

static void limit_files(int limit)
{
    struct rlimit files = {.rlim_cur = limit, .rlim_max = limit};
    must(setrlimit(RLIMIT_NOFILE, &files) == 0, "setrlimit");
}

static void use_up_files(void)
{
    limit_files(40);
    while (open("/dev/zero", O_RDONLY) >= 0)
        ;
    must(errno == EMFILE, "open");
}

/* More data than the other end's window takes, so that a close would wait for half a minute. */
static void make_linger(void)
{
    static char data[65536];
    struct linger linger = {.l_onoff = 1, .l_linger = 30};
    must(setsockopt(held, SOL_SOCKET, SO_LINGER, &linger, sizeof linger) == 0, "SO_LINGER");
    while (send(held, data, sizeof data, MSG_DONTWAIT) > 0)
        ;
}

static void count_signal(int signal)
{
    (void)signal;
    handled++;
}

static void on(int signal, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_flags = flags};
    action.sa_handler = handler;
    must(sigaction(signal, &action, NULL) == 0, "sigaction");
}

static void count_signals(void)
{
    for (;;) {
        char note[32];
        struct pollfd input = {.fd = 0, .events = POLLIN};
        while (poll(&input, 1, -1) < 1)
            ;
        snprintf(note, sizeof note, " %d", handled);
        answer(note);
    }
}

/* Traps all the time; each has to be handled exactly once, with its own registers. */
static void trap_for_ever(void)
{
    on(SIGTRAP, count_signal, 0);
    for (int traps = 1;; traps++) {
        __asm__ volatile("int3" ::: "memory");
        if (handled != traps) {
            printf("BROKEN: %d traps, %d handled\n", traps, handled);
            exit(1);
        }
        if (traps % 1000 == 0 && input_waits())
            answer("");
    }
}

static void ignore_traps(void)
{
    on(SIGTRAP, SIG_IGN, 0);
    answer_for_ever();
}

/* The parent of a vfork sleeps uninterruptibly until its child goes on. */
static void sleep_in_vfork(void)
{
    if (vfork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            syscall(SYS_pause);
    }
}

static void trace(int pid)
{
    must(ptrace(PTRACE_SEIZE, pid, 0, 0) == 0, "PTRACE_SEIZE");
    printf("%d 0 0\n", (int)getpid());
    fflush(stdout);
    answer_for_ever();
}

#if defined(__x86_64__) && __has_include(<sys/rseq.h>)
#include <sys/rseq.h>

/*
 * Lives inside a restartable sequence that only an abort leaves. Where the kernel forgets that the thread is in one, rseq_cs
 * is 0 inside of it.
 */
static void stay_in_sequence(void)
{
    struct rseq *area = (struct rseq *)((char *)__builtin_thread_pointer() + __rseq_offset);
    must(__rseq_size != 0, "rseq is not registered");
    for (;;) {
        long forgotten = 0;
        long rounds = 200000000;
        __asm__ volatile(
            ".pushsection __rseq_cs, \"aw\"\n"
            ".balign 32\n"
            "9: .long 0, 0\n"
            ".quad 1f, 2f - 1f, 4f\n"
            ".popsection\n"
            "leaq 9b(%%rip), %%rax\n"
            "movq %%rax, %[cs]\n"
            "1:\n"
            "cmpq $0, %[cs]\n"
            "je 3f\n"
            "decq %[rounds]\n"
            "jnz 1b\n"
            "2: jmp 5f\n"
            "3: movq $1, %[forgotten]\n"
            "jmp 5f\n"
            ".long %c[signature]\n"
            "4:\n"
            "5:\n"
            : [forgotten] "+r"(forgotten), [rounds] "+r"(rounds), [cs] "+m"(area->rseq_cs)
            : [signature] "i"(RSEQ_SIG)
            : "rax", "memory", "cc");
        if (forgotten) {
            printf("BROKEN: forgotten inside a sequence\n");
            exit(1);
        }
        if (input_waits())
            answer("");
    }
}
#else
static void stay_in_sequence(void)
{
    must(0, "built without <sys/rseq.h>");
}
#endif

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    alarm(60);
    if (strcmp(mode, "trace") == 0)
        trace(atoi(argv[2]));
    connect_to_self();
    if (strcmp(mode, "full") == 0)
        use_up_files();
    if (strcmp(mode, "linger") == 0)
        make_linger();
    if (strcmp(mode, "inherited") == 0)
        fcntl(held, F_SETFD, 0);
    if (strcmp(mode, "lowered") == 0)
        limit_files(held);
    if (strcmp(mode, "filtered") == 0)
        forbid_calls();
    if (strcmp(mode, "blocked") == 0) {
        start(block_in_read);
        start(block_in_poll);
        start(block_in_select);
        start(block_in_epoll);
        usleep(100000);
    }
    if (strcmp(mode, "accepting") == 0) {
        start(block_in_accept);
        usleep(100000);
        introduce(listener);
        answer_for_ever();
    }
    if (strcmp(mode, "waiting") == 0) {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGUSR2);
        pthread_sigmask(SIG_BLOCK, &set, NULL);
        start(wait_in_epoll);
        start(wait_in_epoll_pwait);
        start(wait_in_sigtimedwait);
        start(wait_in_semop);
        start(wait_in_recv);
        start(wait_in_nanosleep);
        usleep(100000);
    }
    if (strcmp(mode, "many") == 0) {
        for (int i = 0; i < 29; i++)
            start(sleep_in_thread);
    }
    if (strcmp(mode, "spinning") == 0) {
        for (int i = 0; i < 3; i++)
            start(spin_in_thread);
    }
    on(SIGRTMIN, count_signal, SA_RESTART);
    introduce(held);
    if (strcmp(mode, "busy") == 0)
        busy();
    if (strcmp(mode, "epoll") == 0)
        wait_for_input_in_epoll();
    if (strcmp(mode, "signals") == 0)
        count_signals();
    if (strcmp(mode, "traps") == 0)
        trap_for_ever();
    if (strcmp(mode, "trapless") == 0)
        ignore_traps();
    if (strcmp(mode, "spawning") == 0)
        spawn_for_ever();
    if (strcmp(mode, "sequence") == 0)
        stay_in_sequence();
    if (strcmp(mode, "vfork") == 0)
        sleep_in_vfork();
    if (strcmp(mode, "leaderless") == 0) {
        start(answer_in_thread);
        pthread_exit(NULL);
    }
    answer_for_ever();
}
