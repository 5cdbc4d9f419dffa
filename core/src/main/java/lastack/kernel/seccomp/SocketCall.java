package lastack.kernel.seccomp;

/** The calls on a socket that can be held until lastack has answered, with their numbers for 32-bit programs. */
public enum SocketCall {
    BIND(2, 361, 282),
    CONNECT(3, 362, 283),
    LISTEN(4, 363, 284);

    private final int socketcall;
    private final int i386;
    private final int arm;

    SocketCall(int socketcall, int i386, int arm) {
        this.socketcall = socketcall;
        this.i386 = i386;
        this.arm = arm;
    }

    /** The first argument of socketcall(2), {@code linux/net.h}. */
    int socketcall() {
        return socketcall;
    }

    /** {@code asm/unistd_32.h}; since Linux 4.3. */
    int i386() {
        return i386;
    }

    /** {@code unistd-eabi.h} of arm. */
    int arm() {
        return arm;
    }
}
