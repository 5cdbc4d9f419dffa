package lastack.filter;

import java.util.List;
import lastack.model.TcpSocket;

/** A question about a socket. */
sealed interface Condition {
    /**
     * The answer for this socket.
     *
     * @param ownersKnown whether the socket's owners have been looked up; if not, what depends on them is unknown
     */
    Truth of(TcpSocket socket, boolean ownersKnown);

    /** Whether the answer can depend on the owners. */
    boolean needsOwners();

    /** Every part holds. */
    record All(List<Condition> parts) implements Condition {
        @Override
        public Truth of(TcpSocket socket, boolean ownersKnown) {
            Truth sofar = Truth.YES;
            for (int i = 0; i < parts.size(); i++) {
                Truth part = parts.get(i).of(socket, ownersKnown);
                if (part == Truth.NO) {
                    return Truth.NO;
                }
                sofar = part == Truth.UNKNOWN ? Truth.UNKNOWN : sofar;
            }
            return sofar;
        }

        @Override
        public boolean needsOwners() {
            return anyNeedsOwners(parts);
        }
    }

    /** At least one part holds. */
    record Any(List<Condition> parts) implements Condition {
        @Override
        public Truth of(TcpSocket socket, boolean ownersKnown) {
            Truth sofar = Truth.NO;
            for (int i = 0; i < parts.size(); i++) {
                Truth part = parts.get(i).of(socket, ownersKnown);
                if (part == Truth.YES) {
                    return Truth.YES;
                }
                sofar = part == Truth.UNKNOWN ? Truth.UNKNOWN : sofar;
            }
            return sofar;
        }

        @Override
        public boolean needsOwners() {
            return anyNeedsOwners(parts);
        }
    }

    /** The part does not hold. */
    record Not(Condition part) implements Condition {
        @Override
        public Truth of(TcpSocket socket, boolean ownersKnown) {
            return part.of(socket, ownersKnown).negated();
        }

        @Override
        public boolean needsOwners() {
            return part.needsOwners();
        }
    }

    /** Something the kernel tells of the socket itself. */
    record About(SocketTest test) implements Condition {
        @Override
        public Truth of(TcpSocket socket, boolean ownersKnown) {
            return test.of(socket);
        }

        @Override
        public boolean needsOwners() {
            return false;
        }
    }

    /** Something of a process that holds the socket; one such process is enough. */
    record HeldBy(OwnerTest test) implements Condition {
        @Override
        public Truth of(TcpSocket socket, boolean ownersKnown) {
            boolean canHaveOwners = socket.inode() != 0;
            if (!ownersKnown && canHaveOwners) {
                return Truth.UNKNOWN;
            }
            return Truth.of(test.holdsForOneOf(socket));
        }

        @Override
        public boolean needsOwners() {
            return true;
        }
    }

    private static boolean anyNeedsOwners(List<Condition> parts) {
        for (Condition part : parts) {
            if (part.needsOwners()) {
                return true;
            }
        }
        return false;
    }
}
