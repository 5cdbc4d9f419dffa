/** Connections that pass through this host as a router: listed, and cut at both ends. */
@NullMarked
package lastack.forwarded;

import org.jspecify.annotations.NullMarked;
