package lastack.agent;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Closes the object that stands for a socket, once more made sure that the descriptor is still that socket and the object still has
 * that descriptor. The outermost object first, so that the program learns of it as of a close of its own.
 */
final class Closing {
    /** A close that has to say goodbye to a peer which does not listen may wait for long. */
    private static final long PATIENCE_MILLIS = 1_000;

    private static final long PAUSE_MILLIS = 2;

    private final Memory memory;
    private final Found found;

    Closing(Memory memory, Found found) {
        this.memory = memory;
        this.found = found;
    }

    /** What came of it: {@code closed}, {@code changed} or {@code open}, and more words. */
    String[] run() {
        if (!isStillIt()) {
            return words("changed", "");
        }
        String trouble = "";
        for (Object object : outermostFirst()) {
            trouble = close(object);
            wake();
            if (isGone()) {
                return words("closed", object.getClass().getName() + '@' + Description.identity(object));
            }
            if (!isStillIt()) {
                break;
            }
        }
        return words("open", trouble);
    }

    private String[] words(String outcome, String detail) {
        return new String[] {"outcome", Integer.toString(found.wanted.fd), outcome, detail};
    }

    private boolean isStillIt() {
        return SocketObjects.number(found.inner, memory) == found.wanted.fd
                && SocketObjects.isLive(found.inner, memory)
                && found.wanted.isStillIt();
    }

    @SuppressWarnings("ReferenceEquality") // The very object is meant.
    private List<Object> outermostFirst() {
        List<Object> objects = new ArrayList<>();
        Object netty = found.nettyChannel(memory);
        if (netty != null) {
            objects.add(netty);
        }
        if (found.facing != netty) {
            objects.add(found.facing);
        }
        if (found.inner != found.facing) {
            objects.add(found.inner);
        }
        return objects;
    }

    /** Closes on a thread of its own, and waits for the descriptor to go. */
    private String close(final Object object) {
        final String[] trouble = {""};
        Thread closer = Station.thread("lastack close", new Runnable() {
            @Override
            public void run() {
                trouble[0] = attempt(object);
            }
        });
        closer.start();
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (found.wanted.isStillIt() && System.nanoTime() - deadline < 0) {
            wake();
            pause();
        }
        return trouble[0];
    }

    private String attempt(Object object) {
        try {
            if (object instanceof Closeable) {
                ((Closeable) object).close();
            } else {
                close(object, object.getClass());
            }
            return "";
        } catch (Throwable e) {
            return String.valueOf(e);
        }
    }

    /** Netty's channels and the JDK's {@code SocketImpl} have a close, but do not say so by an interface. */
    private void close(Object object, Class<?> type) throws ReflectiveOperationException, IOException {
        Method close = method(type);
        if (close == null) {
            throw new IOException(type.getName() + " has no close()");
        }
        if (type.getName().startsWith("java.") || type.getName().startsWith("sun.")) {
            memory.open("sun.nio.ch");
            memory.open("java.net");
        }
        close.setAccessible(true);
        close.invoke(object);
    }

    private static @Nullable Method method(Class<?> type) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            for (Method own : above.getDeclaredMethods()) {
                if (own.getName().equals("close") && own.getParameterCount() == 0) {
                    return own;
                }
            }
        }
        return null;
    }

    /** A channel that a selector knows is closed for good when the selector runs again. */
    private void wake() {
        for (SelectionKey key : found.keys(memory)) {
            key.selector().wakeup();
        }
    }

    private boolean isGone() {
        return !found.wanted.isStillIt();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
