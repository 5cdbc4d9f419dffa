package lastack.agent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/** The last so many sockets that were opened. Called on the program's threads. */
final class Openings implements Consumer<Object> {
    private static final int MOST_STACKS = 4096;
    private static final int DEEPEST = 64;

    /** The frames of the hook itself: accept, tell, socket. */
    private static final int OWN_FRAMES = 3;

    private final AtomicReferenceArray<Trace.Opening> ring;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Stack, Stack> stacks = new ConcurrentHashMap<>();

    Openings(int most) {
        this.ring = new AtomicReferenceArray<>(most);
    }

    int count() {
        return count.get();
    }

    @Override
    public void accept(Object socket) {
        Trace.Opening opening = new Trace.Opening(
                socket, System.currentTimeMillis(), Thread.currentThread().getName(), shared(here()));
        ring.set(Math.floorMod(count.getAndIncrement(), ring.length()), opening);
    }

    private static StackTraceElement[] here() {
        StackTraceElement[] all = new Throwable().getStackTrace();
        int from = Math.min(OWN_FRAMES + 1, all.length);
        return Arrays.copyOfRange(all, from, Math.min(all.length, from + DEEPEST));
    }

    /** Most sockets are opened in few places: each is kept once. */
    private StackTraceElement[] shared(StackTraceElement[] frames) {
        Stack stack = new Stack(frames);
        Stack known = stacks.get(stack);
        if (known != null) {
            return known.frames;
        }
        if (stacks.size() < MOST_STACKS) {
            stacks.put(stack, stack);
        }
        return frames;
    }

    /** The newest first: of a number that was used again, the last counts. */
    List<Trace.Opening> all() {
        List<Trace.Opening> all = new ArrayList<>();
        int newest = count.get() - 1;
        for (int i = 0; i < ring.length(); i++) {
            Trace.Opening opening = ring.get(Math.floorMod(newest - i, ring.length()));
            if (opening != null) {
                all.add(opening);
            }
        }
        return all;
    }

    /** Frames as a key. */
    private static final class Stack {
        private final StackTraceElement[] frames;
        private final int hash;

        Stack(StackTraceElement[] frames) {
            this.frames = frames;
            this.hash = Arrays.hashCode(frames);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Stack && Arrays.equals(frames, ((Stack) other).frames);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
