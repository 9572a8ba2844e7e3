package org.bursar.identity.internal;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.identity.IdentityProblems;
import org.bursar.identity.internal.sql.FactorMapper;
import org.bursar.identity.internal.sql.FactorMapper.FactorRow;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The optional second step of signing in: a code of an authenticator app, or one of ten for who has lost it (docs/adr/0040). */
@Component(service = SecondFactors.class)
public final class SecondFactors {
    static final int CODES = 10;

    private static final int FREE = 5;
    private static final long LONGEST_WAIT_SECONDS = 900;
    private static final Duration CHALLENGE = Duration.ofMinutes(5);
    private static final String KEY = "identity.second-factor";
    private static final String STEP = "identity.second-step";
    private static final int PRINT = 8;
    private static final int CHALLENGE_BYTES = 2 * Long.BYTES + Long.BYTES + PRINT;
    private static final int CODE_BYTES = 7;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final Secrets secrets;
    private final Clock clock;
    private final Neighbours neighbours;
    private final AuditLog audit;
    private final FactorMapper mapper;

    @Activate
    public SecondFactors(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Clock clock,
            @Reference Neighbours neighbours,
            @Reference AuditLog audit) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
        this.neighbours = neighbours;
        this.audit = audit;
        mapper = database.mapper("identity", FactorMapper.class);
    }

    /**
     * How it stands with a user.
     *
     * @param since null while it is off
     */
    public record State(boolean enabled, @Nullable Instant since, int recoveryCodes) {}

    /** What an app is to be told, once. */
    public record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment";
        }
    }

    public State state(TenantId tenant, UserId user) {
        return database.transact(scope(tenant), () -> {
            Instant since = mapper.get(tenant, user).map(FactorRow::confirmedAt).orElse(null);
            return new State(since != null, since, since == null ? 0 : mapper.codesLeft(tenant, user));
        });
    }

    /** Whether a code is asked of the user; in the caller's transaction. */
    boolean asked(TenantId tenant, UserId user) {
        return mapper.get(tenant, user).map(FactorRow::confirmedAt).isPresent();
    }

    /** Gives a user a key, which counts from the first code on. */
    Enrolment begin(UserRow user) {
        byte[] key = Totp.key();
        byte[] sealed = secrets.seal(user.tenantId(), purpose(user.userId()), key);
        database.run(scope(user.tenantId()), () -> {
            if (mapper.begin(user.tenantId(), user.userId(), user.customerId(), sealed, clock.instant()) == 0) {
                throw new ProblemException(IdentityProblems.SECOND_FACTOR_ON, IdentityProblems.SECOND_FACTOR_ON.cure());
            }
        });
        String secret = Totp.base32(key);
        String issuer = user.tenantId().equals(Scope.PLATFORM)
                ? "Bursar"
                : neighbours.brandName(user.tenantId()).orElse("");
        return new Enrolment(
                secret,
                "otpauth://totp/" + encoded(issuer.isEmpty() ? user.email() : issuer + ":" + user.email()) + "?secret="
                        + secret + (issuer.isEmpty() ? "" : "&issuer=" + encoded(issuer)) + "&algorithm=SHA1&digits="
                        + Totp.DIGITS + "&period=" + Totp.SECONDS);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The first code turns it on; gives the codes for who loses the app, which are never shown again. */
    List<String> confirm(UserRow user, String code) {
        boolean right = database.transact(scope(user.tenantId()), () -> {
            FactorRow row = mapper.lock(user.tenantId(), user.userId()).orElseThrow(Problems::notFound);
            if (row.confirmedAt() != null) {
                throw new ProblemException(IdentityProblems.SECOND_FACTOR_ON, IdentityProblems.SECOND_FACTOR_ON.cure());
            }
            return took(user, row, code, false);
        });
        if (!right) {
            throw wrong();
        }
        List<String> codes = new ArrayList<>();
        database.run(scope(user.tenantId()), () -> {
            while (codes.size() < CODES) {
                byte[] bytes = new byte[CODE_BYTES];
                RANDOM.nextBytes(bytes);
                String text = Totp.base32(bytes).toLowerCase(Locale.ROOT).substring(0, 10);
                codes.add(text.substring(0, 5) + '-' + text.substring(5));
            }
            String[] hashes = codes.stream()
                    .map(text -> HexFormat.of().formatHex(hashed(user.tenantId(), user.userId(), text)))
                    .toArray(String[]::new);
            mapper.insertCodes(user.tenantId(), user.userId(), user.customerId(), hashes);
            record(self(user), user, "second-factor.enable", Map.of("recoveryCodes", CODES));
        });
        return codes;
    }

    /** Asks no code any more; in the caller's transaction. Gives false when none was asked. */
    boolean remove(Scope by, UserRow user, String action) {
        boolean was = mapper.remove(user.tenantId(), user.userId()) == 1;
        if (was) {
            record(by, user, action, null);
        }
        return was;
    }

    /** Takes a code, once, or refuses. A wrong one stays counted, so it runs in a transaction of its own. */
    void require(UserRow user, String code) {
        boolean right = database.transact(
                scope(user.tenantId()),
                () -> took(
                        user,
                        mapper.lock(user.tenantId(), user.userId()).orElseThrow(SecondFactors::wrong),
                        code,
                        true));
        if (!right) {
            throw wrong();
        }
    }

    private boolean took(UserRow user, FactorRow row, String code, boolean recovery) {
        Instant now = clock.instant();
        if (row.nextAt().isAfter(now)) {
            long seconds = Math.max(1, Duration.between(now, row.nextAt()).toSeconds());
            throw new ProblemException(Problem.of(
                            Problems.TOO_MANY_REQUESTS, "Too many wrong codes; try again in " + seconds + " seconds.")
                    .with("retryAfter", seconds));
        }
        String digits = code.replace(" ", "");
        byte[] key = secrets.open(user.tenantId(), purpose(user.userId()), row.sealed());
        long step = Totp.step(now);
        for (long near = step - 1; near <= step + 1; near++) {
            // a code that was taken, and all before it, are not taken again
            if (near > row.lastStep() && same(digits, Totp.code(key, near, Totp.DIGITS))) {
                return mapper.taken(user.tenantId(), user.userId(), near, now) == 1;
            }
        }
        if (recovery
                && digits.length() > Totp.DIGITS
                && mapper.useCode(user.tenantId(), user.userId(), hashed(user.tenantId(), user.userId(), digits))
                        == 1) {
            record(self(user), user, "second-factor.recover", null);
            return mapper.taken(user.tenantId(), user.userId(), row.lastStep(), now) == 1;
        }
        int failures = row.failures() + 1;
        mapper.failed(user.tenantId(), user.userId(), failures, now.plusSeconds(wait(failures)));
        return false;
    }

    /** None for the first five, then 2, 4, 8 and at most 900 seconds: a million codes outlast any attempt. */
    static long wait(int failures) {
        return failures <= FREE ? 0 : Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(failures - FREE, 12));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] hashed(TenantId tenant, UserId user, String code) {
        String plain = code.toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", "");
        String about = tenant.uuid() + "\n" + user.uuid() + "\n" + plain;
        return secrets.mac(KEY, about.getBytes(StandardCharsets.UTF_8));
    }

    /** Shows for five minutes that a user's password was right; another password ends it. */
    String challenge(UserRow user, String passwordHash) {
        byte[] plain = ByteBuffer.allocate(CHALLENGE_BYTES)
                .putLong(user.userId().uuid().getMostSignificantBits())
                .putLong(user.userId().uuid().getLeastSignificantBits())
                .putLong(clock.instant().plus(CHALLENGE).toEpochMilli())
                .put(print(passwordHash))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secrets.seal(user.tenantId(), STEP, plain));
    }

    /** Whose challenge it is, while it counts. */
    Optional<UserId> challenged(TenantId tenant, String challenge) {
        return opened(tenant, challenge)
                .map(ByteBuffer::wrap)
                .filter(plain -> plain.getLong(2 * Long.BYTES) > clock.millis())
                .map(plain -> new UserId(new UUID(plain.getLong(0), plain.getLong(Long.BYTES))));
    }

    boolean fits(TenantId tenant, String challenge, String passwordHash) {
        return opened(tenant, challenge)
                .map(plain -> Arrays.copyOfRange(plain, CHALLENGE_BYTES - PRINT, CHALLENGE_BYTES))
                .filter(found -> MessageDigest.isEqual(found, print(passwordHash)))
                .isPresent();
    }

    private Optional<byte[]> opened(TenantId tenant, String challenge) {
        try {
            byte[] plain = secrets.open(tenant, STEP, Base64.getUrlDecoder().decode(challenge));
            return plain.length == CHALLENGE_BYTES ? Optional.of(plain) : Optional.empty();
        } catch (IllegalArgumentException | IllegalStateException e) {
            // not ours, or of another tenant
            return Optional.empty();
        }
    }

    private byte[] print(String passwordHash) {
        return Arrays.copyOf(secrets.mac(STEP, passwordHash.getBytes(StandardCharsets.UTF_8)), PRINT);
    }

    private static String purpose(UserId user) {
        return KEY + '.' + user.uuid();
    }

    private void record(Scope by, UserRow user, String action, @Nullable Object after) {
        audit.record(by, action, user.userId().toString(), Optional.ofNullable(user.customerId()), null, after);
    }

    private static Scope self(UserRow user) {
        return Scope.of(
                user.tenantId(), new Actor(Actor.Kind.USER, user.userId().toString(), user.name()));
    }

    private static Scope scope(TenantId tenant) {
        return Scope.of(tenant, Actor.system("second-factor"));
    }

    private static ProblemException wrong() {
        return new ProblemException(IdentityProblems.BAD_CODE, IdentityProblems.BAD_CODE.title() + '.');
    }
}
