/**
 * What lastack puts into another JVM, from Java 8 on: finds which objects hold its sockets, closes them, and notes where they are opened.
 * Nothing here may throw into the program or keep a thread of it waiting.
 */
@NullMarked
package lastack.agent;

import org.jspecify.annotations.NullMarked;
