/** Finds TCP sockets that linger, says who holds them, and removes them. Start at {@link lastack.sockets.SocketTable}. */
module lastack.core {
    requires static transitive org.jspecify;

    exports lastack.doctor;
    exports lastack.model;
    exports lastack.filter;
    exports lastack.options;
    exports lastack.sockets;
    exports lastack.remedy;
    exports lastack.launch;
}
