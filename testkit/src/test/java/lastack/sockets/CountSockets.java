package lastack.sockets;

import java.util.List;
import lastack.filter.Filter;
import lastack.model.Gap;

/** For a process of its own: {@code FILTER OWNERS} prints how many sockets match, how many owners they have, and the gaps. */
final class CountSockets {
    private CountSockets() {}

    public static void main(String[] arguments) throws Exception {
        Query whole = Query.of(Filter.parse(arguments[0]));
        Query query = Boolean.parseBoolean(arguments[1]) ? whole : whole.withoutOwners();
        long[] counts = new long[2];
        try (SocketTable table = SocketTable.open()) {
            List<Gap> gaps = table.stream(query, socket -> {
                counts[0]++;
                counts[1] += socket.owners().size();
            });
            System.out.println(counts[0] + " sockets");
            System.out.println(counts[1] + " owners");
            gaps.forEach(gap -> System.out.println(gap.what() + ": " + gap.why()));
        }
    }
}
