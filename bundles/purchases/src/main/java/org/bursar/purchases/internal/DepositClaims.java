package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldCode;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.Claim;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseClaims;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.Purchases;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.Slip;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.bursar.purchases.internal.sql.SlipMapper;
import org.bursar.purchases.internal.sql.SlipRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Claims of deposits, with slips that are sealed for tenant and purchase. */
@Component(service = PurchaseClaims.class)
public final class DepositClaims implements PurchaseClaims {
    private static final int LONGEST_NOTE = 500;
    private static final String PURPOSE = "slip";
    private static final String POINTER = "/slip";
    private static final Set<PurchaseState> CLAIMABLE = EnumSet.of(
            PurchaseState.AWAITING_PAYMENT, PurchaseState.UNDER_REVIEW, PurchaseState.DECLINED, PurchaseState.EXPIRED);

    private final Database database;
    private final Secrets secrets;
    private final Audit audit;
    private final Settlement settlement;
    private final Purchases purchases;
    private final Clock clock;
    private final SlipMapper mapper;

    @Activate
    public DepositClaims(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Audit audit,
            @Reference Settlement settlement,
            @Reference Purchases purchases,
            @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.audit = audit;
        this.settlement = settlement;
        this.purchases = purchases;
        this.clock = clock;
        mapper = database.mapper("purchases", SlipMapper.class);
    }

    @Override
    public Purchase claim(Scope scope, PurchaseId id, String fileName, byte[] content, Optional<String> note) {
        Checks checks = new Checks();
        String name = checks.text("/slip", fileName, 200);
        String said = checks.optionalText("/note", note.orElse(null), LONGEST_NOTE);
        checks.that(content.length > 0, POINTER, FieldProblems.REQUIRED, "the file is empty");
        checks.done();
        SlipType type = type(content);
        return database.transact(scope, () -> {
            PurchaseRow purchase = settlement.lock(scope, id);
            int before = requireClaimable(scope, purchase);
            store(
                    scope,
                    purchase,
                    new SlipRow(
                            before + 1,
                            name,
                            type.mediaType(),
                            content.length,
                            secrets.seal(scope.tenant(), purpose(id, before + 1), content),
                            said));
            settlement.add(scope, purchase, FactKind.CLAIMED, null, said);
            settlement.settle(scope, purchase);
            return purchases.get(scope, id);
        });
    }

    private static SlipType type(byte[] content) {
        if (content.length > LARGEST_SLIP) {
            throw refused(
                    Problems.TOO_LARGE,
                    PurchasesProblems.SLIP_TOO_LARGE,
                    "A slip has at most " + LARGEST_SLIP + " bytes, which is 5 MiB.");
        }
        return SlipType.of(content)
                .orElseThrow(() -> refused(
                        Problems.UNSUPPORTED_MEDIA_TYPE,
                        PurchasesProblems.SLIP_TYPE,
                        "A slip is a PDF, a PNG or a JPEG by its bytes, whatever its name says."));
    }

    private static ProblemException refused(ProblemCode code, FieldCode field, String detail) {
        return new ProblemException(
                new Problem(code, detail, List.of(new FieldError(POINTER, field, detail)), Map.of()));
    }

    /** Gives how many slips there are. */
    private int requireClaimable(Scope scope, PurchaseRow purchase) {
        if (!purchase.manual()) {
            throw new ProblemException(PurchasesProblems.NOT_MANUAL, PurchasesProblems.NOT_MANUAL.cure());
        }
        if (!CLAIMABLE.contains(purchase.state())) {
            throw new ProblemException(
                    PurchasesProblems.WRONG_STATE,
                    "The purchase is " + purchase.state().name().toLowerCase(Locale.ROOT) + '.');
        }
        int slips = mapper.count(scope.tenant(), purchase.purchaseId());
        if (slips >= MOST_SLIPS) {
            throw new ProblemException(
                    PurchasesProblems.WRONG_STATE,
                    "The purchase has " + MOST_SLIPS + " slips already; ask those who review it.");
        }
        return slips;
    }

    private void store(Scope scope, PurchaseRow purchase, SlipRow slip) {
        Instant now = clock.instant();
        mapper.insert(scope.tenant(), purchase.purchaseId(), purchase.customerId(), slip, scope.actor(), now);
        audit.record(
                scope,
                "purchase.claim",
                purchase.purchaseId().toString(),
                Optional.of(purchase.customerId()),
                null,
                Map.of("file", slip.fileName(), "mediaType", slip.mediaType(), "bytes", slip.bytes()));
    }

    private static String purpose(PurchaseId id, int number) {
        return PURPOSE + ' ' + id + ' ' + number;
    }

    @Override
    public Claim last(Scope scope, PurchaseId id) {
        return database.transact(scope, () -> mapper.last(scope.tenant(), id).orElseThrow(Problems::notFound));
    }

    @Override
    public Slip slip(Scope scope, PurchaseId id) {
        Purchase purchase = purchases.get(scope, id);
        SlipRow row = database.transact(
                scope, () -> mapper.content(scope.tenant(), id).orElseThrow(Problems::notFound));
        String extension =
                SlipType.named(row.mediaType()).map(SlipType::extension).orElse("bin");
        return new Slip(
                purchase.number() + "-slip." + extension,
                row.mediaType(),
                secrets.open(scope.tenant(), purpose(id, row.number()), row.content()));
    }
}
