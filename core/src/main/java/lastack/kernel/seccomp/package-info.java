/** System calls of other programs that wait for lastack's answer (seccomp user notification, {@code linux/seccomp.h}). */
@NullMarked
package lastack.kernel.seccomp;

import org.jspecify.annotations.NullMarked;
