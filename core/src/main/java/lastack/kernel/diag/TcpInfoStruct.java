package lastack.kernel.diag;

import java.util.LinkedHashMap;
import java.util.Map;
import lastack.model.TcpInfo;

/**
 * {@code struct tcp_info} ({@code linux/tcp.h}, Linux 6.7): name, offset and width of every field, in order.
 *
 * <p>The kernel delivers as many bytes as it knows; a field that does not lie wholly within them is left out. The three
 * fields that share byte 6 and 7 are bit-fields and are split here.
 */
enum TcpInfoStruct {
    STATE(0, 1),
    CA_STATE(1, 1),
    RETRANSMITS(2, 1),
    PROBES(3, 1),
    BACKOFF(4, 1),
    OPTIONS(5, 1),
    RTO(8, 4),
    ATO(12, 4),
    SND_MSS(16, 4),
    RCV_MSS(20, 4),
    UNACKED(24, 4),
    SACKED(28, 4),
    LOST(32, 4),
    RETRANS(36, 4),
    FACKETS(40, 4),
    LAST_DATA_SENT(44, 4),
    LAST_ACK_SENT(48, 4),
    LAST_DATA_RECV(52, 4),
    LAST_ACK_RECV(56, 4),
    PMTU(60, 4),
    RCV_SSTHRESH(64, 4),
    RTT(68, 4),
    RTTVAR(72, 4),
    SND_SSTHRESH(76, 4),
    SND_CWND(80, 4),
    ADVMSS(84, 4),
    REORDERING(88, 4),
    RCV_RTT(92, 4),
    RCV_SPACE(96, 4),
    TOTAL_RETRANS(100, 4),
    PACING_RATE(104, 8),
    MAX_PACING_RATE(112, 8),
    BYTES_ACKED(120, 8),
    BYTES_RECEIVED(128, 8),
    SEGS_OUT(136, 4),
    SEGS_IN(140, 4),
    NOTSENT_BYTES(144, 4),
    MIN_RTT(148, 4),
    DATA_SEGS_IN(152, 4),
    DATA_SEGS_OUT(156, 4),
    DELIVERY_RATE(160, 8),
    BUSY_TIME(168, 8),
    RWND_LIMITED(176, 8),
    SNDBUF_LIMITED(184, 8),
    DELIVERED(192, 4),
    DELIVERED_CE(196, 4),
    BYTES_SENT(200, 8),
    BYTES_RETRANS(208, 8),
    DSACK_DUPS(216, 4),
    REORD_SEEN(220, 4),
    RCV_OOOPACK(224, 4),
    SND_WND(228, 4),
    RCV_WND(232, 4),
    REHASH(236, 4),
    TOTAL_RTO(240, 2),
    TOTAL_RTO_RECOVERIES(242, 2),
    TOTAL_RTO_TIME(244, 4);

    /** Byte 6: {@code snd_wscale} in the low half, {@code rcv_wscale} in the high one (little-endian machines). */
    private static final int WSCALE = 6;

    private static final TcpInfoStruct[] FIELDS = values();

    final int offset;
    final int width;

    TcpInfoStruct(int offset, int width) {
        this.offset = offset;
        this.width = width;
    }

    /** The kernel's name without {@code tcpi_}. */
    String fieldName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** This field of the struct of {@code length} bytes at {@code start}, or -1 where the kernel did not deliver it. */
    long read(MessageBytes bytes, int length, int start) {
        if (offset + width > length) {
            return -1;
        }
        int at = start + offset;
        return switch (width) {
            case 1 -> bytes.u8(at);
            case 2 -> bytes.u16(at);
            case 4 -> bytes.u32(at);
            default -> bytes.i64(at);
        };
    }

    /** Every field that was delivered. */
    static TcpInfo decode(MessageBytes bytes, int length, int start) {
        Map<String, Long> fields = new LinkedHashMap<>(96);
        for (TcpInfoStruct field : FIELDS) {
            if (field.offset + field.width <= length) {
                fields.put(field.fieldName(), field.read(bytes, length, start));
            }
        }
        if (length > WSCALE) {
            int both = bytes.u8(start + WSCALE);
            fields.put("snd_wscale", (long) (both & 0xF));
            fields.put("rcv_wscale", (long) (both >>> 4));
        }
        return new TcpInfo(fields);
    }
}
