package lastack.sockets;

import java.util.ArrayList;
import java.util.List;
import lastack.kernel.process.DescriptorLink;
import lastack.kernel.process.FdWalk;
import lastack.model.Gap;
import lastack.model.Owner;

/**
 * Who holds a socket, asked again and again while sockets come and go: first where it probably is, then by a walk over all processes,
 * which is made no more often than takes a tenth of the time.
 *
 * <p>Only a complete walk finds every holder. Until the next one a socket made since has those that were found where it probably is;
 * one that is named was seen to hold it.
 */
public final class OwnerSearch {
    private static final int SHARE = 10;
    private static final long LEAST_NANOS = 200_000_000;

    private final Users users = Users.ofThisHost();
    private OwnerIndex index;
    private long walkBegan;
    private long nextWalk;

    /** Walks over all processes. */
    public OwnerSearch() {
        index = walked();
    }

    private OwnerIndex walked() {
        walkBegan = System.nanoTime();
        OwnerIndex fresh = OwnerIndex.walk();
        long now = System.nanoTime();
        nextWalk = now + Math.max(LEAST_NANOS, (now - walkBegan) * SHARE);
        return fresh;
    }

    /** Walks again in any case, for those that ask seldom. */
    public void walk() {
        index = walked();
    }

    /** Those that held it at the last walk, whether or not they still do. */
    public List<Owner> lastSeen(long inode) {
        return index.ownersOf(inode);
    }

    /** Those that hold it now, as far as they are known without a walk. */
    public List<Owner> of(long inode, List<Integer> likelyPids) {
        List<Owner> found = new ArrayList<>(index.ownersOf(inode));
        found.removeIf(owner -> !DescriptorLink.isSocket(owner.pid(), owner.fd(), inode));
        if (found.isEmpty()) {
            likelyPids.forEach(pid -> lookInto(pid, inode, found));
        }
        return found;
    }

    /** Walks again if the last walk began before the given time (of {@link System#nanoTime}), and may be repeated by now. */
    public void walkAgain(long neededSince) {
        long now = System.nanoTime();
        if (walkBegan - neededSince < 0 && now - nextWalk >= 0) {
            walk();
        }
    }

    private void lookInto(int pid, long inode, List<Owner> found) {
        new FdWalk(new FdWalk.Visitor() {
                    @Override
                    public void socket(int holder, int fd, long held) {
                        if (held == inode) {
                            ProcessDescription.read(holder, users).ifPresent(process -> found.add(process.holding(fd)));
                        }
                    }

                    @Override
                    public void unreadable(int hidden) {}

                    @Override
                    public void vanished(int ended) {}
                })
                .overProcess(pid);
    }

    /** What the last walk could not see. */
    public List<Gap> gaps() {
        return index.hidden();
    }
}
