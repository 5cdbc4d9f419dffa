package lastack.kernel.process;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/**
 * Another program that this process becomes ({@code execve(2)}). The process number stays, and so do terminal, process group,
 * directory, limits and the descriptors it was started with: to the outside this program was started directly.
 *
 * @param words its name and arguments as they were given, byte for byte
 * @param environment {@code NAME=value}, byte for byte
 * @param signals what it shall start with
 */
public record OtherProgram(List<byte[]> words, List<byte[]> environment, SignalState signals) {
    private static final int POINTER_BYTES = 8;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;

    /**
     * Becomes the program, on the calling platform thread; this process's other threads end. Never returns.
     *
     * @param file the path of the program's file
     * @throws KernelException always: ENOENT, EACCES, ENOEXEC and others
     */
    public void become(byte[] file) throws KernelException {
        closeOwnFilesOnExec();
        signals.restore();
        List<ByteBuffer> held = new ArrayList<>();
        ByteBuffer path = terminated(file);
        ByteBuffer argv = pointers(words, held);
        ByteBuffer envp = pointers(environment, held);
        long result = Kernel.call(Syscall.EXECVE, Kernel.address(path), Kernel.address(argv), Kernel.address(envp));
        Reference.reachabilityFence(held);
        Reference.reachabilityFence(path);
        throw new KernelException(Syscall.EXECVE.manualName(), text(file), Kernel.errno(result));
    }

    private static ByteBuffer pointers(List<byte[]> texts, List<ByteBuffer> held) {
        ByteBuffer array = Kernel.memory(POINTER_BYTES * (texts.size() + 1));
        for (byte[] text : texts) {
            ByteBuffer memory = terminated(text);
            held.add(memory);
            array.putLong(Kernel.address(memory));
        }
        held.add(array);
        return array;
    }

    private static ByteBuffer terminated(byte[] text) {
        return Kernel.memory(text.length + 1).put(0, text);
    }

    /** The JVM leaves some files of its own open across exec, such as the class path; what the user handed over stays open. */
    private static void closeOwnFilesOnExec() {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            Path jdk = Path.of(System.getProperty("java.home")).toRealPath();
            Path classes = Path.of(System.getProperty("java.class.path")).toRealPath();
            for (Path link : open) {
                Path file = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : link;
                if (file.startsWith(jdk) || file.equals(classes)) {
                    Kernel.call(
                            Syscall.FCNTL, Integer.parseInt(link.getFileName().toString()), F_SETFD, FD_CLOEXEC);
                }
            }
        } catch (IOException e) {
            return; // Then the program has a file more, which it will not notice.
        }
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }
}
