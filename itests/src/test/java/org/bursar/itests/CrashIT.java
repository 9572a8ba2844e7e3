package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;

/** The main job with the platform killed between its steps and inside of them ends as it does without. */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class CrashIT {
    /** What {@code ./test} tries; the soak kills at every moment of every write. */
    private static final Map<String, Kill> SMALL = Map.of(
            "last part",
            Kill.BEFORE_ANSWER,
            "promotion",
            Kill.POWER_CUT_AT_COMMIT,
            "lease",
            Kill.POWER_CUT_BEFORE_ANSWER,
            "api-key",
            Kill.BEFORE_ANSWER,
            "gateway's settings",
            Kill.BEFORE_ANSWER,
            "customer",
            Kill.AT_COMMIT,
            "purchase",
            Kill.POWER_CUT_BEFORE_ANSWER,
            "approval",
            Kill.DURING_COMMIT,
            "settlement",
            Kill.AT_FIRST_CHANGE,
            "usage",
            Kill.POWER_CUT_AT_COMMIT);

    /** The write that the controls do wrong: another one would leave the rest of the story without what it stands on. */
    private static final String CONTROLLED = "addition";

    private static Platform platform;
    private static Killer killer;
    private static List<String> expected;
    private static int stories;

    @BeforeClass
    public static void start() throws Exception {
        platform = Platform.withAdmin("crash");
        platform.start();
        killer = new Killer(platform);
        Told first = tell(client(), write -> Kill.NONE);
        expected = first.fingerprint();
        assertFalse(expected.isEmpty());
    }

    @AfterClass
    public static void leaveNothingRunning() throws Exception {
        try {
            if (killer != null) {
                Scorecard.add(Figure.JVM_KILLS, killer.kills(), killer.kills());
                Scorecard.add(Figure.POSTGRES_KILLS, killer.powerCuts(), killer.powerCuts());
                Scorecard.worst(Figure.JVM_RECOVERY, killer.kills(), killer.worst());
                System.out.println("seen meanwhile: " + Client.MEANWHILE);
                killer.close();
            }
        } finally {
            if (platform != null) {
                platform.close();
            }
        }
    }

    private interface Plan {
        Kill at(Write write);
    }

    private record Told(Client client, List<String> fingerprint) {}

    private static Client client() {
        return new Client(platform.address(), platform::admin, "harbor-" + ++stories);
    }

    private static List<Write> writes() {
        List<Write> writes = new ArrayList<>(Story.opening());
        writes.addAll(Story.catalogue());
        writes.addAll(Story.customer());
        writes.addAll(Story.money());
        writes.addAll(Story.calls());
        writes.addAll(Story.talk());
        return writes;
    }

    private static Told tell(Client client, Plan plan) throws Exception {
        Fingerprint before = Fingerprint.before(platform);
        client.administrator();
        for (Write write : writes()) {
            killer.write(client, write, plan.at(write));
        }
        return new Told(client, before.after(client));
    }

    private static void endsTheSame(Plan plan) throws Exception {
        Told told = tell(client(), plan);
        assertEquals(Fingerprint.difference(expected, told.fingerprint()), expected, told.fingerprint());
        platform.command("ledger:verify").text();
        Scorecard.add(Figure.LEDGER_DRIFT, 1, 0);
        Scorecard.add(Figure.DOUBLE_EFFECTS, writes().size(), 0);
        Scorecard.add(Figure.LOST_WRITES, writes().size(), 0);
    }

    @Test
    public void step1TwiceTheSameWithoutKills() throws Exception {
        endsTheSame(write -> Kill.NONE);
    }

    @Test
    public void step2KilledAtAFewMoments() throws Exception {
        endsTheSame(write -> SMALL.getOrDefault(write.name(), Kill.NONE));
    }

    @Test
    public void step3RetriesUnderNewKeysWouldBeSeen() throws Exception {
        loses(Kill.BEFORE_ANSWER, new Client(platform.address(), platform::admin, "control-keys") {
            @Override
            protected String key(Write write, int tries) {
                return super.key(write, tries) + " " + tries;
            }
        });
    }

    @Test
    public void step4WritesTakenForDoneWithoutAnAnswerWouldBeSeen() throws Exception {
        loses(Kill.AT_FIRST_CHANGE, new Client(platform.address(), platform::admin, "control-patience") {
            @Override
            protected boolean patient(Write write) {
                return !write.name().equals(CONTROLLED);
            }
        });
    }

    @Test
    public void step5ForgottenKeysWouldBeSeen() throws Exception {
        loses(Kill.BEFORE_ANSWER, new Client(platform.address(), platform::admin, "control-memory") {
            @Override
            protected String key(Write write, int tries) {
                if (write.name().equals(CONTROLLED) && tries == 0) {
                    killer.whileDead("delete from rest.idempotency");
                }
                return super.key(write, tries);
            }
        });
    }

    private static void loses(Kill kill, Client client) throws Exception {
        Told told = tell(client, write -> write.name().equals(CONTROLLED) ? kill : Kill.NONE);
        // the deleted keys are missing themselves, which alone is no double effect
        List<String> found = new ArrayList<>(told.fingerprint());
        found.removeIf(line -> line.startsWith("rest.idempotency"));
        List<String> wanted = new ArrayList<>(expected);
        wanted.removeIf(line -> line.startsWith("rest.idempotency"));
        Scorecard.add(Figure.CONTROLS, 1, found.equals(wanted) ? 0 : 1);
        assertNotEquals("the control must lose", wanted, found);
    }

    /** Each write once, at a moment that the offset chooses; with {@code -Dcrash.every=true} each write at each moment. */
    @Test
    public void step6KilledAtEveryWrite() throws Exception {
        assumeTrue("in the soak", Soak.on());
        Kill[] kinds = Kill.values();
        boolean all = Boolean.getBoolean("crash.every");
        int first = new Random().nextInt(kinds.length - 1);
        for (int offset = first; offset < (all ? first + kinds.length - 1 : first + 1); offset++) {
            int chosen = offset;
            System.out.println("killed at every write, offset " + chosen);
            // the first kind is no kill, and nothing comes before the first write
            endsTheSame(write -> kinds[1 + (names().indexOf(write.name()) + chosen) % (kinds.length - 1)]);
        }
    }

    private static List<String> names() {
        return writes().stream().map(Write::name).toList();
    }

    private static Client withCatalogue() {
        Client owner = client();
        owner.administrator();
        List<Write> before = new ArrayList<>(Story.opening());
        before.addAll(Story.catalogue());
        before.forEach(owner::write);
        return owner;
    }

    @Test
    public void step7KilledAtRandomMomentsUnderLoad() throws Exception {
        CrashLoad load = new CrashLoad(platform, withCatalogue(), 4);
        long seed = System.nanoTime();
        List<String> wrong = load.run(killer, Soak.count(2, 16), new Random(seed));
        List<String> unfinished = load.unfinished();
        platform.command("ledger:verify").text();
        Scorecard.add(Figure.LOST_WRITES, load.writes(), wrong.size());
        Scorecard.add(Figure.UNFINISHED_WORK, load.writes(), unfinished.size());
        Scorecard.add(Figure.LEDGER_DRIFT, 1, Fingerprint.wrongWallets(platform).size());
        System.out.println("load: " + load.writes() + " writes, " + load.shared() + " shared a commit, seed " + seed);
        assertEquals("seed " + seed, List.of(), wrong);
        assertEquals("seed " + seed, List.of(), unfinished);
        assertTrue("no usage reports shared a commit", load.shared() > 0);
    }

    /** The same load and the same kill of every process, but the database acknowledges before it has written. */
    @Test
    public void step8WithoutSynchronousCommitTheSameLoadLoses() throws Exception {
        Client owner = withCatalogue();
        platform.query("alter role bursar_app set synchronous_commit = off");
        // what is not written yet is lost; how much that is decides the writer, who comes by every 0.2 seconds
        // otherwise
        platform.query("alter system set wal_writer_delay = '10s'");
        platform.query("alter system set wal_writer_flush_after = '1GB'");
        platform.query("select pg_reload_conf()");
        platform.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'bursar_app'");
        CrashLoad load = new CrashLoad(platform, owner, 4);
        try (Killer unsafe = new Killer(platform)) {
            List<String> lost = load.run(unsafe, 2, new Random(1));
            System.out.println("load without synchronous commit: " + load.writes() + " writes, wrong are " + lost);
            Scorecard.add(Figure.UNSAFE_LOSSES, load.writes(), lost.size());
            Scorecard.add(Figure.CONTROLS, 1, lost.isEmpty() ? 0 : 1);
            assertNotEquals("nothing was lost, so the other tests prove nothing", List.of(), lost);
        } finally {
            platform.query("alter role bursar_app reset synchronous_commit");
            platform.query("alter system reset wal_writer_delay");
            platform.query("alter system reset wal_writer_flush_after");
            platform.query("select pg_reload_conf()");
        }
    }
}
