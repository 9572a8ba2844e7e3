package org.bursar.rest.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that stand before the platform. Only of a request that came from one of them is {@code X-Forwarded-For} believed, and of
 * it only what proxies have written: anybody can send the header, too.
 */
final class Proxies {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final List<Network> trusted;

    private record Network(byte[] address, int bits) {
        boolean holds(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = bits / Byte.SIZE;
            int rest = bits % Byte.SIZE;
            return Arrays.equals(address, 0, whole, other, 0, whole)
                    && (rest == 0 || (address[whole] ^ other[whole]) >> (Byte.SIZE - rest) == 0);
        }
    }

    /** Takes addresses and networks such as {@code 10.0.0.0/8}; what is neither is left out, since it would be trusted. */
    Proxies(String... networks) {
        List<Network> read = new ArrayList<>();
        for (String network : networks) {
            String[] parts = network.strip().split("/", 2);
            byte[] address = address(parts[0]);
            if (address != null) {
                int all = address.length * Byte.SIZE;
                int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
                read.add(new Network(address, Math.max(0, Math.min(bits, all))));
            }
        }
        trusted = List.copyOf(read);
    }

    /** Who sent the request: the peer, or whom the last trusted proxy names. */
    String client(HttpServletRequest request) {
        String client = request.getRemoteAddr();
        if (trusted.isEmpty() || !trusts(client)) {
            return client;
        }
        List<String> hops = new ArrayList<>();
        Enumeration<String> headers = request.getHeaders("X-Forwarded-For");
        for (String header : headers == null ? List.<String>of() : Collections.list(headers)) {
            hops.addAll(List.of(header.split(",", -1)));
        }
        // each proxy adds whom it was called by at the end
        for (int i = hops.size() - 1; i >= 0; i--) {
            String hop = hops.get(i).strip();
            if (address(hop) == null) {
                return client;
            }
            client = hop;
            if (!trusts(hop)) {
                return client;
            }
        }
        return client;
    }

    private boolean trusts(String address) {
        byte[] bytes = address(address);
        return bytes != null && trusted.stream().anyMatch(network -> network.holds(bytes));
    }

    private static byte @Nullable [] address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            // a name would be looked up
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
