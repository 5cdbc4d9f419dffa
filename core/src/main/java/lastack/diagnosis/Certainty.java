package lastack.diagnosis;

/** How sure a verdict is. */
public enum Certainty {
    /** The evidence leaves no other explanation. */
    CERTAIN("certain"),
    /** It fits the evidence best; another explanation is left. */
    LIKELY("likely"),
    /** It is what there is to see; it may pass by itself at any moment. */
    POSSIBLE("possible");

    private final String label;

    Certainty(String label) {
        this.label = label;
    }

    /** The name in the JSON form. */
    public String label() {
        return label;
    }
}
