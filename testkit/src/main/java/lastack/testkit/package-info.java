/** Every TCP state, made for real in network namespaces of its own: {@link lastack.testkit.TcpSituations} is the way in. */
@NullMarked
package lastack.testkit;

import org.jspecify.annotations.NullMarked;
