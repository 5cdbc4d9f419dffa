package lastack.kernel.ptrace;

import lastack.kernel.process.ProcStat;
import lastack.model.ProcessId;

/** A cold lastack of its own, perhaps of another user: {@code park|close PID FD INODE}; prints what came of it. */
final class InjectOnce {
    private InjectOnce() {}

    public static void main(String[] args) throws Exception {
        int pid = Integer.parseInt(args[1]);
        ProcessId process = new ProcessId(pid, ProcStat.startTime(pid));
        int fd = Integer.parseInt(args[2]);
        long inode = Long.parseLong(args[3]);
        try {
            System.out.println(
                    args[0].equals("park")
                            ? ForeignDescriptor.park(process, fd, inode)
                            : ForeignDescriptor.close(process, fd, inode));
        } catch (InjectionRefusedException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }
}
