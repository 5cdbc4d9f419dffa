/** The one class that the JDK's own classes must be able to see while a trace runs. */
@NullMarked
package lastack.agent.boot;

import org.jspecify.annotations.NullMarked;
