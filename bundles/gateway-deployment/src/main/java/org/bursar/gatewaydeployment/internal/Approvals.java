package org.bursar.gatewaydeployment.internal;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.gatewaydeployment.internal.sql.ApprovalMapper;
import org.bursar.gatewaydeployment.internal.sql.ApprovalRow;
import org.bursar.identity.Audit;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which digests may run. They are the platform's, so every node has the same, and each is audited. */
@Component(service = Approvals.class)
public final class Approvals {
    static final Actor BY_ITSELF = Actor.system("gateway-deployment");
    private static final int LONGEST_REASON = 1000;

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final ApprovalMapper mapper;

    @Activate
    public Approvals(@Reference Database database, @Reference Audit audit, @Reference Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        mapper = database.mapper("gateway_deployment", ApprovalMapper.class);
    }

    private static Scope platform(Actor actor) {
        return Scope.platform(actor);
    }

    /** Those of these digests that somebody approved. */
    Map<String, ApprovalRow> of(Collection<String> digests) {
        Map<String, ApprovalRow> found = new LinkedHashMap<>();
        database.transact(platform(BY_ITSELF), () -> mapper.of(Scope.PLATFORM, digests.toArray(String[]::new)))
                .forEach(row -> found.put(row.digest(), row));
        return found;
    }

    /** Approves a jar and chooses it before the other versions. */
    void approve(Actor actor, GatewayJar jar) {
        Scope scope = platform(actor);
        database.run(scope, () -> {
            mapper.approve(
                    Scope.PLATFORM,
                    jar.digest(),
                    jar.symbolicName(),
                    jar.version(),
                    jar.file(),
                    actor.id(),
                    clock.instant());
            audit.record(scope, "gateway.approve", jar.digest(), Optional.empty(), null, told(jar));
        });
    }

    /** Approves those that nobody has judged yet, the highest version last, so that it is the one that runs. */
    void approveNew(Collection<GatewayJar> jars) {
        jars.stream()
                .sorted(Comparator.comparing(jar -> Plan.version(jar.version())))
                .forEach(jar -> database.run(platform(BY_ITSELF), () -> {
                    int approved = mapper.approveNew(
                            Scope.PLATFORM,
                            jar.digest(),
                            jar.symbolicName(),
                            jar.version(),
                            jar.file(),
                            BY_ITSELF.id(),
                            clock.instant());
                    if (approved == 1) {
                        audit.record(
                                platform(BY_ITSELF),
                                "gateway.approve",
                                jar.digest(),
                                Optional.empty(),
                                null,
                                told(jar));
                    }
                }));
    }

    /** Chooses an approved jar before the other versions; false when it is not approved. */
    boolean choose(Actor actor, GatewayJar jar) {
        Scope scope = platform(actor);
        return database.transact(scope, () -> {
            boolean approved = mapper.choose(Scope.PLATFORM, jar.digest(), clock.instant()) == 1;
            if (approved) {
                audit.record(scope, "gateway.update", jar.digest(), Optional.empty(), null, told(jar));
            }
            return approved;
        });
    }

    /** It is not started again until somebody approves it again. */
    void quarantine(String digest, String reason) {
        String text = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        Scope scope = platform(BY_ITSELF);
        database.run(scope, () -> {
            if (mapper.quarantine(Scope.PLATFORM, digest, text, clock.instant()) == 1) {
                audit.record(scope, "gateway.quarantine", digest, Optional.empty(), null, Map.of("reason", text));
            }
        });
    }

    /** What the audit log says of a jar. */
    private static Map<String, String> told(GatewayJar jar) {
        return Map.of(
                "bundle",
                jar.symbolicName(),
                "version",
                jar.version(),
                "file",
                jar.file(),
                "signer",
                jar.signer() == null ? "" : jar.signer());
    }
}
