package org.bursar.itests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bursar.itests.Http.Answer;

/** Kills a platform at a given moment of a write, starts it again, and sees the write to its end. */
final class Killer implements AutoCloseable {
    private final Platform platform;
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private Duration worst = Duration.ZERO;
    private int kills;
    private int powerCuts;
    private String whileDead;

    Killer(Platform platform) {
        this.platform = platform;
    }

    int kills() {
        return kills;
    }

    /** Those of the kills that took the database too. */
    int powerCuts() {
        return powerCuts;
    }

    /** Does something to the database after the next kill that leaves it alone, before the platform is started again. */
    void whileDead(String sql) {
        whileDead = sql;
    }

    /** The worst time from a start after a kill to ready. */
    Duration worst() {
        return worst;
    }

    /** Writes, with a kill at the moment; when this returns the platform runs and the write is answered. */
    Answer write(Client client, Write write, Kill kill) throws Exception {
        switch (kill) {
            case NONE:
                return client.write(write);
            case BEFORE:
                kill(false);
                return finish(clients.submit(() -> client.write(write)));
            case BEFORE_ANSWER, POWER_CUT_BEFORE_ANSWER:
                return beforeAnswer(client, write, kill.powerCut());
            default:
                return inside(client, write, kill);
        }
    }

    private Answer beforeAnswer(Client client, Write write, boolean powerCut) throws Exception {
        try (AnswerCutter cutter = new AnswerCutter(platform.port(), () -> quietly(powerCut))) {
            Future<Answer> answer = clients.submit(() -> client.write(write, cutter.address()));
            cutter.await();
            return finish(answer);
        }
    }

    private void quietly(boolean powerCut) {
        try {
            kill(powerCut);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Answer inside(Client client, Write write, Kill kill) throws Exception {
        // a write of several transactions is caught in its first or in its last one
        int last = write.tables().size() - 1;
        String table = write.tables().get(kill == Kill.AT_FIRST_CHANGE ? 0 : last);
        try (Gate gate = Gate.at(platform, table, kill != Kill.AT_FIRST_CHANGE)) {
            Future<Answer> answer = clients.submit(() -> client.write(write));
            gate.awaitSomebody(answer::isDone);
            kill(kill.powerCut());
            if (kill == Kill.DURING_COMMIT) {
                gate.open();
            }
            return finish(answer);
        }
    }

    private Answer finish(Future<Answer> answer) throws Exception {
        start();
        return answer.get(4, TimeUnit.MINUTES);
    }

    /** Kills the JVM; with it, if asked to, every process of the database. */
    void kill(boolean powerCut) throws Exception {
        kills++;
        List<ProcessHandle> database = new ArrayList<>();
        if (powerCut) {
            powerCuts++;
            ProcessHandle postmaster = platform.postgres();
            database.add(postmaster);
            postmaster.descendants().forEach(database::add);
        }
        database.forEach(ProcessHandle::destroyForcibly);
        platform.kill();
    }

    void start() throws Exception {
        if (whileDead != null) {
            platform.query(whileDead);
            whileDead = null;
        }
        long started = System.nanoTime();
        platform.start();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        worst = took.compareTo(worst) > 0 ? took : worst;
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
