package lastack.agent;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what was found of one socket: its object, the way to it, who is blocked on it, and where it is registered. */
final class Description {
    private final Memory memory;
    private final Walk walk;
    private final Map<String, String[]> watched;
    private final Blocked blocked;
    private final Answer answer;

    Description(Memory memory, Walk walk, Map<String, String[]> watched, Blocked blocked, Answer answer) {
        this.memory = memory;
        this.walk = walk;
        this.watched = watched;
        this.blocked = blocked;
        this.answer = answer;
    }

    void tell(Found found) throws IOException {
        answer.line("socket", Integer.toString(found.wanted.fd), Long.toString(found.wanted.inode));
        answer.line("object", found.facing.getClass().getName(), identity(found.facing));
        answer.line("inner", found.inner.getClass().getName(), identity(found.inner));
        if (found.node >= 0) {
            way(found.node);
        }
        threads(found);
        if (found.node >= 0) {
            holder(walk.root(found.node).thread());
        }
        for (SelectionKey key : found.keys(memory)) {
            key(key);
        }
    }

    static String identity(Object object) {
        return Integer.toHexString(System.identityHashCode(object));
    }

    private void way(int node) throws IOException {
        List<Integer> nodes = new ArrayList<>();
        for (int at = node; at >= 0; at = walk.parent(at)) {
            nodes.add(at);
        }
        Collections.reverse(nodes);
        answer.line(walk.root(node).words());
        for (int at : nodes) {
            Object object = walk.object(at);
            String link = walk.parent(at) < 0 ? "" : walk.link(at);
            answer.line("step", link, object.getClass().getName(), identity(object));
            facts(object);
        }
    }

    private void facts(Object object) throws IOException {
        for (Class<?> type = object.getClass(); type != null && !watched.isEmpty(); type = type.getSuperclass()) {
            String[] fields = watched.get(type.getName());
            if (fields != null) {
                for (String field : fields) {
                    fact(object, field);
                }
            }
        }
    }

    /** {@code expiryDeadline.value}: a number in an object of the object. */
    private void fact(Object object, String path) throws IOException {
        Object at = object;
        String rest = path;
        for (int dot = rest.indexOf('.'); dot > 0 && at != null; dot = rest.indexOf('.')) {
            at = memory.field(at, rest.substring(0, dot));
            rest = rest.substring(dot + 1);
        }
        long value = at == null ? Long.MIN_VALUE : memory.number(at, rest, Long.MIN_VALUE);
        if (value != Long.MIN_VALUE) {
            answer.line("fact", path, Long.toString(value));
        }
    }

    private void threads(Found found) throws IOException {
        for (Blocked.Waiting one : blocked.on(found.inner)) {
            thread(one.how, one.thread);
        }
    }

    /** Where the thread is whose own objects lead to it. */
    private void holder(@Nullable Thread thread) throws IOException {
        if (thread != null) {
            thread("holds", thread);
        }
    }

    private void thread(String how, Thread thread) throws IOException {
        answer.line("thread", how, Threads.label(thread), Threads.isVirtual(thread) ? "virtual" : "platform");
        answer.frames(thread.getStackTrace());
    }

    private void key(SelectionKey key) throws IOException {
        Selector selector = key.selector();
        Object attached = key.attachment();
        answer.line(
                "key",
                selector.getClass().getName(),
                identity(selector),
                Integer.toString(interest(key)),
                attached == null ? "" : attached.getClass().getName());
        Thread thread = blocked.in(selector);
        if (thread != null) {
            thread("selects", thread);
        }
    }

    /** A cancelled key has none: the channel is closed, and stays until its selector runs again. */
    private static int interest(SelectionKey key) {
        try {
            return key.interestOps();
        } catch (RuntimeException e) {
            return -1;
        }
    }
}
