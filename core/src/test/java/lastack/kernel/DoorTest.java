package lastack.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both doors lead to the same calls, with the same answers. */
final class DoorTest {
    private static final int AT_FDCWD = -100;
    private static final int CALLS = 1000;

    static Stream<Door> doors() {
        return Stream.of(new LinkerDoor(), Objects.requireNonNullElseGet(StubDoor.openIfPossible(), LinkerDoor::new));
    }

    @Test
    void opensTheQuickDoorOnlyOnAKnownMachine() {
        assertThat(StubDoor.openIfPossible() != null).isEqualTo(Machine.CURRENT == Machine.X86_64);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void givesBackTheResult(Door door) {
        assertThat(door.call(Syscall.GETPID.number(), 0, 0, 0, 0, 0, 0))
                .isEqualTo(ProcessHandle.current().pid());
    }

    @ParameterizedTest
    @MethodSource("doors")
    void givesBackTheErrorNumberAsNegativeResult(Door door) {
        assertThat(door.call(Syscall.CLOSE.number(), -1, 0, 0, 0, 0, 0)).isEqualTo(-Errno.EBADF.number());
    }

    @ParameterizedTest
    @MethodSource("doors")
    void passesEveryArgument(Door door, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "0123456789");
        ByteBuffer path = Kernel.cString(file.toString());
        ByteBuffer read = Kernel.memory(4);

        long fd = door.call(Syscall.OPENAT.number(), AT_FDCWD, Kernel.address(path), 0, 0, 0, 0);
        long bytes = door.call(Syscall.PREAD64.number(), fd, Kernel.address(read), 4, 3, 0, 0);
        door.call(Syscall.CLOSE.number(), fd, 0, 0, 0, 0, 0);
        Reference.reachabilityFence(path);

        assertThat(bytes).isEqualTo(4);
        assertThat(StandardCharsets.US_ASCII.decode(read).toString()).isEqualTo("3456");
    }

    /** recvfrom takes six: the fifth and sixth are looked at only when something has arrived. */
    @ParameterizedTest
    @MethodSource("doors")
    void passesTheSixthArgumentBehindTheRegisters(Door door) {
        ByteBuffer address = Kernel.memory(16).putShort(0, (short) 2).put(4, new byte[] {127, 0, 0, 1});
        ByteBuffer length = Kernel.memory(4).putInt(0, 16);
        ByteBuffer data = Kernel.memory(3).put(0, new byte[] {7, 8, 9});
        ByteBuffer from = Kernel.memory(16);
        long fd = door.call(Syscall.SOCKET.number(), 2, 2, 0, 0, 0, 0);
        door.call(Syscall.BIND.number(), fd, Kernel.address(address), 16, 0, 0, 0);
        door.call(Syscall.GETSOCKNAME.number(), fd, Kernel.address(address), Kernel.address(length), 0, 0, 0);

        long sent = door.call(Syscall.SENDTO.number(), fd, Kernel.address(data), 3, 0, Kernel.address(address), 16);
        door.call(
                Syscall.RECVFROM.number(),
                fd,
                Kernel.address(data),
                3,
                0,
                Kernel.address(from),
                Kernel.address(length));
        door.call(Syscall.CLOSE.number(), fd, 0, 0, 0, 0, 0);

        assertThat(sent).isEqualTo(3);
        assertThat(from).isEqualTo(address);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void keepsTheErrorsOfThreadsApart(Door door) throws Exception {
        Callable<Boolean> badDescriptors =
                () -> Stream.generate(() -> door.call(Syscall.CLOSE.number(), -1, 0, 0, 0, 0, 0))
                        .limit(CALLS)
                        .allMatch(result -> result == -Errno.EBADF.number());
        Callable<Boolean> badCalls = () -> Stream.generate(() -> door.call(100_000, 0, 0, 0, 0, 0, 0))
                .limit(CALLS)
                .allMatch(result -> result == -Errno.ENOSYS.number());

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<Boolean> done : threads.invokeAll(List.of(badDescriptors, badCalls))) {
                assertThat(done.get()).isTrue();
            }
        }
    }
}
