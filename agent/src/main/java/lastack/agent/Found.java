package lastack.agent;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects that stand for one descriptor. */
final class Found {
    final Wanted wanted;

    /** What keeps the descriptor: a {@code SocketImpl}, a channel, or a native socket of Netty. */
    final Object inner;

    /** What the program calls its socket. */
    final Object facing;

    /** The node of {@link #facing} in the walk, or -1 when no way leads to it. */
    final int node;

    Found(Wanted wanted, Object inner, Object facing, int node) {
        this.wanted = wanted;
        this.inner = inner;
        this.facing = facing;
        this.node = node;
    }

    /** Where a walk has met the inner object. */
    static Found at(Wanted wanted, Walk walk, int node) {
        int facing = facing(walk, node);
        return new Found(wanted, walk.object(node), walk.object(facing), facing);
    }

    /** Upwards as long as one socket wraps the other, with at most one object between: TLS, then plain, then its implementation. */
    private static int facing(Walk walk, int inner) {
        int best = inner;
        int above = walk.parent(inner);
        int since = 1;
        while (above >= 0 && since <= 2) {
            if (SocketObjects.isFacing(walk.object(above))) {
                best = above;
                since = 0;
            }
            since++;
            above = walk.parent(above);
        }
        return best;
    }

    /** Netty's channel around it, or null. */
    @Nullable
    Object nettyChannel(Memory memory) {
        if (SocketObjects.isNettyChannel(facing)) {
            return facing;
        }
        for (SelectionKey key : keys(memory)) {
            Object attached = key.attachment();
            if (attached != null && SocketObjects.isNettyChannel(attached)) {
                return attached;
            }
        }
        return null;
    }

    /** Where it is registered with selectors. */
    List<SelectionKey> keys(Memory memory) {
        List<SelectionKey> present = new ArrayList<>();
        Object keys = inner instanceof SelectableChannel ? memory.field(inner, "keys") : null;
        if (keys instanceof SelectionKey[]) {
            for (SelectionKey key : (SelectionKey[]) keys) {
                if (key != null) {
                    present.add(key);
                }
            }
        }
        return present;
    }
}
