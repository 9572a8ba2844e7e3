package org.bursar.web.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.rest.PagePaths;
import org.bursar.rest.RestApplication;
import org.bursar.web.internal.Site;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The pages, with what stands before and after each of them. */
@Component(service = Application.class)
@PagePaths(
        pages = {
            "/",
            "/account",
            "/agencies",
            "/alert",
            "/assets",
            "/audit",
            "/brand",
            "/branding",
            "/buy",
            "/chats",
            "/customers",
            "/gateways",
            "/keys",
            "/login",
            "/logout",
            "/one-time-links",
            "/password",
            "/people",
            "/permission-sets",
            "/plans",
            "/purchases",
            "/reports",
            "/reset",
            "/settings",
            "/slots",
            "/team",
            "/texts",
            "/threads",
            "/webhooks",
            "/x"
        })
public final class WebApplication extends RestApplication {
    @Activate
    public WebApplication(@Reference Site site) {
        this(site, new AccountPages(site));
    }

    private WebApplication(Site site, AccountPages account) {
        super(
                new VisitFilter(site),
                new PageErrors(site),
                account,
                new MethodPages(site, account),
                new AssetPages(site),
                new SignInPages(site),
                new PasswordPages(site),
                new CustomersPages(site),
                new ManyCustomersPages(site),
                new CustomerPages(site),
                new CustomerMoneyPages(site),
                new HomePages(site),
                new PurchasePages(site),
                new RefundPages(site),
                new ThreadPages(site),
                new AgencyPages(site),
                new MoneyPages(site),
                new PartPages(site),
                new WordPages(site),
                new GatewayPages(site),
                new PlanPages(site),
                new CataloguePages(site),
                new PermissionSetPages(site),
                new WebhookPages(site),
                new SettingsPages(site),
                new PlatformPages(site),
                new PeoplePages(site));
    }
}
