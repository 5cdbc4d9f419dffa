package lastack.cli.census;

import java.util.Arrays;
import lastack.model.TcpState;

/**
 * What is kept of each socket of a namespace from one look to the next: its state and its group, found by its cookie. Hash
 * tables of plain numbers with open addressing, about 30 bytes a socket.
 */
final class Recall {
    private static final int SMALLEST = 1 << 8;

    /** No socket has this cookie; the kernel counts them from 1. */
    private static final long FREE = 0;

    private Table earlier = new Table(SMALLEST);
    private Table present = new Table(SMALLEST);

    /** A new look begins: what was the present is earlier now. */
    void begin() {
        Table reused = earlier;
        earlier = present;
        present = reused.emptied(earlier.size);
    }

    /** Where the socket stood at the earlier look, or -1 when it was not there. */
    int find(long cookie) {
        return earlier.find(cookie);
    }

    TcpState stateAt(int place) {
        return TcpState.of(earlier.states[place]);
    }

    int groupAt(int place) {
        return earlier.groups[place];
    }

    /** Keeps the socket; false when this look has seen it already, as a dump of a changing table may show it twice. */
    boolean keep(long cookie, TcpState state, int group) {
        if (cookie == FREE) {
            return true;
        }
        if (present.size * 2 >= present.cookies.length) {
            present = present.doubled();
        }
        return present.add(cookie, (byte) state.number(), group);
    }

    /** How many there were at the earlier look in each state, by the state's number. */
    int[] earlierCounts() {
        return earlier.counts;
    }

    private static final class Table {
        private final long[] cookies;
        private final byte[] states;
        private final int[] groups;
        private final int[] counts = new int[TcpState.values().length];
        private int size;

        Table(int capacity) {
            cookies = new long[capacity];
            states = new byte[capacity];
            groups = new int[capacity];
        }

        Table emptied(int expected) {
            int capacity = Math.max(SMALLEST, Integer.highestOneBit(expected + expected / 2) * 4);
            if (capacity > cookies.length || capacity * 8 < cookies.length) {
                return new Table(capacity);
            }
            Arrays.fill(cookies, FREE);
            Arrays.fill(counts, 0);
            size = 0;
            return this;
        }

        Table doubled() {
            Table larger = new Table(cookies.length * 2);
            for (int i = 0; i < cookies.length; i++) {
                if (cookies[i] != FREE) {
                    larger.add(cookies[i], states[i], groups[i]);
                }
            }
            return larger;
        }

        int find(long cookie) {
            int place = place(cookie);
            return cookies[place] == cookie && cookie != FREE ? place : -1;
        }

        boolean add(long cookie, byte state, int group) {
            int place = place(cookie);
            if (cookies[place] == cookie) {
                return false;
            }
            cookies[place] = cookie;
            states[place] = state;
            groups[place] = group;
            counts[state]++;
            size++;
            return true;
        }

        /** Where the cookie is or would be put; there always is a free place. */
        private int place(long cookie) {
            int mask = cookies.length - 1;
            int place = (int) ((cookie * 0x9E3779B97F4A7C15L) >>> 40) & mask;
            while (cookies[place] != FREE && cookies[place] != cookie) {
                place = (place + 1) & mask;
            }
            return place;
        }
    }
}
