import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Callers at once, each with a connection of its own, for a bounded time. */
final class Crowd {
    private Crowd() {}

    /** What one caller does again and again; answers how many things it got done. */
    interface Caller {
        int once(Connection connection, int caller, long round) throws Exception;
    }

    /** Things done a second, and how long a round took for the slowest hundredth. */
    record Pace(double aSecond, double p99Millis, double done) {}

    static Pace run(int port, String token, int callers, int seconds, Caller script) throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<long[]> times = new ArrayList<>();
        long[] done = new long[callers];
        AtomicReference<Exception> failure = new AtomicReference<>();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        for (int caller = 0; caller < callers; caller++) {
            int number = caller;
            Samples samples = new Samples();
            Thread thread = new Thread(() -> {
                try (Connection connection = new Connection(port, token)) {
                    long round = 0;
                    for (long now = System.nanoTime(); now < end && failure.get() == null; ) {
                        done[number] += script.once(connection, number, round++);
                        long after = System.nanoTime();
                        samples.add(after - now);
                        now = after;
                    }
                } catch (Exception e) {
                    failure.compareAndSet(null, e);
                } finally {
                    synchronized (times) {
                        times.add(samples.taken());
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        if (failure.get() != null) {
            throw failure.get();
        }
        long sum = 0;
        for (long one : done) {
            sum += one;
        }
        long[] all = times.stream().flatMapToLong(java.util.Arrays::stream).sorted().toArray();
        return new Pace(sum / elapsed, all.length == 0 ? 0 : all[(int) (all.length * 0.99)] / 1e6, sum);
    }

    /** Times of one caller, in a growing array. */
    private static final class Samples {
        private long[] nanos = new long[1 << 12];
        private int count;

        void add(long time) {
            if (count == nanos.length) {
                nanos = java.util.Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = time;
        }

        long[] taken() {
            return java.util.Arrays.copyOf(nanos, count);
        }
    }
}
