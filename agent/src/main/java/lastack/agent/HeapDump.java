package lastack.agent;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;

/** The whole heap in a file, as {@code jcmd GC.heap_dump -all} writes it: with what nothing refers to any more. */
final class HeapDump {
    private HeapDump() {}

    /** How large it will be about: as much as is in use. */
    static void estimate(Answer answer) throws IOException {
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        answer.line("heap", Long.toString(used));
    }

    /** Writes it, and keeps it only for somebody who still wants it: there is another file beside it as long as that is so. */
    static void writeWanted(String file) throws Exception {
        write(file);
        if (!new File(file + ".wanted").isFile() && !new File(file).delete()) {
            throw new IOException("cannot delete " + file);
        }
    }

    /** The program stands still meanwhile. By reflection: {@code com.sun.management} is not in every JVM. */
    private static void write(String file) throws Exception {
        Class<?> type = Class.forName("com.sun.management.HotSpotDiagnosticMXBean", true, null);
        Method dump = type.getMethod("dumpHeap", String.class, boolean.class);
        for (Class<?> offered : ManagementFactory.getPlatformManagementInterfaces()) {
            if (offered == type) {
                dump.invoke(bean(offered), file, false);
                return;
            }
        }
        throw new IOException("this JVM has no HotSpotDiagnosticMXBean");
    }

    private static Object bean(Class<?> type) {
        return ManagementFactory.getPlatformMXBean(type.asSubclass(java.lang.management.PlatformManagedObject.class));
    }
}
