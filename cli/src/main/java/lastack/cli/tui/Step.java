package lastack.cli.tui;

import java.util.List;

/** What an event leads to: another view, and what is to be done outside of it. */
record Step(View view, List<Wish> wishes) {
    static Step to(View view) {
        return new Step(view, List.of());
    }

    static Step to(View view, Wish wish) {
        return new Step(view, List.of(wish));
    }
}
