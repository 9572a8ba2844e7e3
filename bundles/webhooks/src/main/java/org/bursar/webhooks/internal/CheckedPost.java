package org.bursar.webhooks.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts to an address that somebody outside chose. The name is resolved once, every address that it has is checked, and the
 * connection goes to the checked address itself: a name that answers otherwise the second time reaches nothing. The certificate is
 * that of the name. No redirect is followed, little of the answer is read, and at the deadline the connection is closed, whatever it
 * does. The usual HTTP clients resolve by themselves, so this one is our own: one request, one connection.
 */
final class CheckedPost implements AutoCloseable {
    private static final int MOST_HEAD_BYTES = 16 * 1024;
    private static final int MOST_BODY_BYTES = 16 * 1024;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final int DRAIN_MILLIS = 250;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

    private final Resolver resolver;
    private final SSLSocketFactory tls;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "webhook-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    /** Finds the addresses of a name. */
    interface Resolver {
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    CheckedPost(Resolver resolver, SSLSocketFactory tls) {
        this.resolver = resolver;
        this.tls = tls;
    }

    static CheckedPost usual() {
        return new CheckedPost(
                host -> List.of(InetAddress.getAllByName(host)), (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    @Override
    public void close() {
        watch.shutdownNow();
        open.forEach(CheckedPost::closeQuietly);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    /**
     * Posts.
     *
     * @param loopback whether this machine's own addresses may be posted to, and without TLS: an operator's setting, for tests
     * @return the status of the answer, whichever it is
     */
    int post(URI url, Map<String, String> headers, byte[] body, Duration patience, boolean loopback)
            throws PostFailedException {
        List<InetAddress> addresses = checked(url, loopback);
        Socket socket = new Socket();
        open.add(socket);
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> deadline = watch.schedule(
                () -> {
                    late.set(true); // before the reader notices
                    closeQuietly(socket);
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        try (socket) {
            connect(socket, addresses, port(url), patience);
            socket.setSoTimeout((int) patience.toMillis());
            return exchanged(url, socket, headers, body);
        } catch (SocketTimeoutException e) {
            throw new PostFailedException("no answer within " + patience.toSeconds() + " s", e);
        } catch (IOException e) {
            throw new PostFailedException(late.get() ? "no answer within " + patience.toSeconds() + " s" : said(e), e);
        } finally {
            deadline.cancel(false);
            open.remove(socket);
        }
    }

    private static String said(IOException e) {
        String text = e.getClass().getSimpleName().replaceFirst("Exception$", "") + ": " + e.getMessage();
        return text.length() <= 300 ? text : text.substring(0, 300);
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    private static boolean secure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private List<InetAddress> checked(URI url, boolean loopback) throws PostFailedException {
        List<InetAddress> addresses;
        try {
            addresses = resolver.addresses(host(url));
        } catch (UnknownHostException e) {
            throw new PostFailedException("the host's name is not known", e);
        }
        boolean local = loopback && addresses.stream().allMatch(InetAddress::isLoopbackAddress);
        if (addresses.isEmpty() || !local && !addresses.stream().allMatch(PublicAddresses::contains)) {
            throw new PostFailedException("the host's address is private, local or reserved");
        }
        if (!secure(url) && !local) {
            throw new PostFailedException("only https is used");
        }
        return addresses;
    }

    /** The host without the brackets that an address of version 6 has in a URL. */
    private static String host(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static void connect(Socket socket, List<InetAddress> addresses, int port, Duration patience)
            throws IOException {
        int millis = (int) Math.min(patience.toMillis(), CONNECT_PATIENCE.toMillis());
        // one address: a socket that failed to connect cannot be used for another, and the next attempt may be given
        // another
        socket.connect(new InetSocketAddress(addresses.get(0), port), millis);
    }

    private int exchanged(URI url, Socket plain, Map<String, String> headers, byte[] body)
            throws IOException, PostFailedException {
        if (!secure(url)) {
            return exchange(url, plain, headers, body);
        }
        try (SSLSocket socket = (SSLSocket) tls.createSocket(plain, host(url), port(url), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (!literal(host(url))) {
                parameters.setServerNames(List.of(new SNIHostName(host(url))));
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return exchange(url, socket, headers, body);
        }
    }

    private static boolean literal(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    private static int exchange(URI url, Socket socket, Map<String, String> headers, byte[] body)
            throws IOException, PostFailedException {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        StringBuilder head = new StringBuilder("POST ")
                .append(path)
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getRawAuthority())
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[first.length + body.length];
        System.arraycopy(first, 0, request, 0, first.length);
        System.arraycopy(body, 0, request, first.length, body.length);
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        int status = status(in);
        drain(socket, in);
        return status;
    }

    /** The status of the answer, after those that only say that it is coming. */
    private static int status(InputStream in) throws IOException, PostFailedException {
        int read = 0;
        while (true) {
            String line = line(in, MOST_HEAD_BYTES - read);
            Matcher status = STATUS_LINE.matcher(line == null ? "" : line);
            if (line == null || !status.matches()) {
                throw new PostFailedException(line == null ? "closed without an answer" : "the answer is not HTTP");
            }
            int code = Integer.parseInt(status.group(1));
            if (code >= 200) {
                return code;
            }
            read += line.length();
            for (String header = line(in, MOST_HEAD_BYTES - read);
                    header != null && !header.isEmpty();
                    header = line(in, MOST_HEAD_BYTES - read)) {
                read += header.length() + 2;
            }
        }
    }

    private static @Nullable String line(InputStream in, int most) throws IOException, PostFailedException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString().stripTrailing();
            }
            if (line.length() >= most) {
                throw new PostFailedException("the head of the answer is too long");
            }
            line.append((char) c);
        }
        return line.isEmpty() ? null : line.toString();
    }

    /** Reads a little of what follows, so that a receiver which still writes is not cut off; what it says is thrown away. */
    private static void drain(Socket socket, InputStream in) {
        try {
            socket.setSoTimeout(DRAIN_MILLIS);
            in.readNBytes(MOST_BODY_BYTES);
        } catch (IOException e) {
            // the status is known, and that is all that counts
        }
    }
}
