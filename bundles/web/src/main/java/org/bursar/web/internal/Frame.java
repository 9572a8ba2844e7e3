package org.bursar.web.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.kernel.ApiKeyId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.tenancy.Brand;
import org.bursar.tenancy.Tenant;
import org.bursar.web.internal.parts.Part;
import org.bursar.web.internal.parts.Parts;

/** What every page shows around its own content. */
public final class Frame {
    private static final int AVATARS = 5;
    /** Before the text of an item that is not ours, in place of a key. */
    private static final String OTHERS = "=";

    private final Visit visit;
    private final String title;
    private final String section;
    private final Optional<Tenant> tenant;
    private final Optional<Brand> brand;
    private final Show show;
    private final Map<String, String> words;
    private final List<NavItem> nav = new ArrayList<>();

    /** An item of the main navigation, below the heading of its group. */
    public record NavItem(String key, String icon, String href, String group, String go, long hot, boolean current) {}

    /** A page with its title, below an item of the navigation, which is current. */
    public Frame(Visit visit, String title, String section) {
        this.visit = visit;
        this.title = title;
        this.section = section;
        brand = visit.tenant().flatMap(visit.site()::brand);
        tenant = visit.tenant().flatMap(visit.site()::tenant);
        show = new Show(tenant.map(Tenant::timeZone).orElse(ZoneOffset.UTC));
        words = visit.host().map(visit.site()::texts).orElse(Map.of());
        if (visit.caller().isPresent()) {
            if (visit.portal()) {
                portal();
            } else {
                console();
            }
        }
    }

    private Frame(Frame of, Map<String, String> words) {
        this.visit = of.visit;
        this.title = of.title;
        this.section = of.section;
        this.tenant = of.tenant;
        this.brand = of.brand;
        this.show = of.show;
        this.words = words;
    }

    /** The same in the words that the tenant's customers read, for what shows the tenant's people their customers' pages. */
    public Frame inTenantsWords() {
        return new Frame(this, visit.tenant().map(visit.site()::texts).orElse(Map.of()));
    }

    private void console() {
        boolean inTenant = visit.tenant().isPresent();
        boolean platform = !inTenant && visit.caller().orElseThrow().platformAdmin();
        if (inTenant || platform) {
            item("home", "home", "/", "", "h", true);
        }
        if (visit.caller().orElseThrow().platformAdmin()
                || visit.me().list("tenants").size() > 1) {
            item("agencies", "building", "/agencies", "", "", true);
        }
        if (!inTenant) {
            item("gateways", "card", "/gateways", "", "", platform && visit.may("gateways:read"));
            item("reports", "chart", "/reports/agencies", "", "r", platform && visit.may("tenants:read"));
            item("team", "user", "/team", "platform", "", platform && visit.may("users:read"));
            item("keys", "key", "/keys", "platform", "", platform && visit.may("api-keys:read"));
            item("audit", "history", "/audit", "platform", "", platform && visit.may("audit:read"));
            item("settings", "settings", "/settings", "platform", "", platform);
            return;
        }
        item("customers", "users", "/customers", "", "c", visit.may("customers:read"));
        long waiting = visit.maybe("purchases:approve", "/purchases?status=awaiting_payment&limit=20")
                .items()
                .size();
        if (visit.may("purchases:read")) {
            nav.add(new NavItem("purchases", "receipt", "/purchases", "", "p", waiting, section.equals("purchases")));
        }
        item("threads", "messages", "/threads", "", "t", visit.may("threads:read"));
        String report = visit.may("reports:profitability") ? "/reports/revenue" : "/reports/usage";
        item("reports", "chart", report, "money", "r", visit.may("reports:read"));
        item("plans", "stack", "/plans", "money", "", visit.may("plans:read"));
        item("gateways", "card", "/gateways", "agency", "", visit.may("gateways:read"));
        item("branding", "palette", "/branding", "agency", "", visit.may("*"));
        item("team", "user", "/team", "agency", "", visit.may("users:read"));
        item("keys", "key", "/keys", "agency", "", visit.may("api-keys:read"));
        item("webhooks", "send", "/webhooks", "agency", "", visit.may("webhooks:read"));
        item("audit", "history", "/audit", "agency", "", visit.may("audit:read"));
        item("settings", "settings", "/settings", "agency", "", true);
        others();
    }

    private void portal() {
        item("home", "home", "/", "", "h", true);
        item("chats", "messages", "/chats", "", "t", visit.may("threads:read"));
        item("purchases", "receipt", "/purchases", "", "p", visit.may("purchases:read"));
        item("people", "users", "/people", "", "", visit.may("users:read"));
        item("account", "user", "/account", "", "", true);
        others();
    }

    /** What other bundles add: each at the end of its group, so that what is ours stays where it is. */
    private void others() {
        for (Parts.Item item : visit.site().parts().navigation(visit.portal(), visit::may)) {
            int at = nav.size();
            for (int i = 0; i < nav.size(); i++) {
                if (nav.get(i).group().equals(item.group())) {
                    at = i + 1;
                }
            }
            boolean known = nav.stream().anyMatch(own -> own.group().equals(item.group()));
            boolean current = item.href().equals(section);
            String icon = Icons.outline(item.icon()).isEmpty() ? "stack" : item.icon();
            nav.add(
                    at,
                    new NavItem(OTHERS + item.label(), icon, item.href(), known ? item.group() : "", "", 0, current));
        }
    }

    /** What an item is called. */
    public String label(NavItem item) {
        return item.key().startsWith(OTHERS) ? item.key().substring(1) : t("nav." + item.key());
    }

    /** What other bundles add to the tabs of one customer. */
    public List<Part> tabs() {
        return visit.site().parts().tabs(visit::may);
    }

    /** What other bundles put into a slot of the page. */
    public List<Part> slots(String name) {
        return visit.site().parts().slots(name, visit::may);
    }

    private void item(String key, String icon, String href, String group, String go, boolean shown) {
        if (shown) {
            nav.add(new NavItem(key, icon, href, group, go, 0, key.equals(section)));
        }
    }

    /** A text: on a tenant's host in the tenant's own words where it has some, and else in the platform's. */
    public String t(String key, Object... arguments) {
        String own = words.get(key);
        return own == null ? visit.site().words().say(key, arguments) : Words.filled(own, arguments);
    }

    public boolean knows(String key) {
        return visit.site().words().has(key);
    }

    public Show show() {
        return show;
    }

    public Visit visit() {
        return visit;
    }

    public String title() {
        return title;
    }

    public String section() {
        return section;
    }

    public List<NavItem> nav() {
        return nav;
    }

    /** The name of whose pages these are: the tenant's, or the platform's own. */
    public String siteName() {
        return brand.map(Brand::name).orElse(visit.portal() ? "" : t("platform.name"));
    }

    public String site() {
        return visit.portal()
                ? siteName()
                : brand.map(Brand::name).map(name -> t("console.of", name)).orElse(t("platform.name"));
    }

    public Optional<String> supportEmail() {
        return brand.flatMap(Brand::supportEmail);
    }

    /** The tenant's own style sheet, on its own host. */
    public Optional<String> brandCss() {
        return visit.portal()
                ? brand.filter(present -> present.colour().isPresent())
                        .map(present -> "/brand/" + visit.host().orElseThrow() + '/' + present.version() + ".css")
                : Optional.empty();
    }

    /** Where the tenant's logo is; an empty text where its first letter stands for it. */
    public String logo() {
        return visit.tenant()
                .flatMap(id -> visit.site().logo(id).map(logo -> "/brand/" + id + "/logo/" + logo.fileName()))
                .orElse("");
    }

    public String asset(String name) {
        return visit.site().assets().path(name);
    }

    public String theme() {
        return visit.cookies().theme().orElse("");
    }

    public String csrf() {
        return visit.formToken();
    }

    /** A new key for a form whose work shall be done once. */
    public String key() {
        return Visit.random();
    }

    public boolean may(String permission) {
        return visit.may(permission);
    }

    /** How many rows a list has, for a tab: {@code 14}, or {@code 20+}; empty where it has none or the visitor may not see it. */
    public String counted(String permission, String list, int most) {
        Facts page = visit.maybe(permission, Visit.path(list, "limit", String.valueOf(most)));
        int rows = page.items().size();
        return rows == 0 ? "" : rows + (page.text("next").isEmpty() ? "" : "+");
    }

    /** The visitor's name and what they are here. */
    public String person() {
        return visit.me().text("name");
    }

    public String role() {
        if (visit.portal()) {
            return t("role." + visit.me().text("user/role", "member"));
        }
        return visit.caller().orElseThrow().platformAdmin() ? t("role.platform_admin") : t("role.staff");
    }

    /** Whether a platform admin works inside an agency. */
    public boolean inside() {
        return !visit.portal()
                && visit.tenant().isPresent()
                && visit.caller().map(caller -> caller.platformAdmin()).orElse(false);
    }

    /** Whether the platform has suspended the tenant whose pages these are. */
    public boolean suspended() {
        return tenant.flatMap(Tenant::suspension).isPresent();
    }

    /** Why, as the platform's admin said; an empty text where nothing was said. */
    public String suspensionReason() {
        return tenant.flatMap(Tenant::suspension)
                .flatMap(Tenant.Suspension::reason)
                .orElse("");
    }

    /** What was done on the page before, in words; empty when nothing was. */
    public String toast() {
        return visit.cookies()
                .toast()
                .map(text -> {
                    String decoded = decoded(text);
                    int bar = decoded.indexOf('|');
                    String key = "done." + (bar < 0 ? decoded : decoded.substring(0, bar));
                    return knows(key) ? t(key, bar < 0 ? "" : decoded.substring(bar + 1)) : "";
                })
                .orElse("");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The unit of the tenant's wallets. */
    public String unit() {
        return tenant.map(Tenant::unit).orElse("USD");
    }

    public String money(Facts facts, String path) {
        return show.money(facts.decimal(path), unit());
    }

    /** Who placed a purchase, as people read it. */
    public static String creator(Frame frame, Facts purchase) {
        String by = purchase.text("createdBy/by");
        return purchase.has("createdBy/name")
                ? purchase.text("createdBy/name")
                : by.isEmpty()
                        ? "–"
                        : frame.t(
                                by.startsWith(UserId.PREFIX + '_')
                                        ? "bought.by.nobody"
                                        : by.startsWith(ApiKeyId.PREFIX + '_') ? "bought.by.key" : "bought.by.itself");
    }

    /** A price with its own currency. */
    public String price(Facts facts, String path) {
        return facts.has(path + "/amount")
                ? show.money(facts.decimal(path + "/amount"), facts.text(path + "/currency"))
                : "";
    }

    public String host() {
        return visit.request().getServerName();
    }

    public Optional<TenantId> tenant() {
        return visit.tenant();
    }

    /** Two letters for a name. */
    public static String initials(String name) {
        String[] words = name.strip().split("\\s+");
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < words.length && letters.length() < 2; i++) {
            int first = words[i].isEmpty() ? ' ' : words[i].codePointAt(0);
            if (Character.isLetterOrDigit(first)) {
                letters.appendCodePoint(Character.toUpperCase(first));
            }
        }
        return letters.toString();
    }

    /** The tint of a name's avatar: always the same for the same name. */
    public static String tint(String name) {
        return "av-" + (Math.floorMod(name.toLowerCase(Locale.ROOT).hashCode(), AVATARS) + 1);
    }

    /** The look of a state. */
    public static String pill(String state) {
        return switch (state) {
            case "active", "approved", "paid", "verified", "succeeded", "won", "enabled", "sent", "up" -> "ok";
            case "trialing", "trial", "under_review", "inquiry", "starting", "draining", "queued" -> "info";
            case "past_due",
                    "suspended",
                    "awaiting_payment",
                    "created",
                    "pending",
                    "planned",
                    "unknown",
                    "open",
                    "waiting",
                    "degraded",
                    "misconfigured",
                    "needs_config" -> "warn";
            case "locked" -> "bad locked";
            case "declined", "failed", "disputed", "deleted", "lost", "refused", "quarantined", "unresolved", "down" ->
                "bad";
            case "inactive", "disabled" -> "off";
            default -> "";
        };
    }
}
