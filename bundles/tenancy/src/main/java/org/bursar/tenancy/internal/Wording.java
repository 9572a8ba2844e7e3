package org.bursar.tenancy.internal;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.tenancy.TenantTexts;
import org.bursar.tenancy.internal.sql.WordingMapper;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a tenant says to its customers in its own words: all of it is set at once, so that there is one version to be matched. */
@Component(service = {TenantTexts.class, Wording.class})
public final class Wording implements TenantTexts {
    private static final int MOST = 100;
    private static final int LONGEST = 1_000;
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_.-]{0,79}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final long BELIEVED_NANOS = 1_000_000_000L;

    private final Map<TenantId, Known> known = new ConcurrentHashMap<>();
    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final WordingMapper mapper;

    @Activate
    public Wording(@Reference Database database, @Reference Audit audit, @Reference Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        mapper = database.mapper("tenancy", WordingMapper.class);
    }

    /** What is sent, and what is shown. */
    @Schema(name = "Texts")
    public record Form(
            @Schema(description = "By the keys of the dashboard's texts, such as disabled.message; at most 100")
            @Nullable
            Map<String, @Nullable String> texts) {}

    /** The texts as they are. */
    public record Stored(Map<String, String> texts, long version) {}

    private record Known(Map<String, String> texts, long readNanos) {}

    @Override
    public Map<String, String> of(TenantId tenant) {
        long nanos = System.nanoTime();
        Known recent = known.get(tenant);
        if (recent != null && nanos - recent.readNanos() < BELIEVED_NANOS) {
            return recent.texts();
        }
        Map<String, String> texts =
                Map.copyOf(get(Scope.of(tenant, Actor.system("wording"))).texts());
        known.put(tenant, new Known(texts, nanos));
        return texts;
    }

    /** The texts of the scope's tenant. */
    public Stored get(Scope scope) {
        return database.transact(scope, () -> stored(scope.tenant()));
    }

    private Stored stored(TenantId tenant) {
        Map<String, String> texts = new TreeMap<>();
        long version = mapper.version(tenant);
        mapper.texts(tenant, MOST).forEach(row -> texts.put(row.key(), row.text()));
        return new Stored(texts, version);
    }

    /** Sets all texts of the scope's tenant. */
    public void set(Scope scope, OptionalLong version, @Nullable Form sent) {
        Map<String, String> texts = checked(sent);
        database.run(scope, () -> {
            mapper.begin(scope.tenant(), clock.instant());
            Stored before = stored(scope.tenant());
            Versions.require(version, before.version());
            Versions.changed(mapper.changed(scope.tenant(), before.version(), clock.instant()));
            mapper.clear(scope.tenant());
            mapper.insert(
                    scope.tenant(),
                    texts.keySet().toArray(String[]::new),
                    texts.values().toArray(String[]::new));
            audit.record(
                    scope,
                    "texts.update",
                    scope.tenant().toString(),
                    Optional.empty(),
                    Map.of("texts", before.texts()),
                    Map.of("texts", texts));
            database.afterCommit(() -> known.remove(scope.tenant()));
        });
    }

    private static Map<String, String> checked(@Nullable Form sent) {
        Checks checks = new Checks();
        Map<String, String> texts = new TreeMap<>();
        Map<String, @Nullable String> all = sent == null ? null : sent.texts();
        checks.that(all != null, "/texts", FieldProblems.REQUIRED, "required");
        checks.that(all == null || all.size() <= MOST, "/texts", FieldProblems.TOO_MANY, "at most " + MOST);
        checks.done();
        for (Map.Entry<String, @Nullable String> entry :
                all == null ? List.<Map.Entry<String, @Nullable String>>of() : List.copyOf(all.entrySet())) {
            String pointer = "/texts/" + entry.getKey().replace("~", "~0").replace("/", "~1");
            String text = checks.optionalText(pointer, entry.getValue(), LONGEST);
            // a text is taken back by leaving it out
            checks.that(entry.getValue() != null, pointer, FieldProblems.REQUIRED, "a text, or left out");
            checks.that(
                    KEY.matcher(entry.getKey()).matches(),
                    pointer,
                    FieldProblems.OUT_OF_RANGE,
                    "small letters, digits, dots, hyphens and underscores");
            checks.that(
                    text == null || !CONTROL.matcher(text).find(),
                    pointer,
                    FieldProblems.OUT_OF_RANGE,
                    "text without control characters");
            if (text != null) {
                texts.put(entry.getKey(), text);
            }
        }
        checks.done();
        return texts;
    }
}
