package lastack.launch;

import java.nio.ByteBuffer;
import lastack.kernel.KernelException;
import lastack.kernel.seccomp.Caller;
import lastack.kernel.seccomp.SeccompNotif;

/**
 * What bind, connect and listen begin with.
 *
 * <p>The program can still change memory it points to, before the kernel reads that for itself: what is read here only
 * decides how long the call waits and which leftovers go, never what the kernel does.
 *
 * @param fd the descriptor
 * @param address where the {@code struct sockaddr} stands in the caller's memory; of no meaning for listen
 * @param length how long the caller says that is
 */
record CallArguments(int fd, long address, int length) {
    /** A {@code struct sockaddr_in6} is 28 bytes. */
    private static final int MOST_BYTES = 28;

    private static final int WORD_BYTES = 4;

    static CallArguments of(SeccompNotif call, Caller caller) throws KernelException {
        if (!call.isSocketcall()) {
            return new CallArguments((int) call.argument(0), call.argument(1), (int) call.argument(2));
        }
        ByteBuffer words = caller.read(call.argument(1), 2 * WORD_BYTES);
        ByteBuffer third = caller.read(call.argument(1) + 2 * WORD_BYTES, WORD_BYTES);
        return new CallArguments(words.getInt(0), Integer.toUnsignedLong(words.getInt(WORD_BYTES)), third.getInt(0));
    }

    ByteBuffer sockaddr(Caller caller) throws KernelException {
        return caller.read(address, Math.clamp(length, 0, MOST_BYTES));
    }
}
