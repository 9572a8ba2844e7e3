package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            "api-key", Kill.BEFORE_ANSWER,
            "gateway's settings", Kill.BEFORE_ANSWER,
            "customer", Kill.AT_COMMIT,
            "purchase", Kill.POWER_CUT_BEFORE_ANSWER,
            "approval", Kill.DURING_COMMIT,
            "settlement", Kill.AT_FIRST_CHANGE,
            "usage", Kill.POWER_CUT_AT_COMMIT,
            "message", Kill.BEFORE);

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
        Scorecard.add(Figure.DOUBLE_EFFECTS, writes().size(), 0);
        Scorecard.add(Figure.LOST_WRITES, writes().size(), 0);
    }

    @Test
    public void step1TwiceTheSameWithoutKills() throws Exception {
        endsTheSame(write -> Kill.NONE);
    }

    @Test
    public void step2AFewKills() throws Exception {
        endsTheSame(write -> SMALL.getOrDefault(write.name(), Kill.NONE));
    }
}
