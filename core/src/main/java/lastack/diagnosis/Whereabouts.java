package lastack.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lastack.filter.Filter;
import lastack.model.Endpoint;
import lastack.model.IpAddress;
import lastack.model.SocketView;
import lastack.model.UnavailableException;
import lastack.sockets.LazyOwners;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;

/**
 * In which namespaces a socket with two given ends may be: eight bytes for each socket of the host, 48 bits of a hash of its ends and
 * 16 of the number of its table, in order. It is only where to ask: another socket may have the same hash.
 */
final class Whereabouts {
    private static final int TABLE_BITS = 16;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final List<SocketTable> tables;
    private long[] keys = new long[1 << 10];
    private int size;

    private Whereabouts(List<SocketTable> tables) {
        this.tables = tables;
    }

    /** Looks at every socket of these tables; a table that cannot be read has none. */
    static Whereabouts in(List<SocketTable> tables) {
        Whereabouts all = new Whereabouts(tables);
        for (int i = 0; i < Math.min(tables.size(), 1 << TABLE_BITS); i++) {
            all.addAll(i);
        }
        Arrays.sort(all.keys, 0, all.size);
        return all;
    }

    private void addAll(int table) {
        try {
            tables.get(table)
                    .scan(
                            Query.of(Filter.all()).withoutOwners(),
                            new LazyOwners(),
                            socket -> add(hash(socket.local(), socket.peer()), table));
        } catch (UnavailableException e) {
            return; // Asked for one socket, it would have said the same.
        }
    }

    private void add(long hash, int table) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size++] = (hash << TABLE_BITS) | table;
    }

    /** The tables that may have the other end of this one. */
    List<SocketTable> ofOtherEnd(SocketView socket) {
        long least = hash(socket.peer(), socket.local()) << TABLE_BITS;
        int found = Arrays.binarySearch(keys, 0, size, least);
        List<SocketTable> some = new ArrayList<>(1);
        for (int at = found < 0 ? -found - 1 : found;
                at < size && keys[at] >>> TABLE_BITS == least >>> TABLE_BITS;
                at++) {
            SocketTable table = tables.get((int) (keys[at] & ((1 << TABLE_BITS) - 1)));
            if (some.isEmpty() || some.getLast() != table) {
                some.add(table);
            }
        }
        return some;
    }

    private static long hash(Endpoint one, Endpoint other) {
        return ((mixed(one) * 31 + mixed(other)) * MIX) >>> TABLE_BITS;
    }

    private static long mixed(Endpoint end) {
        IpAddress address = end.address().unmapped();
        return ((((address.high() * MIX) ^ address.low()) * MIX) ^ end.port()) * MIX;
    }
}
