/** Other processes: {@code /proc}, pidfds, and descriptors duplicated through them. */
@NullMarked
package lastack.kernel.process;

import org.jspecify.annotations.NullMarked;
