/** The one door to Linux: system calls, error numbers and descriptors. Only this package and those below it use native code. */
@NullMarked
package lastack.kernel;

import org.jspecify.annotations.NullMarked;
