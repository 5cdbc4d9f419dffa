package lastack.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The door as Java's linker makes it: works everywhere, and spins two classes at every start, about 20 ms. */
final class LinkerDoor implements Door {
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = CAPTURE.byteOffset(StructLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = link();
    private static final ThreadLocal<MemorySegment> CAPTURED =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CAPTURE));

    @SuppressWarnings("restricted") // The launcher enables native access.
    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor shape = FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG);
        MemorySegment address = linker.defaultLookup().findOrThrow("syscall");
        return linker.downcallHandle(address, shape, Linker.Option.captureCallState("errno"));
    }

    @Override
    public long call(long number, long a, long b, long c, long d, long e, long f) {
        MemorySegment captured = CAPTURED.get();
        long result;
        try {
            result = (long) SYSCALL.invokeExact(captured, number, a, b, c, d, e, f);
        } catch (Throwable t) {
            throw new AssertionError("a native call cannot throw", t);
        }
        return result == -1 ? -(long) captured.get(ValueLayout.JAVA_INT, ERRNO_OFFSET) : result;
    }
}
