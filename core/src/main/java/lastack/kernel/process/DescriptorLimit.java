package lastack.kernel.process;

/**
 * How many descriptors a process may have open: {@code Max open files} of {@code /proc/PID/limits} ({@code RLIMIT_NOFILE}).
 *
 * @param soft the limit in force; -1 when it is not known
 * @param hard what the process itself may raise it to; -1 when it is not known
 */
public record DescriptorLimit(long soft, long hard) {
    static final DescriptorLimit UNKNOWN = new DescriptorLimit(-1, -1);

    private static final String NAME = "Max open files";

    static DescriptorLimit parse(String limits) {
        int start = limits.indexOf(NAME);
        if (start < 0) {
            return UNKNOWN;
        }
        String[] words = limits.substring(start + NAME.length()).trim().split("\\s+", 3);
        return words.length < 2 ? UNKNOWN : new DescriptorLimit(number(words[0]), number(words[1]));
    }

    private static long number(String word) {
        return word.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(word);
    }
}
