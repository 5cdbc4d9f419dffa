package lastack.tuning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Ports from the first to the last, both included. */
record Ports(int first, int last) {
    boolean contains(int port) {
        return port >= first && port <= last;
    }

    /** How many of them are in none of the others. */
    int countWithout(List<Ports> others) {
        int count = 0;
        for (int port = first; port <= last; port++) {
            count += isIn(port, others) ? 0 : 1;
        }
        return count;
    }

    static boolean isIn(int port, List<Ports> ranges) {
        for (Ports range : ranges) {
            if (range.contains(port)) {
                return true;
            }
        }
        return false;
    }

    /** The same ports in order, with ranges that overlap or touch made one. */
    static List<Ports> joined(List<Ports> ranges) {
        List<Ports> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingInt(Ports::first));
        List<Ports> joined = new ArrayList<>();
        for (Ports next : sorted) {
            Ports last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && next.first <= last.last + 1) {
                joined.set(joined.size() - 1, new Ports(last.first, Math.max(last.last, next.last)));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
