package lastack.kernel.seccomp;

import java.nio.ByteBuffer;
import lastack.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits ({@code struct seccomp_notif} with its {@code struct seccomp_data}).
 *
 * <pre>
 *  0    8     12      16   20     24                    32               80
 *  | id | pid | flags | nr | arch | instruction pointer | six arguments  |
 * </pre>
 */
public final class SeccompNotif {
    static final int BYTES = 80;
    static final int RESPONSE_BYTES = 24;
    private static final int FIRST_ARGUMENT = 32;

    private final ByteBuffer buffer;

    SeccompNotif(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** {@code struct seccomp_notif_resp}: id, value, error, flags at 20. */
    static ByteBuffer response(long id, int flags) {
        return Kernel.memory(RESPONSE_BYTES).putLong(0, id).putInt(20, flags);
    }

    /** One that fails. */
    static ByteBuffer failure(long id, int errno) {
        return Kernel.memory(RESPONSE_BYTES).putLong(0, id).putInt(16, -errno);
    }

    /** The number the answer must carry. */
    public long id() {
        return buffer.getLong(0);
    }

    /** The thread that waits, as this pid namespace numbers it; 0 when it cannot be seen from here. */
    public int tid() {
        return buffer.getInt(8);
    }

    /** Which call it is, or null for one this version does not know. */
    public @Nullable SocketCall call() {
        Abi abi = abi();
        if (abi == null) {
            return null;
        }
        for (SocketCall call : SocketCall.values()) {
            if (abi.number(call) == number() || (isSocketcall(abi) && call.socketcall() == argument(0))) {
                return call;
            }
        }
        return null;
    }

    /** Whether the arguments proper stand in an array of 32-bit words at {@code argument(1)}. */
    public boolean isSocketcall() {
        Abi abi = abi();
        return abi != null && isSocketcall(abi);
    }

    private boolean isSocketcall(Abi abi) {
        return abi.socketcall() == number();
    }

    private @Nullable Abi abi() {
        return Abi.of(buffer.getInt(20));
    }

    private int number() {
        return abi() == Abi.X86_64 ? buffer.getInt(16) & ~Abi.X32_BIT : buffer.getInt(16);
    }

    /** One of the call's six arguments as it was in the register. */
    public long argument(int index) {
        return buffer.getLong(FIRST_ARGUMENT + 8 * index);
    }
}
