package lastack.kernel.process;

import java.util.Set;

/**
 * What one thread is doing at this moment ({@code /proc/PID/task/TID/syscall}).
 *
 * @param tid the thread
 * @param call the system call's name where it is one that waits for descriptors, else where it waits in the kernel (wchan),
 *     {@code running}, or {@code ?}
 * @param descriptors those it waits for; of an epoll set only the set's own
 * @param toRead those of them it waits for until something can be read, accepted or polled
 */
public record ThreadWait(int tid, String call, Set<Integer> descriptors, Set<Integer> toRead) {}
