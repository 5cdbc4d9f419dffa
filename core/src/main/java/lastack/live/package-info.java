/** State changes as they happen: from the kernel's tracepoint, or from the difference of two looks. */
@NullMarked
package lastack.live;

import org.jspecify.annotations.NullMarked;
