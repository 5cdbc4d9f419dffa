package lastack.kernel.ptrace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.kernel.KernelException;

/** Finds a {@code syscall} instruction (bytes 0f 05) that is there already, so that no code needs to be written. */
final class SyscallGadget {
    static final int INSTRUCTION_BYTES = 2;

    /** The two bytes as a little-endian short. */
    private static final short SYSCALL = 0x050f;

    /** Auxiliary vector: where the vDSO is mapped ({@code linux/auxvec.h}); pairs of u64, ended by a 0. */
    private static final long AT_SYSINFO_EHDR = 33;

    private static final int VDSO_BYTES = 4 * 4096;
    private static final long NONE = 0;

    private final TargetMemory memory;
    private final long vdso;
    private final NativeBytes instruction = NativeBytes.zeros(INSTRUCTION_BYTES);

    SyscallGadget(TargetMemory memory, long vdso) {
        this.memory = memory;
        this.vdso = vdso;
    }

    /** Looks for the one in the vDSO, while the process still runs. */
    static SyscallGadget find(int pid, int tid, TargetMemory memory) throws KernelException {
        long start = vdsoStart(pid, tid);
        NativeBytes code = NativeBytes.zeros(VDSO_BYTES);
        int filled = start == NONE ? 0 : memory.readSome(start, code);
        int offset = offsetIn(code.bytes(), filled);
        return new SyscallGadget(memory, offset < 0 ? NONE : start + offset);
    }

    /** Where a stopped thread can make a call: where it is making one, else in the vDSO. */
    long forThread(UserRegs registers) throws KernelException, InjectionRefusedException {
        long latest = registers.get(UserRegs.RIP) - INSTRUCTION_BYTES;
        if (registers.inCall() && isSyscall(latest)) {
            return latest;
        }
        if (vdso == NONE || !isSyscall(vdso)) {
            throw new InjectionRefusedException(
                    "no syscall instruction was found in it; is it starting another program?");
        }
        return vdso;
    }

    private boolean isSyscall(long address) throws KernelException {
        memory.read(address, instruction);
        return instruction.bytes().getShort(0) == SYSCALL;
    }

    /** The offset of the first such instruction, or -1. */
    static int offsetIn(ByteBuffer code, int filled) {
        for (int at = 0; at + INSTRUCTION_BYTES <= filled; at++) {
            if (code.getShort(at) == SYSCALL) {
                return at;
            }
        }
        return -1;
    }

    private static long vdsoStart(int pid, int tid) {
        try {
            return vdsoStart(Files.readAllBytes(Path.of("/proc/" + pid + "/task/" + tid + "/auxv")));
        } catch (IOException e) {
            return NONE;
        }
    }

    static long vdsoStart(byte[] auxv) {
        ByteBuffer pairs = ByteBuffer.wrap(auxv).order(ByteOrder.LITTLE_ENDIAN);
        while (pairs.remaining() >= 16) {
            long key = pairs.getLong();
            long value = pairs.getLong();
            if (key == AT_SYSINFO_EHDR) {
                return value;
            }
        }
        return NONE;
    }
}
