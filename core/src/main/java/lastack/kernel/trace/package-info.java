/** The kernel's own account of TCP state changes: a tracepoint, read through perf's ring buffers. */
@NullMarked
package lastack.kernel.trace;

import org.jspecify.annotations.NullMarked;
