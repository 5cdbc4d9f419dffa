/** The inventory of sockets: {@link lastack.sockets.SocketTable} and who holds them. */
@NullMarked
package lastack.sockets;

import org.jspecify.annotations.NullMarked;
