package lastack.kernel;

import static jdk.internal.foreign.abi.x64.X86_64Architecture.Regs.r10;
import static jdk.internal.foreign.abi.x64.X86_64Architecture.Regs.r11;
import static jdk.internal.foreign.abi.x64.X86_64Architecture.Regs.r8;
import static jdk.internal.foreign.abi.x64.X86_64Architecture.Regs.r9;
import static jdk.internal.foreign.abi.x64.X86_64Architecture.Regs.rax;
import static jdk.internal.foreign.abi.x64.X86_64Architecture.Regs.rcx;
import static jdk.internal.foreign.abi.x64.X86_64Architecture.Regs.rdi;
import static jdk.internal.foreign.abi.x64.X86_64Architecture.Regs.rdx;
import static jdk.internal.foreign.abi.x64.X86_64Architecture.Regs.rsi;

import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import jdk.internal.access.SharedSecrets;
import jdk.internal.foreign.abi.ABIDescriptor;
import jdk.internal.foreign.abi.CapturableState;
import jdk.internal.foreign.abi.NativeEntryPoint;
import jdk.internal.foreign.abi.VMStorage;
import jdk.internal.foreign.abi.x64.X86_64Architecture;
import org.jspecify.annotations.Nullable;

/**
 * The door without what Java's linker puts around it: its stub alone takes and gives nothing but longs, and so needs no class
 * made at run time.
 *
 * <p>Opens on JDK 25, x86-64, where {@code java.base} exports the packages used here to this code, as the launcher and the jar's
 * manifest say (docs/decisions/0003). Gained: 20 of 60 ms of a start.
 */
final class StubDoor implements Door {
    private static final int KNOWN_JDK = 25;
    private static final ThreadLocal<Captured> CAPTURED = ThreadLocal.withInitial(Captured::new);

    private final long syscall =
            Linker.nativeLinker().defaultLookup().findOrThrow("syscall").address();

    private StubDoor() {}

    /** A class of its own, so that it fails to load, and not the door, where the packages are not exported. */
    private static final class Stub {
        private static final MethodHandle HANDLE =
                SharedSecrets.getJavaLangInvokeAccess().nativeMethodHandle(entryPoint());

        static void load() {}
    }

    /** Where the error number of a thread's last call is put. */
    private static final class Captured {
        final ByteBuffer errno = Kernel.memory(Integer.BYTES);
        final long address = Kernel.address(errno);
    }

    /** The door, or null where it does not open. */
    static @Nullable Door openIfPossible() {
        if (Runtime.version().feature() != KNOWN_JDK || Machine.CURRENT != Machine.X86_64) {
            return null;
        }
        try {
            Stub.load();
            return new StubDoor();
        } catch (LinkageError notExported) {
            return null;
        }
    }

    /**
     * {@code long syscall(long, ...)} of the System V x86-64 ABI, chapter 3.2.3: six numbers in registers, the seventh on the
     * stack; in front of them, by the linker's own convention, the address of the function and of the captured state.
     */
    private static NativeEntryPoint entryPoint() {
        ABIDescriptor abi = abi();
        VMStorage seventh = X86_64Architecture.stackStorage((short) Long.BYTES, 0);
        VMStorage[] arguments = {
            abi.targetAddrStorage(), abi.capturedStateStorage(), rdi, rsi, rdx, rcx, r8, r9, seventh
        };
        VMStorage[] result = {rax};
        MethodType type = MethodType.methodType(
                long.class,
                long.class,
                long.class,
                long.class,
                long.class,
                long.class,
                long.class,
                long.class,
                long.class,
                long.class);
        return NativeEntryPoint.make(
                abi, arguments, result, type, false, CapturableState.maskFromName("errno"), true, false);
    }

    /** As in {@code jdk.internal.foreign.abi.x64.sysv.CallArranger}, without floating point. */
    private static ABIDescriptor abi() {
        VMStorage[] none = {};
        return X86_64Architecture.abiFor(
                new VMStorage[] {rdi, rsi, rdx, rcx, r8, r9, rax},
                none,
                new VMStorage[] {rax, rdx},
                none,
                0,
                new VMStorage[] {r10, r11},
                none,
                16,
                0,
                r10,
                r11);
    }

    @Override
    public long call(long number, long a, long b, long c, long d, long e, long f) {
        Captured captured = CAPTURED.get();
        long result;
        try {
            result = (long) Stub.HANDLE.invokeExact(syscall, captured.address, number, a, b, c, d, e, f);
        } catch (Throwable t) {
            throw new AssertionError("a native call cannot throw", t);
        }
        return result == -1 ? -(long) captured.errno.getInt(0) : result;
    }
}
