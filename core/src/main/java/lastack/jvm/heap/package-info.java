/**
 * Heap dumps of HotSpot: who holds a socket that no field leads to. A dump is read from its beginning to its end, several times, and
 * nothing stays in memory but its classes and what lies on the way to a socket; so it may be larger than any memory.
 */
@NullMarked
package lastack.jvm.heap;

import org.jspecify.annotations.NullMarked;
