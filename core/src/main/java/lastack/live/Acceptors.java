package lastack.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lastack.model.Owner;
import lastack.model.TcpSocket;

/** Which processes held sockets on a local port: whoever accepts a connection there is probably one of them. */
final class Acceptors {
    private static final int MOST = 10_000;
    private static final int MOST_EACH = 4;

    private final Map<Place, List<Integer>> pids = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, List<Integer>> eldest) {
            return size() > MOST;
        }
    };

    private record Place(long netns, int port) {
        static Place of(TcpSocket socket) {
            return new Place(socket.netns().inode(), socket.local().port());
        }
    }

    /** Remembers who was seen to hold this one. */
    void note(TcpSocket socket) {
        if (!socket.owners().isEmpty()) {
            List<Integer> holders = socket.owners().stream()
                    .map(Owner::pid)
                    .distinct()
                    .limit(MOST_EACH)
                    .toList();
            pids.put(Place.of(socket), holders);
        }
    }

    /** Those to look into first. */
    List<Integer> of(TcpSocket socket) {
        return pids.getOrDefault(Place.of(socket), List.of());
    }
}
