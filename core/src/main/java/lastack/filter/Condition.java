package lastack.filter;

import java.util.List;
import lastack.model.SocketView;

/** A question about a socket. */
sealed interface Condition {
    /**
     * The answer for this socket.
     *
     * @param known how much of the socket is; what depends on the rest is unknown
     */
    Truth of(SocketView socket, Known known);

    /** What takes more than a plain look at the kernel's table to know. */
    enum Knowledge {
        OWNERS,
        CGROUPS,
        AGE
    }

    /** Whether the answer can depend on it. */
    boolean needs(Knowledge knowledge);

    /** Every part holds. */
    record All(List<Condition> parts) implements Condition {
        @Override
        public Truth of(SocketView socket, Known known) {
            Truth sofar = Truth.YES;
            for (int i = 0; i < parts.size(); i++) {
                Truth part = parts.get(i).of(socket, known);
                if (part == Truth.NO) {
                    return Truth.NO;
                }
                sofar = part == Truth.UNKNOWN ? Truth.UNKNOWN : sofar;
            }
            return sofar;
        }

        @Override
        public boolean needs(Knowledge knowledge) {
            return anyNeeds(parts, knowledge);
        }
    }

    /** At least one part holds. */
    record Any(List<Condition> parts) implements Condition {
        @Override
        public Truth of(SocketView socket, Known known) {
            Truth sofar = Truth.NO;
            for (int i = 0; i < parts.size(); i++) {
                Truth part = parts.get(i).of(socket, known);
                if (part == Truth.YES) {
                    return Truth.YES;
                }
                sofar = part == Truth.UNKNOWN ? Truth.UNKNOWN : sofar;
            }
            return sofar;
        }

        @Override
        public boolean needs(Knowledge knowledge) {
            return anyNeeds(parts, knowledge);
        }
    }

    /** The part does not hold. */
    record Not(Condition part) implements Condition {
        @Override
        public Truth of(SocketView socket, Known known) {
            return part.of(socket, known).negated();
        }

        @Override
        public boolean needs(Knowledge knowledge) {
            return part.needs(knowledge);
        }
    }

    /** Something the kernel tells of the socket itself. */
    record About(SocketTest test) implements Condition {
        @Override
        public Truth of(SocketView socket, Known known) {
            boolean decided = known.compareTo(Known.SOCKET) >= 0 || known.compareTo(test.needs(socket)) >= 0;
            return decided ? test.of(socket) : Truth.UNKNOWN;
        }

        @Override
        public boolean needs(Knowledge knowledge) {
            return switch (knowledge) {
                case OWNERS -> false;
                case CGROUPS -> test instanceof SocketTest.InCgroup;
                case AGE -> test instanceof SocketTest.Aged || test instanceof SocketTest.Entered;
            };
        }
    }

    /**
     * Something of a process that holds the socket; one such process is enough.
     *
     * <p>A socket that somebody holds whom we cannot see could be anybody's: whether it is this one's is unknown, so that
     * {@code not comm = nginx} never means a socket that may be nginx's.
     */
    record HeldBy(OwnerTest test) implements Condition {
        @Override
        public Truth of(SocketView socket, Known known) {
            if (known.compareTo(Known.SOCKET) < 0) {
                return Truth.UNKNOWN;
            }
            boolean canHaveOwners = socket.inode() != 0;
            if (known == Known.SOCKET && canHaveOwners) {
                return Truth.UNKNOWN;
            }
            if (test.holdsForOneOf(socket)) {
                return Truth.YES;
            }
            boolean ownerUnseen = canHaveOwners && socket.owners().isEmpty() && !test.decidesUnowned();
            return ownerUnseen ? Truth.UNKNOWN : Truth.NO;
        }

        @Override
        public boolean needs(Knowledge knowledge) {
            return knowledge == Knowledge.OWNERS;
        }
    }

    private static boolean anyNeeds(List<Condition> parts, Knowledge knowledge) {
        for (Condition part : parts) {
            if (part.needs(knowledge)) {
                return true;
            }
        }
        return false;
    }
}
