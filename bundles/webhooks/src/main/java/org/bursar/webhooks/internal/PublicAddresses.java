package org.bursar.webhooks.internal;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses are somebody's on the Internet, and not this machine's, its network's, or a cloud's metadata. What is not known
 * to be public is not. Arithmetic alone.
 */
final class PublicAddresses {
    /** Networks of version 4 that are not public, by the registry of special-purpose addresses (RFC 6890 and later). */
    private static final List<Network> SPECIAL_4 = List.of(
            Network.of(8, 0),
            Network.of(8, 10),
            Network.of(10, 100, 64),
            Network.of(8, 127),
            Network.of(16, 169, 254),
            Network.of(12, 172, 16),
            Network.of(24, 192, 0, 0),
            Network.of(24, 192, 0, 2),
            Network.of(24, 192, 31, 196),
            Network.of(24, 192, 52, 193),
            Network.of(24, 192, 88, 99),
            Network.of(16, 192, 168),
            Network.of(24, 192, 175, 48),
            Network.of(15, 198, 18),
            Network.of(24, 198, 51, 100),
            Network.of(24, 203, 0, 113),
            Network.of(4, 224),
            Network.of(4, 240));

    /** Of version 6 only 2000::/3 is given out, and of that not these. */
    private static final Network GLOBAL_6 = Network.of(3, 0x20);

    private static final List<Network> SPECIAL_6 = List.of(
            // protocol assignments, Teredo among them
            Network.of(23, 0x20, 0x01, 0x00),
            // documentation
            Network.of(32, 0x20, 0x01, 0x0d, 0xb8),
            // 6to4: holds an address of version 4
            Network.of(16, 0x20, 0x02),
            // delegated to AS112
            Network.of(48, 0x26, 0x20, 0x00, 0x4f, 0x80, 0x00),
            // documentation
            Network.of(20, 0x3f, 0xff, 0x00),
            // segment routing
            Network.of(16, 0x5f, 0x00));

    private PublicAddresses() {}

    /** Whether something may be sent there. */
    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return SPECIAL_4.stream().noneMatch(network -> network.contains(bytes));
        }
        return GLOBAL_6.contains(bytes) && SPECIAL_6.stream().noneMatch(network -> network.contains(bytes));
    }

    /** A prefix of so many bits. */
    private record Network(int bits, List<Byte> prefix) {
        static Network of(int bits, int... octets) {
            return new Network(
                    bits, Arrays.stream(octets).mapToObj(octet -> (byte) octet).toList());
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int octet = bit / Byte.SIZE;
                int mask = 0x80 >> bit % Byte.SIZE;
                int wanted = octet < prefix.size() ? prefix.get(octet) : 0;
                if ((address[octet] & mask) != (wanted & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
