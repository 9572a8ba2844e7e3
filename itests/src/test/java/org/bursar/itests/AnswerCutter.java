package org.bursar.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a client and the platform: lets one request through, and when the answer's first byte comes, does something else
 * than pass it on. The write is done then, and the client does not know.
 */
final class AnswerCutter implements AutoCloseable {
    private static final int LARGEST_PIECE = 65_536;

    private final ServerSocket door;
    private final int platformPort;
    private final Runnable instead;
    private final CountDownLatch cut = new CountDownLatch(1);

    AnswerCutter(int platformPort, Runnable instead) throws IOException {
        this.platformPort = platformPort;
        this.instead = instead;
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        daemon(this::serve).start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** Waits until an answer was cut off. */
    void await() throws InterruptedException {
        if (!cut.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("there was no answer to cut off");
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "answer-cutter");
        thread.setDaemon(true);
        return thread;
    }

    private void serve() {
        try (Socket client = door.accept();
                Socket platform = new Socket(InetAddress.getLoopbackAddress(), platformPort)) {
            daemon(() -> pass(client, platform)).start();
            if (platform.getInputStream().read() >= 0) {
                instead.run();
                cut.countDown();
            }
        } catch (IOException e) {
            // the test closed the door, or the platform broke off by itself: nothing was cut, and the test says so
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[LARGEST_PIECE];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                out.write(piece, 0, length);
                out.flush();
            }
        } catch (IOException e) {
            // one of the two is gone
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
