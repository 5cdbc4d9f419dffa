/** Other JVMs: which of their objects holds a socket, and how to close it there. Goes into one only when told to. */
@NullMarked
package lastack.jvm;

import org.jspecify.annotations.NullMarked;
