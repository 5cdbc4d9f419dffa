package lastack.jvm.heap;

/** What refers to objects from outside the heap, the kind that tells most first. */
public enum RootKind {
    /** A local variable. */
    LOCAL_VARIABLE,
    /** A static field. */
    STATIC_FIELD,
    /** A living thread. */
    THREAD,
    /** A local reference of native code. */
    JNI_LOCAL,
    /** A reference that native code keeps. */
    JNI_GLOBAL,
    /** A lock that is held. */
    MONITOR,
    /** The JVM itself. */
    JVM
}
