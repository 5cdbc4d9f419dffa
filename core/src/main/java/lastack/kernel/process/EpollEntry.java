package lastack.kernel.process;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of {@code /proc/PID/fdinfo/EPFD} (proc_pid_fdinfo(5), the inode since Linux 4.13): what an epoll set waits for.
 *
 * @param epoll the descriptor of the set
 * @param fd the descriptor it was added under
 * @param events what it is asked for, {@code EPOLL*} of {@code sys/epoll.h}
 * @param inode the inode of the file behind it
 * @param nests whether that file is an epoll set itself, told by the inode all of them share (Linux 5.14)
 */
public record EpollEntry(int epoll, int fd, long events, long inode, boolean nests) {
    private static final long EPOLLIN = 0x1;
    private static final long EPOLLOUT = 0x4;
    private static final long EPOLLRDNORM = 0x40;
    private static final long EPOLLRDHUP = 0x2000;

    /** {@code EPOLLERR | EPOLLHUP}: the kernel adds them to every entry, and takes them from one whose one shot has fired. */
    private static final long ALWAYS = 0x18;

    private static final long EPOLLONESHOT = 1L << 30;
    private static final long EPOLLET = 1L << 31;

    static List<EpollEntry> parse(int epoll, String fdinfo) {
        List<EpollEntry> entries = new ArrayList<>();
        long own = -1;
        for (String line : fdinfo.split("\n", -1)) {
            if (line.startsWith("ino:")) {
                own = Long.parseLong(line.substring("ino:".length()).strip());
            } else if (line.startsWith("tfd:")) {
                entries.add(entry(epoll, line, own));
            }
        }
        return entries;
    }

    private static EpollEntry entry(int epoll, String line, long own) {
        int fd = Integer.parseInt(field(line, "tfd:"));
        long inode = Long.parseLong(field(line, "ino:"), 16);
        return new EpollEntry(epoll, fd, Long.parseLong(field(line, "events:"), 16), inode, inode == own);
    }

    /** The word behind a name; blanks may stand between the two. */
    private static String field(String line, String name) {
        int start = line.indexOf(name);
        if (start < 0) {
            return "0";
        }
        String rest = line.substring(start + name.length()).stripLeading();
        int end = rest.indexOf(' ');
        return end < 0 ? rest : rest.substring(0, end);
    }

    /** Whether it is woken when something can be read, the end of the stream included. */
    public boolean waitsToRead() {
        return (events & (EPOLLIN | EPOLLRDNORM | EPOLLRDHUP)) != 0;
    }

    /** Whether it is woken only by what is new: one that did not read to the end then is not woken again. */
    public boolean isEdgeTriggered() {
        return (events & EPOLLET) != 0;
    }

    /** Whether it waits for nothing at all until the program arms it again. */
    boolean hasFired() {
        return (events & EPOLLONESHOT) != 0 && (events & ALWAYS) == 0;
    }

    /** The events in words: {@code readable, edge-triggered}. */
    public String eventsInWords() {
        List<String> words = new ArrayList<>();
        add(words, EPOLLIN, "readable");
        add(words, EPOLLOUT, "writable");
        add(words, EPOLLRDHUP, "peer's end");
        if (words.isEmpty()) {
            words.add(hasFired() ? "nothing, its one shot has fired" : "nothing but errors");
        }
        add(words, EPOLLET, "edge-triggered");
        return String.join(", ", words);
    }

    private void add(List<String> words, long bit, String word) {
        if ((events & bit) != 0) {
            words.add(word);
        }
    }
}
