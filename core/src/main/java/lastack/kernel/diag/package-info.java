/** Socket diagnostics over netlink ({@code linux/sock_diag.h}, {@code linux/inet_diag.h}): list, look up and destroy. */
@NullMarked
package lastack.kernel.diag;

import org.jspecify.annotations.NullMarked;
