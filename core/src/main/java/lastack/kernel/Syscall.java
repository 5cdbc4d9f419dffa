package lastack.kernel;

/** The few system calls lastack makes, with their numbers ({@code asm/unistd_64.h}; {@code asm-generic/unistd.h} for aarch64). */
public enum Syscall {
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    POLL(7, -1),
    LSEEK(8, 62),
    MMAP(9, 222),
    MUNMAP(11, 215),
    RT_SIGACTION(13, 134),
    RT_SIGPROCMASK(14, 135),
    PREAD64(17, 67),
    PWRITE64(18, 68),
    IOCTL(16, 29),
    GETPID(39, 172),
    SOCKET(41, 198),
    CONNECT(42, 203),
    SENDTO(44, 206),
    RECVFROM(45, 207),
    SHUTDOWN(48, 210),
    BIND(49, 200),
    LISTEN(50, 201),
    GETSOCKNAME(51, 204),
    SETSOCKOPT(54, 208),
    GETSOCKOPT(55, 209),
    EXECVE(59, 221),
    WAIT4(61, 260),
    FCNTL(72, 25),
    PTRACE(101, 117),
    SETSID(112, 157),
    SCHED_SETSCHEDULER(144, 119),
    PRCTL(157, 167),
    GETTID(186, 178),
    GETDENTS64(217, 61),
    OPENAT(257, 56),
    READLINKAT(267, 78),
    PPOLL(271, 73),
    UNSHARE(272, 97),
    DUP3(292, 24),
    PERF_EVENT_OPEN(298, 241),
    SETNS(308, 268),
    PROCESS_VM_READV(310, 270),
    SECCOMP(317, 277),
    TGKILL(234, 131),
    PIDFD_SEND_SIGNAL(424, 424),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    PIDFD_OPEN(434, 434),
    PIDFD_GETFD(438, 438);

    private final int x86;
    private final int aarch64;

    Syscall(int x86, int aarch64) {
        this.x86 = x86;
        this.aarch64 = aarch64;
    }

    /** The number on the machine this runs on, or -1 where the call does not exist. */
    public int number() {
        return number(Machine.CURRENT);
    }

    /** The number on the given machine, or -1 where the call does not exist. */
    public int number(Machine machine) {
        return switch (machine) {
            case X86_64 -> x86;
            case AARCH64 -> aarch64;
        };
    }

    /** The name as in the manual: {@code pidfd_getfd}. */
    public String manualName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
