package lastack.model;

/**
 * A socket's memory in bytes ({@code SK_MEMINFO_*} of {@code linux/sock_diag.h}); what ss shows as {@code skmem}.
 *
 * @param receiveAllocated bytes in the receive queue
 * @param receiveBuffer the receive buffer's size
 * @param sendAllocated bytes handed to the layer below
 * @param sendBuffer the send buffer's size
 * @param forwardAllocated bytes reserved in advance
 * @param sendQueued bytes in the send queue
 * @param optionMemory bytes for options
 * @param backlog bytes in the backlog
 * @param drops packets dropped
 */
public record SocketMemory(
        long receiveAllocated,
        long receiveBuffer,
        long sendAllocated,
        long sendBuffer,
        long forwardAllocated,
        long sendQueued,
        long optionMemory,
        long backlog,
        long drops) {}
