package lastack.kernel;

/** The processor architectures lastack knows the kernel's interface of. */
public enum Machine {
    X86_64,
    AARCH64;

    /** The one this runs on. */
    public static final Machine CURRENT = of(System.getProperty("os.arch"));

    private static Machine of(String arch) {
        return switch (arch) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default ->
                throw new UnsupportedOperationException("lastack knows Linux on x86-64 and aarch64, not " + arch);
        };
    }
}
