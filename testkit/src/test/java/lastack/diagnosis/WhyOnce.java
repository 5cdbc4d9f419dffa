package lastack.diagnosis;

import lastack.filter.Filter;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;

/** For a process of its own: {@code FILTER} prints verdict, certainty and advice of what matches. */
final class WhyOnce {
    private WhyOnce() {}

    public static void main(String[] arguments) throws Exception {
        try (SocketTables tables = SocketTables.open("self")) {
            for (Diagnosis found : Investigation.in(tables)
                    .of(Query.of(Filter.parse(arguments[0])))
                    .diagnoses()) {
                System.out.println(
                        found.verdict().id() + " " + found.certainty().label());
                found.advice().forEach(advice -> System.out.println(advice.command()));
            }
        }
    }
}
