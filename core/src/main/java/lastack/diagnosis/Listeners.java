package lastack.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.TcpSocket;
import lastack.sockets.LazyOwners;

/** The listeners of one namespace, by port. */
final class Listeners {
    private final LazyOwners owners;
    private final Map<Integer, List<TcpSocket>> byPort = new HashMap<>();

    /** What was asked for, with owners, of which a listener may have thousands. */
    private final Map<Endpoint, List<TcpSocket>> answers = new HashMap<>();

    Listeners(LazyOwners owners) {
        this.owners = owners;
    }

    void add(TcpSocket listener) {
        byPort.computeIfAbsent(listener.local().port(), port -> new ArrayList<>())
                .add(listener);
    }

    boolean areOn(int port) {
        return byPort.containsKey(port);
    }

    /** Those that would get a connection to this end, with their owners: those on the very address before those on any. */
    List<TcpSocket> at(Endpoint end) {
        Endpoint plain = new Endpoint(end.address().unmapped(), end.port());
        return answers.computeIfAbsent(
                plain,
                to -> chosen(to.address(), byPort.getOrDefault(to.port(), List.of())).stream()
                        .map(listener -> listener.withOwners(owners.of(listener.inode())))
                        .toList());
    }

    private static List<TcpSocket> chosen(IpAddress wanted, List<TcpSocket> listeners) {
        List<TcpSocket> exact = new ArrayList<>();
        List<TcpSocket> any = new ArrayList<>();
        List<TcpSocket> both = new ArrayList<>();
        for (TcpSocket listener : listeners) {
            IpAddress at = listener.local().address();
            if (at.unmapped().equals(wanted)) {
                exact.add(listener);
            } else if (at.isAny() && at.family() == wanted.family()) {
                any.add(listener);
            } else if (at.isAny()
                    && at.family() == Family.INET6
                    && !listener.details().v6only()) {
                both.add(listener);
            }
        }
        return !exact.isEmpty() ? exact : !any.isEmpty() ? any : both;
    }
}
