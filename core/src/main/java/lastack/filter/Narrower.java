package lastack.filter;

import java.util.ArrayList;
import java.util.List;
import lastack.model.Narrowing;
import org.jspecify.annotations.Nullable;

/**
 * Finds what of a condition the kernel can decide, in the same way as the condition itself; null stands for what it cannot, and then
 * everything is let through.
 */
final class Narrower {
    private static final int HIGHEST_PORT = 65_535;

    private Narrower() {}

    /** What is left of the condition, or of its opposite. */
    static @Nullable Narrowing of(Condition condition, boolean negated) {
        return switch (condition) {
            case Condition.All all -> negated ? any(all.parts(), true) : all(all.parts(), false);
            case Condition.Any any -> negated ? all(any.parts(), true) : any(any.parts(), false);
            case Condition.Not not -> of(not.part(), !negated);
            case Condition.About about -> about(about.test(), negated);
            case Condition.HeldBy _ -> null;
        };
    }

    private static @Nullable Narrowing about(SocketTest test, boolean negated) {
        Narrowing exact = exact(test);
        return exact != null && negated ? new Narrowing.Not(exact) : exact;
    }

    /** What cannot be decided can be left out. */
    private static @Nullable Narrowing all(List<Condition> parts, boolean negated) {
        List<Narrowing> decided = new ArrayList<>();
        for (Condition part : parts) {
            Narrowing narrowing = of(part, negated);
            if (narrowing != null) {
                decided.add(narrowing);
            }
        }
        return decided.isEmpty() ? null : new Narrowing.All(List.copyOf(decided));
    }

    /** One that cannot be decided may hold for any socket. */
    private static @Nullable Narrowing any(List<Condition> parts, boolean negated) {
        List<Narrowing> decided = new ArrayList<>();
        for (Condition part : parts) {
            Narrowing narrowing = of(part, negated);
            if (narrowing == null) {
                return null;
            }
            decided.add(narrowing);
        }
        return new Narrowing.Any(List.copyOf(decided));
    }

    private static @Nullable Narrowing exact(SocketTest test) {
        return switch (test) {
            case SocketTest.At at -> at(at);
            case SocketTest.Numbered numbered -> numbered(numbered);
            case SocketTest.LocalPortIn in ->
                port(true, in.range().first(), in.range().last());
            case SocketTest.Marked marked -> new Narrowing.Mark(marked.mark(), marked.mask());
            default -> null;
        };
    }

    private static @Nullable Narrowing at(SocketTest.At at) {
        boolean local = at.side() == Side.LOCAL;
        List<Narrowing> both = new ArrayList<>();
        if (at.port() >= 0) {
            both.add(new Narrowing.Port(local, at.port(), at.port()));
        }
        if (!at.hosts().isEmpty()) {
            List<Narrowing> hosts = new ArrayList<>();
            for (Prefix host : at.hosts()) {
                hosts.add(new Narrowing.Network(local, host.network(), host.bits()));
            }
            both.add(new Narrowing.Any(List.copyOf(hosts)));
        }
        return both.isEmpty() ? null : new Narrowing.All(List.copyOf(both));
    }

    private static @Nullable Narrowing numbered(SocketTest.Numbered numbered) {
        return switch (numbered.number()) {
            case LOCAL_PORT -> compared(true, numbered.comparison(), numbered.value());
            case PEER_PORT -> compared(false, numbered.comparison(), numbered.value());
            case RECEIVE_QUEUE, SEND_QUEUE, INODE, COOKIE -> null;
        };
    }

    private static @Nullable Narrowing compared(boolean local, Comparison comparison, long value) {
        return switch (comparison) {
            case EQUAL -> port(local, value, value);
            case NOT_EQUAL -> opposite(port(local, value, value));
            case LESS -> port(local, 0, value - 1);
            case AT_MOST -> port(local, 0, value);
            case GREATER -> port(local, value + 1, HIGHEST_PORT);
            case AT_LEAST -> port(local, value, HIGHEST_PORT);
        };
    }

    private static @Nullable Narrowing opposite(@Nullable Narrowing narrowing) {
        return narrowing == null ? null : new Narrowing.Not(narrowing);
    }

    /** Null for limits that are no ports. */
    private static @Nullable Narrowing port(boolean local, long least, long most) {
        boolean ports = least >= 0 && most <= HIGHEST_PORT && least <= most;
        return ports ? new Narrowing.Port(local, (int) least, (int) most) : null;
    }
}
