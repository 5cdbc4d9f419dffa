package lastack.kernel;

/** The socket options that are read or set as ints ({@code asm-generic/socket.h}, {@code linux/tcp.h}, {@code linux/in6.h}); the same on both machines. */
public enum SockOpt {
    SO_REUSEADDR(SockOpt.SOL_SOCKET, 2),
    SO_REUSEPORT(SockOpt.SOL_SOCKET, 15),
    /** Read only: {@code AF_INET} and so on. */
    SO_DOMAIN(SockOpt.SOL_SOCKET, 39),
    /** Read only: {@code IPPROTO_TCP} and so on. */
    SO_PROTOCOL(SockOpt.SOL_SOCKET, 38),
    SO_BINDTOIFINDEX(SockOpt.SOL_SOCKET, 62),
    IP_FREEBIND(SockOpt.IPPROTO_IP, 15),
    /** Linux 4.2: the port is chosen at connect. */
    IP_BIND_ADDRESS_NO_PORT(SockOpt.IPPROTO_IP, 24),
    IPV6_V6ONLY(SockOpt.IPPROTO_IPV6, 26),
    SO_KEEPALIVE(SockOpt.SOL_SOCKET, 9),
    /** {@code struct linger}: whether it is on, and seconds. */
    SO_LINGER(SockOpt.SOL_SOCKET, 13),
    /** Seconds. */
    TCP_KEEPIDLE(SockOpt.IPPROTO_TCP, 4),
    /** Seconds. */
    TCP_KEEPINTVL(SockOpt.IPPROTO_TCP, 5),
    TCP_KEEPCNT(SockOpt.IPPROTO_TCP, 6),
    /** Seconds; setting 0 takes {@code tcp_fin_timeout} again. */
    TCP_LINGER2(SockOpt.IPPROTO_TCP, 8),
    /** Milliseconds. */
    TCP_USER_TIMEOUT(SockOpt.IPPROTO_TCP, 18);

    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_IPV6 = 41;

    private final int level;
    private final int number;

    SockOpt(int level, int number) {
        this.level = level;
        this.number = number;
    }

    int level() {
        return level;
    }

    int number() {
        return number;
    }
}
