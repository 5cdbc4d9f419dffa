package lastack.cli.tui;

/**
 * Which rows belong to what.
 *
 * @param groupsAt the row of the groups' heading
 * @param groupRows how many groups are shown
 * @param socketsAt the row of the sockets' heading
 * @param socketRows how many sockets are shown
 * @param noticeAt the row for what could not be seen
 * @param footerAt the row of the keys
 */
record Layout(int groupsAt, int groupRows, int socketsAt, int socketRows, int noticeAt, int footerAt) {
    /** The smallest terminal the diagram and some rows of both lists fit on. */
    static final int LEAST_COLUMNS = 80;

    static final int LEAST_ROWS = 24;
    static final int DIAGRAM_AT = 1;

    private static final int LEAST_GROUPS = 3;

    /** A third of what is left is for the groups, as far as there are any. */
    static Layout of(View view) {
        int rows = Math.max(view.size().rows(), LEAST_ROWS);
        int footerAt = rows - 1;
        int groupsAt = DIAGRAM_AT + Diagram.ROWS;
        int left = footerAt - 1 - groupsAt - 2;
        int most = Math.max(LEAST_GROUPS, left / 3);
        int groupRows =
                Math.max(LEAST_GROUPS, Math.min(most, view.look().groups().size()));
        int socketsAt = groupsAt + 1 + groupRows;
        return new Layout(groupsAt, groupRows, socketsAt, left - groupRows, footerAt - 1, footerAt);
    }

    /** How many rows a text over the panels has, below its title. */
    int textRows() {
        return noticeAt - DIAGRAM_AT - 1;
    }

    static boolean isTooSmall(View.Size size) {
        return size.columns() < LEAST_COLUMNS || size.rows() < LEAST_ROWS;
    }
}
