/** System calls injected into another process (ptrace(2)): how a descriptor is replaced or closed in a program that runs on. */
@NullMarked
package lastack.kernel.ptrace;

import org.jspecify.annotations.NullMarked;
