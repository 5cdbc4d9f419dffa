package lastack.jvm;

import java.util.List;

/**
 * How an object is kept alive: from where it starts, over which fields and places.
 *
 * @param root what begins it: {@code static} for a field, {@code thread}, {@code local} for a variable, {@code native} for native code
 * @param rootName {@code com.acme.Pool.idle}, the thread's name, or {@code frame com.acme.Worker.run(Worker.java:42) of thread worker}
 * @param steps the objects on it, the socket's own last
 */
public record HolderPath(String root, String rootName, List<Step> steps) {
    static final String LOCAL = "local";

    /**
     * One object on the way.
     *
     * @param link how the one before refers to it: {@code .idle} or {@code [3]}; empty for the first
     * @param object the object
     * @param facts what some of its fields say, where they are worth reading
     */
    public record Step(String link, JavaObject object, List<Fact> facts) {}

    /**
     * What a field says.
     *
     * @param field its name, or the way to it
     * @param value its number
     */
    public record Fact(String field, long value) {}

    /**
     * The way for a reader: {@code static com.acme.Pool.idle -> ArrayList[3] -> Conn.socket -> Socket}. The insides of the JDK's
     * collections are left out.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(beginning()).append(' ').append(rootName);
        String pending = "";
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (isInside(i)) {
                pending = step.link().startsWith("[") ? index(step.link()) : pending;
            } else {
                text.append(link(i, pending)).append(step.object().shortType());
                pending = "";
            }
        }
        return text.toString();
    }

    private String beginning() {
        return switch (root) {
            case LOCAL -> "local variable in";
            case "native" -> "native code:";
            default -> root;
        };
    }

    /** Whether a variable of a running method begins it. */
    boolean isLocal() {
        return root.equals(LOCAL);
    }

    private String link(int i, String pending) {
        Step step = steps.get(i);
        if (i == 0 || isThreads(steps.get(i - 1).object().type())) {
            return " -> ";
        }
        if (isInside(i - 1)) {
            String place = pending.isEmpty() ? index(step.link()) : pending;
            return (place.isEmpty() ? "[*]" : place) + " -> ";
        }
        return (step.link().startsWith("[") ? index(step.link()) : step.link()) + " -> ";
    }

    /** {@code [3] of 10} without the length. */
    private static String index(String link) {
        int end = link.indexOf(']');
        return link.startsWith("[") ? link.substring(0, end + 1) : "";
    }

    /** Arrays and nodes below a collection of the JDK. */
    private boolean isInside(int i) {
        String type = steps.get(i).object().type();
        if (root.equals("thread") && i < steps.size() - 1 && (i == 0 || isInside(i - 1)) && isThreads(type)) {
            return true;
        }
        if (i == 0) {
            return false;
        }
        boolean array = type.startsWith("[");
        boolean node = type.startsWith("java.util.") && type.contains("$");
        return (array || node) && (steps.get(i - 1).object().type().startsWith("java.util.") || isInside(i - 1));
    }

    /** What the JDK puts around the task of a thread. */
    private static boolean isThreads(String type) {
        return type.startsWith("java.lang.Thread")
                || type.startsWith("java.lang.VirtualThread")
                || type.startsWith("java.util.concurrent.ThreadPerTaskExecutor$")
                || type.startsWith("java.lang.ThreadBuilders$");
    }

    /** The way without places in lists and tables, the same for all that are held alike. */
    public String shape() {
        return toString().replaceAll("\\[[0-9]+\\]", "[*]");
    }
}
