/** Other processes: {@code /proc}, pidfds, duplicated descriptors and injected system calls. */
@NullMarked
package lastack.kernel.process;

import org.jspecify.annotations.NullMarked;
