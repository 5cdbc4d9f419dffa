package lastack.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.kernel.process.Privileges;
import lastack.model.UnavailableException;

/** Why a JVM cannot be gone into, as far as can be told without touching it. */
final class Obstacles {
    private Obstacles() {}

    static JvmProcess look(int pid) throws UnavailableException {
        try {
            return JvmProcess.read(pid);
        } catch (IOException e) {
            throw Files.exists(Path.of("/proc/" + pid))
                    ? new UnavailableException("pid " + pid, "it may not be looked into", "needs its own user, or root")
                    : new UnavailableException("pid " + pid, "there is no such process", "see: lastack ls");
        }
    }

    /** Throws where asking an agent that is already in it would lead nowhere. */
    static void refuseUnreachable(JvmProcess jvm, Privileges privileges) throws UnavailableException {
        if (jvm.library().isEmpty()) {
            throw obstacle(
                    jvm,
                    "it is no JVM: no libjvm.so is loaded in it",
                    "lastack why tells what can be seen of any program");
        }
        if (jvm.isOpenJ9()) {
            throw obstacle(
                    jvm,
                    "it is OpenJ9 (" + jvm.library() + "), and only HotSpot JVMs can be asked",
                    "lastack why works from outside");
        }
        if (!jvm.isOpenTo(privileges)) {
            throw obstacle(
                    jvm,
                    "it runs as uid " + Integer.toUnsignedString(jvm.user().uid()) + " and lastack as uid "
                            + privileges.uid(),
                    "run lastack as that user, or as root (CAP_SETUID, CAP_SETGID and CAP_SYS_PTRACE)");
        }
        if (jvm.isStopped()) {
            throw obstacle(
                    jvm,
                    "it is stopped and cannot answer",
                    "let it go on: kill -CONT " + jvm.id().pid());
        }
    }

    /** Throws where an agent would not be let in, or asking for it could do harm. */
    static void refuseClosed(JvmProcess jvm) throws UnavailableException {
        if (jvm.hasFlag('+', "DisableAttachMechanism")) {
            throw obstacle(
                    jvm,
                    "it was started with -XX:+DisableAttachMechanism",
                    "start it with -javaagent:FILE instead, where lastack jvm --save-agent FILE puts the agent");
        }
        if (jvm.hasFlag('-', "EnableDynamicAgentLoading")) {
            throw obstacle(
                    jvm,
                    "it was started with -XX:-EnableDynamicAgentLoading",
                    "start it with -javaagent:FILE instead, where lastack jvm --save-agent FILE puts the agent");
        }
        refuseDeaf(jvm);
    }

    /** A process that does not catch SIGQUIT would end by it; one that has its socket open is not sent any. */
    private static void refuseDeaf(JvmProcess jvm) throws UnavailableException {
        try {
            if (!jvm.catchesQuit() && !Files.exists(Attachment.socket(jvm))) {
                throw obstacle(
                        jvm,
                        "it does not catch SIGQUIT, with which a JVM is asked to listen: it is still starting, or about to end",
                        "try again in a moment");
            }
        } catch (IOException e) {
            throw ended(jvm);
        }
    }

    static UnavailableException ended(JvmProcess jvm) {
        return obstacle(jvm, "it has ended meanwhile", "see what is left: lastack ls");
    }

    static UnavailableException obstacle(JvmProcess jvm, String why, String remedy) {
        return new UnavailableException(jvm.label(), why, remedy);
    }
}
