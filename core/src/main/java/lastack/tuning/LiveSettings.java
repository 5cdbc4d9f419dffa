package lastack.tuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import lastack.kernel.ProcSys;
import lastack.tuning.Change.Outcome;
import org.jspecify.annotations.Nullable;

/** The settings as the calling thread's network namespace has them now. */
final class LiveSettings {
    private LiveSettings() {}

    /** The value in its normal spelling; nothing where this kernel or this namespace does not have the setting. */
    static Optional<String> read(Setting setting) throws IOException {
        return ProcSys.line(setting.sysctl()).map(line -> normal(setting, line));
    }

    /** A value beyond what lastack would write is shown as it is. */
    private static String normal(Setting setting, String line) {
        try {
            return setting.form().normal(line);
        } catch (InvalidSettingException e) {
            return line;
        }
    }

    /** What would become of a setting; changes nothing. */
    static Change plan(Setting setting, String wanted) {
        try {
            String now = read(setting).orElse(null);
            if (now == null) {
                return new Change(setting, null, wanted, null, Outcome.REFUSED, absence(setting));
            }
            Outcome outcome = now.equals(wanted) ? Outcome.UNCHANGED : Outcome.PLANNED;
            return new Change(setting, now, wanted, now, outcome, "");
        } catch (IOException e) {
            return new Change(setting, null, wanted, null, Outcome.REFUSED, "it cannot be read: " + e);
        }
    }

    /** Why a setting cannot be read. */
    static String absence(Setting setting) {
        if (!setting.perNamespace()) {
            return "it is the whole host's, and only the host's own network namespace shows it";
        }
        return setting.isOfTcp() ? "this kernel does not have it" : "this kernel has no such part, or it is not loaded";
    }

    /** Carries out a plan and reads back; where the kernel made something else of the value, the old one is written again. */
    static Change carryOut(Change plan) {
        String refusal = refusal(plan.setting(), plan.wanted());
        String now = now(plan.setting());
        if (refusal.isEmpty() && plan.wanted().equals(now)) {
            return plan.as(plan.wanted().equals(plan.before()) ? Outcome.UNCHANGED : Outcome.CHANGED, now, "");
        }
        if (!refusal.isEmpty()) {
            return plan.as(Outcome.REFUSED, now, refusal);
        }
        refusal(plan.setting(), String.valueOf(plan.before()));
        return plan.as(Outcome.REFUSED, now(plan.setting()), "the kernel made '" + now + "' of it");
    }

    private static @Nullable String now(Setting setting) {
        try {
            return read(setting).orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** Why the kernel does not take a value; empty when it does. Writes in one go: a second write would be a second value. */
    private static String refusal(Setting setting, String value) {
        try {
            Files.write(
                    ProcSys.path(setting.sysctl()),
                    (value + "\n").getBytes(StandardCharsets.US_ASCII),
                    StandardOpenOption.WRITE);
            return "";
        } catch (AccessDeniedException e) {
            return "not permitted; run as root, or with CAP_NET_ADMIN";
        } catch (FileSystemException e) {
            return "the kernel does not take it: " + e.getReason();
        } catch (IOException e) {
            return "the kernel does not take it: " + e.getMessage();
        }
    }
}
