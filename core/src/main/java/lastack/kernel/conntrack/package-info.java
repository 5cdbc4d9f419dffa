/** The connections a router remembers: {@code ctnetlink}, a part of nfnetlink. */
@NullMarked
package lastack.kernel.conntrack;

import org.jspecify.annotations.NullMarked;
