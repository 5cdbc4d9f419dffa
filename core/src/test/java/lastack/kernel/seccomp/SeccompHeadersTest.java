package lastack.kernel.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lastack.kernel.CProgram;
import org.junit.jupiter.api.Test;

/** Numbers and layouts of seccomp as this machine's headers have them. */
final class SeccompHeadersTest {
    @Test
    void agreesOnRequestsAndLayouts() throws IOException, InterruptedException {
        List<String> real = CProgram.run("""
                #include <linux/seccomp.h>
                #include <stddef.h>
                #include <stdio.h>
                #include <sys/ioctl.h>
                int main(void) {
                    printf("%lx\\n%lx\\n%lx\\n", (long)SECCOMP_IOCTL_NOTIF_RECV, (long)SECCOMP_IOCTL_NOTIF_SEND,
                           (long)SECCOMP_IOCTL_NOTIF_ID_VALID);
                    printf("%zu\\n%zu\\n", sizeof(struct seccomp_notif), sizeof(struct seccomp_notif_resp));
                    printf("%zu %zu %zu %zu\\n", offsetof(struct seccomp_notif, pid),
                           offsetof(struct seccomp_notif, data.nr), offsetof(struct seccomp_notif, data.arch),
                           offsetof(struct seccomp_notif, data.args));
                    printf("%zu\\n", offsetof(struct seccomp_notif_resp, flags));
                    return 0;
                }
                """);

        assertThat(real)
                .containsExactly(
                        Long.toHexString(NotifyListener.IOCTL_RECV),
                        Long.toHexString(NotifyListener.IOCTL_SEND),
                        Long.toHexString(NotifyListener.IOCTL_ID_VALID),
                        "" + SeccompNotif.BYTES,
                        "" + SeccompNotif.RESPONSE_BYTES,
                        "8 16 20 32",
                        "20");
    }

    @Test
    void agreesOnArchitectures() throws IOException, InterruptedException {
        List<String> known = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (Abi abi : Abi.values()) {
            known.add(Integer.toHexString(abi.auditArch()));
            lines.append("printf(\"%%x\\n\", AUDIT_ARCH_%s);\n".formatted(abi));
        }

        List<String> real = CProgram.run(
                "#include <linux/audit.h>\n#include <stdio.h>\nint main(void) {\n" + lines + "return 0;\n}\n");

        assertThat(real).isEqualTo(known);
    }

    @Test
    void agreesOnTheCallsOfI386() throws IOException, InterruptedException {
        List<String> known = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (SocketCall call : SocketCall.values()) {
            known.add(Abi.I386.number(call) + " " + call.socketcall());
            lines.append("printf(\"%%d %%d\\n\", __NR_%s, SYS_%s);\n"
                    .formatted(call.name().toLowerCase(Locale.ROOT), call));
        }

        List<String> real = CProgram.run("#include <asm/unistd_32.h>\n#include <linux/net.h>\n#include <stdio.h>\n"
                + "int main(void) {\n" + lines + "return __NR_socketcall != " + Abi.I386.socketcall() + ";\n}\n");

        assertThat(real).isEqualTo(known);
    }
}
