package lastack.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lastack.kernel.process.DescriptorLimit;
import lastack.kernel.process.EpollEntry;
import lastack.kernel.process.FrozenGroup;
import lastack.kernel.process.ProcessView;
import lastack.kernel.process.ThreadWait;
import lastack.model.Owner;
import lastack.model.TcpSocket;

/**
 * Whether anybody takes care of a socket: what the processes that hold it are occupied with.
 *
 * @param socket the socket
 * @param around where to look
 */
record Holders(TcpSocket socket, Surroundings around) {
    /** So near to its limit a process is in want of descriptors. */
    private static final int FEW_DESCRIPTORS = 8;

    private static final int WAITS_SHOWN = 3;

    /** Of workers that share a socket there may be thousands. */
    private static final int OWNERS_SHOWN = 4;

    /** Whether each of them is stopped; false when there is none. */
    boolean allStopped() {
        return !socket.owners().isEmpty()
                && socket.owners().stream()
                        .allMatch(owner -> around.process(owner.process()).isStopped());
    }

    /** Concludes that they stand still: a signal's stop lasts, and so does a freeze; a debugger's may be over in a moment. */
    Diagnosis standStill(Findings findings, String summary) {
        boolean forGood = socket.owners().stream()
                .allMatch(owner -> around.process(owner.process()).isStoppedForGood());
        return forGood
                ? findings.certainly(Verdict.OWNER_STOPPED, summary)
                : findings.possibly(
                        Verdict.OWNER_STOPPED, summary + " while a debugger holds it", "look again in a second");
    }

    /** Whether a thread waits for something to read from it, in a call of its own or through an epoll set. */
    boolean isWaitedFor() {
        return socket.owners().stream().anyMatch(owner -> !waitsToRead(owner).isEmpty());
    }

    /** Whether all of these waits are for epoll sets that wake a thread only once for what comes. */
    boolean onlyByEdge() {
        return socket.owners().stream().allMatch(owner -> {
            ProcessView process = around.process(owner.process());
            return waitsToRead(owner).stream().allMatch(wait -> wait.call().startsWith("epoll_"))
                    && process.polls(socket.inode()).stream()
                            .filter(EpollEntry::waitsToRead)
                            .allMatch(EpollEntry::isEdgeTriggered);
        });
    }

    /** Whether nothing that may wait for it is out of sight. */
    boolean allSeen() {
        return socket.owners().stream()
                .allMatch(owner -> around.process(owner.process()).isSeen());
    }

    private List<ThreadWait> waitsToRead(Owner owner) {
        return around.process(owner.process()).waitingToRead(owner.fd(), socket.inode());
    }

    private List<ThreadWait> waits(Owner owner) {
        return around.process(owner.process()).waitingFor(owner.fd(), socket.inode());
    }

    /** Notes who waits for it and how, and who stands still. */
    void describe(Findings findings) {
        List<Owner> owners = socket.owners();
        boolean many = owners.size() > OWNERS_SHOWN + 1;
        for (Owner owner : many ? owners.subList(0, OWNERS_SHOWN) : owners) {
            ProcessView process = around.process(owner.process());
            describeState(owner, process, findings);
            describeEpoll(owner, process, findings);
            describeThreads(owner, process, findings);
        }
        if (many) {
            describeOthers(findings);
        }
    }

    private void describeOthers(Findings findings) {
        Attendance others = around.attendance(socket, OWNERS_SHOWN);
        findings.fact(
                "other descriptors of it: " + (socket.owners().size() - OWNERS_SHOWN) + "; a thread waits for "
                        + (others.waitedFor() == 0 ? "none" : Integer.toString(others.waitedFor())) + " of them"
                        + (others.still() == 0 ? "" : ", and the processes of " + others.still() + " stand still"),
                "/proc/*/fdinfo and task");
    }

    private static void describeState(Owner owner, ProcessView process, Findings findings) {
        FrozenGroup frozen = process.frozen();
        if (frozen != null) {
            findings.fact(
                    owner.label() + " is frozen with its control group, as docker pause does",
                    frozen.file().toString());
        } else if (process.isStopped()) {
            findings.fact(
                    owner.label() + (process.state() == 'T' ? " is stopped by a signal" : " is held by a debugger"),
                    "/proc/" + owner.pid() + "/stat");
        }
    }

    private void describeEpoll(Owner owner, ProcessView process, Findings findings) {
        List<EpollEntry> entries = process.polls(socket.inode());
        for (EpollEntry entry : entries) {
            findings.fact(
                    "fd " + entry.fd() + " is in epoll set " + entry.epoll() + " of " + owner.label() + ", for "
                            + entry.eventsInWords(),
                    "/proc/" + owner.pid() + "/fdinfo/" + entry.epoll());
            for (EpollEntry outer : process.pollsOfSet(entry.epoll())) {
                findings.fact(
                        "epoll set " + outer.fd() + " is in epoll set " + outer.epoll() + ", for "
                                + outer.eventsInWords(),
                        "/proc/" + owner.pid() + "/fdinfo/" + outer.epoll());
            }
        }
        if (entries.isEmpty() && process.descriptors() >= 0) {
            findings.fact("fd " + owner.fd() + " is in no epoll set of " + owner.label(), fdinfo(owner));
        }
        if (process.usesRing()) {
            findings.fact(owner.label() + " has an io_uring, whose requests cannot be seen", fdinfo(owner));
        }
    }

    private static String fdinfo(Owner owner) {
        return "/proc/" + owner.pid() + "/fdinfo";
    }

    private void describeThreads(Owner owner, ProcessView process, Findings findings) {
        String source = "/proc/" + owner.pid() + "/task/*/syscall";
        if (process.threads().isEmpty()) {
            findings.fact("what the threads of " + owner.label() + " do may not be seen", source);
            return;
        }
        List<ThreadWait> waits = waits(owner);
        for (ThreadWait wait : waits.subList(0, Math.min(WAITS_SHOWN, waits.size()))) {
            findings.fact("thread " + wait.tid() + " of " + owner.label() + " waits for it in " + wait.call(), source);
        }
        if (waits.isEmpty()) {
            int threads = process.threads().size();
            findings.fact(
                    (threads == 1 ? "the one thread of " : "none of the " + threads + " threads of ")
                            + owner.label()
                            + (threads == 1 ? " does not wait for it: " : " waits for it: ")
                            + process.calls(),
                    source);
        }
    }

    /** Those that have no descriptor left at all. */
    List<Owner> atLimit() {
        return distinctProcesses().stream().filter(this::isAtLimit).toList();
    }

    private boolean isAtLimit(Owner owner) {
        ProcessView process = around.process(owner.process());
        return process.limit().soft() >= 0
                && process.descriptors() >= process.limit().soft();
    }

    /** Whether a thread of one that has descriptors left waits for something to come. */
    boolean areWaitedForWithinLimit() {
        return socket.owners().stream()
                .anyMatch(owner -> !isAtLimit(owner) && !waitsToRead(owner).isEmpty());
    }

    /** Adds {@link Verdict#FD_EXHAUSTION} where a process is at its limit. */
    void describeDescriptors(Findings findings) {
        for (Owner owner : distinctProcesses()) {
            ProcessView process = around.process(owner.process());
            DescriptorLimit limit = process.limit();
            if (process.descriptors() < 0 || limit.soft() < 0 || !isNear(process.descriptors(), limit.soft())) {
                continue;
            }
            findings.also(Verdict.FD_EXHAUSTION)
                    .fact(
                            owner.label() + " has " + process.descriptors() + " of " + limit.soft()
                                    + " descriptors open: accept and open fail with EMFILE at the limit"
                                    + (process.descriptors() > limit.soft() ? ", which was lowered meanwhile" : ""),
                            "/proc/" + owner.pid() + "/fd and limits");
            boolean allowed = limit.hard() > limit.soft();
            Counsel counsel = new Counsel(socket, around.self());
            findings.advise(counsel.raiseDescriptorLimit(owner, allowed ? limit.hard() : 2 * limit.soft(), allowed))
                    .advise(counsel.descriptorsOf(owner))
                    .advise(counsel.socketsOf(owner));
        }
    }

    private static boolean isNear(int open, long limit) {
        return limit - open <= Math.min(FEW_DESCRIPTORS, limit / 10);
    }

    private List<Owner> distinctProcesses() {
        Map<Integer, Owner> processes = new LinkedHashMap<>();
        socket.owners().forEach(owner -> processes.putIfAbsent(owner.pid(), owner));
        return List.copyOf(processes.values());
    }

    /** Advice to let stopped processes go on. */
    void adviseToResume(Findings findings) {
        for (Owner owner : distinctProcesses()) {
            ProcessView process = around.process(owner.process());
            FrozenGroup frozen = process.frozen();
            if (frozen != null) {
                findings.advise(new Counsel(socket, around.self()).thaw(owner, frozen));
            }
            if (process.state() == 'T') {
                findings.advise(new Counsel(socket, around.self()).resume(owner));
            }
        }
    }
}
