package lastack.tuning;

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

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
