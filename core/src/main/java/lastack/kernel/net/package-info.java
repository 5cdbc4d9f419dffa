/** Settings and counters of a network namespace, and what can be tried out in it. */
@NullMarked
package lastack.kernel.net;

import org.jspecify.annotations.NullMarked;
