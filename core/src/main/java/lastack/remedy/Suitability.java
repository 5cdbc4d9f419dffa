package lastack.remedy;

/** Whether a method fits a socket, as far as can be told without touching it. */
sealed interface Suitability {
    /** It fits. */
    record Fits() implements Suitability {}

    /**
     * It does not.
     *
     * @param why the reason, as the rest of a sentence
     * @param lacksPermission whether more rights would change that
     */
    record Unfit(String why, boolean lacksPermission) implements Suitability {}

    /** Why a socket that is only bound has nothing to end; only its descriptor can go. */
    String NO_CONNECTION = "it is only bound and has no connection to end";

    /** The one answer without a reason. */
    Suitability FITS = new Fits();

    /** It can never do this to such a socket. */
    static Suitability unfit(String why) {
        return new Unfit(why, false);
    }

    /** It could with more rights. */
    static Suitability notPermitted(String why) {
        return new Unfit(why, true);
    }
}
