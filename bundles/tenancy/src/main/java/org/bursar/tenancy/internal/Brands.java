package org.bursar.tenancy.internal;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.mail.SenderBrand;
import org.bursar.tenancy.Brand;
import org.bursar.tenancy.TenancyProblems;
import org.bursar.tenancy.TenantBrands;
import org.bursar.tenancy.internal.sql.TenantMapper;
import org.bursar.tenancy.internal.sql.TenantMapper.BrandRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How a tenant presents itself, and in whose name its mails go out. */
@Component(service = {SenderBrand.class, TenantBrands.class, Brands.class})
public final class Brands implements SenderBrand, TenantBrands {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_EMAIL = 254;
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
    private static final Pattern EMAIL = Pattern.compile("[!-?A-~]{1,64}@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+");

    private static final long BELIEVED_NANOS = 1_000_000_000L;

    private final Map<TenantId, Known> known = new ConcurrentHashMap<>();
    private final Database database;
    private final Audit audit;
    private final TenantMapper mapper;

    @Activate
    public Brands(@Reference Database database, @Reference Audit audit) {
        this.database = database;
        this.audit = audit;
        this.mapper = database.mapper("tenancy", TenantMapper.class);
    }

    /** What is sent to set the brand. */
    @Schema(name = "BrandForm")
    public record Form(
            @Nullable String name,
            @Nullable String colour,
            @Nullable String supportEmail,
            @Nullable String senderAddress) {}

    private record Known(Brand brand, long readNanos) {}

    @Override
    public Brand of(TenantId tenant) {
        long nanos = System.nanoTime();
        Known recent = known.get(tenant);
        if (recent != null && nanos - recent.readNanos() < BELIEVED_NANOS) {
            return recent.brand();
        }
        BrandRow row = get(Scope.of(tenant, Actor.system("brand")));
        Brand brand = new Brand(
                row.name(), Optional.ofNullable(row.colour()), Optional.ofNullable(row.supportEmail()), row.version());
        known.put(tenant, new Known(brand, nanos));
        return brand;
    }

    @Override
    public Optional<Sender> sender(TenantId tenant) {
        return database.transact(
                Scope.of(tenant, Actor.system("sender")),
                () -> mapper.brand(tenant)
                        .map(brand -> new Sender(
                                brand.name(),
                                Optional.ofNullable(brand.senderAddress()).filter(sender -> owns(tenant, sender)))));
    }

    /** A tenant sends as its own domains alone, looked at anew for each mail: a domain may have gone meanwhile. */
    private boolean owns(TenantId tenant, String address) {
        String domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return mapper.hasVerifiedDomain(tenant, domain);
    }

    /** The brand of the scope's tenant. */
    public BrandRow get(Scope scope) {
        return database.transact(scope, () -> mapper.brand(scope.tenant()).orElseThrow(Problems::notFound));
    }

    /** Sets the brand of the scope's tenant. */
    public void set(Scope scope, OptionalLong version, @Nullable Form sent) {
        Form form = sent == null ? new Form(null, null, null, null) : sent;
        Checks checks = new Checks();
        String name = Names.checked(checks, form.name(), LONGEST_NAME);
        String colour = checks.optionalText("/colour", form.colour(), 7);
        if (colour != null) {
            colour = colour.toLowerCase(Locale.ROOT);
            checks.that(
                    COLOUR.matcher(colour).matches(),
                    "/colour",
                    TenancyProblems.INVALID_COLOUR,
                    "a colour such as #1f6feb");
        }
        String support = email(checks, "/supportEmail", form.supportEmail());
        String sender = email(checks, "/senderAddress", form.senderAddress());
        checks.done();
        String checkedColour = colour;
        database.run(scope, () -> {
            BrandRow before = mapper.brand(scope.tenant()).orElseThrow(Problems::notFound);
            Versions.require(version, before.version());
            BrandRow after = new BrandRow(name, checkedColour, support, sender, before.version());
            Versions.changed(mapper.updateBrand(scope.tenant(), after));
            audit.record(
                    scope, "brand.update", scope.tenant().toString(), Optional.empty(), state(before), state(after));
        });
    }

    private static @Nullable String email(Checks checks, String pointer, @Nullable String value) {
        String text = checks.optionalText(pointer, value, LONGEST_EMAIL);
        checks.that(
                text == null || EMAIL.matcher(text).matches(),
                pointer,
                FieldProblems.INVALID_EMAIL,
                "an e-mail address such as help@harborlight.example");
        return text;
    }

    private static Map<String, Object> state(BrandRow brand) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("name", brand.name());
        state.put("colour", Optional.ofNullable(brand.colour()));
        state.put("supportEmail", Optional.ofNullable(brand.supportEmail()));
        state.put("senderAddress", Optional.ofNullable(brand.senderAddress()));
        return state;
    }
}
