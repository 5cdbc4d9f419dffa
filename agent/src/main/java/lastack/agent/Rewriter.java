package lastack.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Puts one call before the end of the few methods in which a socket begins. */
final class Rewriter implements ClassFileTransformer {
    private static final String HOOK = "lastack/agent/boot/Opened";
    private static final int NONE = -1;

    /** Java 13 and later; up to 12; channels; Netty's own descriptors, which is often packed under another name. */
    private static final String NIO_SOCKET = "sun/nio/ch/NioSocketImpl";

    private static final String PLAIN_SOCKET = "java/net/AbstractPlainSocketImpl";
    private static final String CHANNEL = "sun/nio/ch/SocketChannelImpl";
    private static final String NETTY = "io/netty/channel/unix/FileDescriptor";

    static boolean concerns(String name) {
        return name.equals(NIO_SOCKET) || name.equals(PLAIN_SOCKET) || name.equals(CHANNEL) || name.endsWith(NETTY);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] code) {
        try {
            return name != null && concerns(name) && seesHook(loader) ? rewritten(name, code) : null;
        } catch (Throwable e) {
            // It stays as it is.
            return null;
        }
    }

    private static boolean seesHook(@Nullable ClassLoader loader) throws ClassNotFoundException {
        return Class.forName(HOOK.replace('/', '.'), false, loader) != null;
    }

    private static byte[] rewritten(final String type, byte[] code) {
        ClassReader reader = new ClassReader(code);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                        int variable = opened(type, name, descriptor);
                        return variable == NONE ? method : new Call(method, variable);
                    }
                },
                0);
        return writer.toByteArray();
    }

    /** The variable that holds the socket when the method ends, or NONE. */
    private static int opened(String type, String name, String descriptor) {
        if (type.equals(CHANNEL) || type.endsWith(NETTY)) {
            return name.equals("<init>") ? 0 : NONE;
        }
        if (name.equals("connect") && descriptor.equals("(Ljava/net/SocketAddress;I)V")) {
            return 0;
        }
        return name.equals("accept") && descriptor.equals("(Ljava/net/SocketImpl;)V") ? 1 : NONE;
    }

    /** The call itself. */
    private static final class Call extends MethodVisitor {
        private final int variable;

        Call(MethodVisitor method, int variable) {
            super(Opcodes.ASM9, method);
            this.variable = variable;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN) {
                super.visitVarInsn(Opcodes.ALOAD, variable);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "socket", "(Ljava/lang/Object;)V", false);
            }
            super.visitInsn(opcode);
        }
    }
}
