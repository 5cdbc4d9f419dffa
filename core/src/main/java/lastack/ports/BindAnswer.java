package lastack.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lastack.kernel.BindTrial;
import lastack.kernel.Errno;
import lastack.model.Endpoint;
import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * What bind really answered, once without and once with {@code SO_REUSEADDR}.
 *
 * <p>The sockets never listen, so that no client can come to them; each keeps the port for some microseconds.
 *
 * @param at the address and port; {@code ::} stands for IPv6 and IPv4 together, as most servers bind it
 * @param error the error's name, such as {@code EADDRINUSE}, or null when bind worked
 * @param errorWithReuse the same with {@code SO_REUSEADDR}
 */
public record BindAnswer(
        Endpoint at, @Nullable String error, @Nullable String errorWithReuse) {
    /**
     * Tries it in the calling thread's network namespace.
     *
     * @param address one address, or nothing for the wildcards of both families
     */
    static List<BindAnswer> of(int port, Optional<IpAddress> address) {
        if (address.isPresent()) {
            return List.of(attempt(new Endpoint(address.get(), port)));
        }
        List<BindAnswer> trials = new ArrayList<>();
        trials.add(attempt(new Endpoint(IpAddress.ANY_V4, port)));
        BindAnswer dual = attempt(new Endpoint(IpAddress.ANY_V6, port));
        if (!Errno.EAFNOSUPPORT.name().equals(dual.error)) {
            trials.add(dual);
        }
        return trials;
    }

    private static BindAnswer attempt(Endpoint at) {
        return new BindAnswer(at, error(at, false), error(at, true));
    }

    private static @Nullable String error(Endpoint at, boolean reuse) {
        Errno errno = BindTrial.attempt(at, reuse);
        return errno == null ? null : errno.name();
    }

    /** Whether bind works without {@code SO_REUSEADDR}. */
    public boolean works() {
        return error == null;
    }

    /** Whether this user may not bind it, whatever else is in the way. */
    public boolean isForbidden() {
        return Errno.EACCES.name().equals(error) || Errno.EPERM.name().equals(error);
    }
}
