package lastack.filter;

import java.util.List;
import lastack.model.Owner;
import lastack.model.SocketView;

/** One predicate about the processes that hold a socket. */
sealed interface OwnerTest {
    boolean holds(Owner owner);

    /** The answer for a socket that no process is seen to hold. */
    default boolean holdsUnowned(SocketView socket) {
        return false;
    }

    /** Whether that answer is sure, although somebody unseen may hold the socket. */
    default boolean decidesUnowned() {
        return false;
    }

    /** Whether it holds for at least one owner. */
    default boolean holdsForOneOf(SocketView socket) {
        List<Owner> owners = socket.owners();
        for (int i = 0; i < owners.size(); i++) {
            if (holds(owners.get(i))) {
                return true;
            }
        }
        return owners.isEmpty() && holdsUnowned(socket);
    }

    /** {@code pid}. */
    record Pid(Comparison comparison, long value) implements OwnerTest {
        @Override
        public boolean holds(Owner owner) {
            return comparison.holds(owner.pid(), value);
        }
    }

    /** {@code comm}. */
    record Comm(Glob glob) implements OwnerTest {
        @Override
        public boolean holds(Owner owner) {
            return glob.matches(owner.comm());
        }
    }

    /** {@code user}: who runs an owner; of a socket without owners, who made it. */
    record User(String name, int uid) implements OwnerTest {
        @Override
        public boolean holds(Owner owner) {
            return owner.uid() == uid || owner.user().equals(name);
        }

        @Override
        public boolean holdsUnowned(SocketView socket) {
            return socket.uid() == uid;
        }

        @Override
        public boolean decidesUnowned() {
            return true;
        }
    }

    /** {@code container}: the beginning of the container's id. */
    record Container(String prefix) implements OwnerTest {
        @Override
        public boolean holds(Owner owner) {
            String container = owner.container();
            return container != null && container.startsWith(prefix);
        }
    }
}
