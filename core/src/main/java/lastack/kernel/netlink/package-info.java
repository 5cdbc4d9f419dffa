/** Netlink sockets and messages ({@code linux/netlink.h}). */
@NullMarked
package lastack.kernel.netlink;

import org.jspecify.annotations.NullMarked;
