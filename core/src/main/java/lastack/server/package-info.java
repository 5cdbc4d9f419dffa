/** For servers written in Java: their own port, taken and given back well. */
@NullMarked
package lastack.server;

import org.jspecify.annotations.NullMarked;
