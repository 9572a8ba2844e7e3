package org.bursar.itests;

import static org.junit.Assert.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;

/** What an agency's owner does in the console now and then, told as the flows of its pages. */
final class AgencyPages {
    private final Page page;
    private final String console;

    AgencyPages(Page page, String console) {
        this.page = page;
        this.console = console;
    }

    private void has(String text) {
        PlaywrightAssertions.assertThat(page.locator("body")).containsText(text);
    }

    /** One of those with a plan. */
    private String billing(int which) {
        page.navigate(console + "/customers?status=active&plan=growth");
        String path = page.locator("#rows a.row-a").nth(which).getAttribute("href") + "/billing";
        page.navigate(console + path);
        return path;
    }

    /** What a change costs is told first, and nothing has changed before it is confirmed. */
    void changeAPlan() {
        String path = billing(0);
        page.click("text=Adjust credit");
        PlaywrightAssertions.assertThat(page.locator("#amount")).isFocused();
        page.fill("#amount", "2000");
        page.fill("#adjust #reason", "For the larger plan");
        page.click("#adjust button[type=submit]");
        has("+$2,000.00");
        PlaywrightAssertions.assertThat(page.locator("#plan")).hasValue("growth");
        page.selectOption("#plan", "scale");
        page.click("text=Preview this plan");
        PlaywrightAssertions.assertThat(page.locator("main h2").first()).hasText("Change to Scale");
        has("Given back for what is left of the paid cycle");
        has("Charged for the new plan");
        assertEquals(List.of(), Chromium.kept(page, "console-plan-preview"));
        page.click("main >> text=Cancel");
        PlaywrightAssertions.assertThat(page.locator("#plan")).hasValue("growth");
        page.selectOption("#plan", "scale");
        page.click("text=Preview this plan");
        page.click("main button:has-text('Change to Scale')");
        has("The plan is Scale now.");
        PlaywrightAssertions.assertThat(page.locator("#plan")).hasValue("scale");
        page.selectOption("#plan", "starter");
        page.click("text=Preview this plan");
        has("When the present cycle ends");
        page.click("main button:has-text('Change to Starter')");
        has("The plan changes when the present cycle ends.");
        page.navigate(console + path);
        PlaywrightAssertions.assertThat(page.locator("#plan")).hasValue("scale");
    }

    /** A quantity counts at once and in what each month costs; counters go to zero and the reason is kept. */
    void changeAnAddOnAndResetACycle() {
        billing(1);
        Locator quantity = page.getByLabel("Quantity of Conversation concurrency");
        PlaywrightAssertions.assertThat(quantity).hasValue("0");
        page.getByLabel("One more Conversation concurrency").click();
        PlaywrightAssertions.assertThat(quantity).hasValue("1");
        quantity.fill("10");
        page.click("text=Apply");
        has("The add-on was changed.");
        has("Conversation concurrency × 10");
        has("$90.00");
        page.click("text=Reset cycle");
        page.fill("#reset-reason", "counted twice during the outage");
        page.click("#reset button[type=submit]");
        has("The counters of this cycle are at zero.");
    }

    void inviteAndRemoveAColleague() {
        page.navigate(console + "/team");
        page.click("text=Add colleague");
        PlaywrightAssertions.assertThat(page.locator("#firstName")).isFocused();
        page.fill("#firstName", "Noor");
        page.fill("#lastName", "Haddad");
        page.fill("#email", "noor@harborlight.example");
        page.selectOption("#access", "read");
        page.click("#add button[type=submit]");
        has("Noor Haddad was added. The welcome email is on its way.");
        page.getByLabel("Actions for Noor Haddad").click();
        page.click(".menu:visible >> text=Remove…");
        PlaywrightAssertions.assertThat(page.locator("#remove")).isVisible();
        page.click("#remove button[type=submit]");
        has("Noor Haddad was removed.");
    }

    /** What a gateway asks for stands in its own form, and a wrong value beside its field. */
    void setAGatewayUp() {
        page.navigate(console + "/gateways");
        page.getByLabel("Settings of Bank deposit").click();
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Bank deposit");
        String holder = page.inputValue("#accountHolder");
        page.fill("#accountHolder", "");
        page.click("text=Save changes");
        PlaywrightAssertions.assertThat(page.locator("#accountHolder")).hasAttribute("aria-invalid", "true");
        PlaywrightAssertions.assertThat(page.locator(".note[data-focus]")).isFocused();
        page.fill("#accountHolder", holder);
        page.fill("#bank", "First Harbor Bank");
        page.click("text=Save changes");
        has("The settings of Bank deposit were saved.");
        PlaywrightAssertions.assertThat(page.locator("#bank")).hasValue("First Harbor Bank");
        page.navigate(console + "/gateways");
        page.getByLabel("Turn Bank deposit off").click();
        has("Bank deposit is off.");
        page.getByLabel("Turn Bank deposit on").click();
        has("Bank deposit is on.");
    }

    /** The preview follows what is typed; customers see it once it is saved. A domain waits until it is verified. */
    void brand(Page customers, String portal) {
        page.navigate(console + "/branding");
        page.fill("#host", "app.harborlight.example");
        page.click("main button:has-text('Add domain')");
        PlaywrightAssertions.assertThat(page.locator("main li:has-text('app.harborlight.example')"))
                .containsText("Waits for the platform to verify it");
        page.getByLabel("Remove app.harborlight.example").click();
        PlaywrightAssertions.assertThat(page.locator("main li:has-text('app.harborlight.example')"))
                .hasCount(0);
        page.navigate(console + "/branding");
        String name = page.inputValue("#name");
        page.fill("#name", "Harborlight Voice");
        PlaywrightAssertions.assertThat(page.locator("#preview .bp-h")).containsText("Harborlight Voice");
        page.click("text=Save changes");
        has("Your brand was saved.");
        seen(customers, portal, "Harborlight Voice");
        page.navigate(console + "/branding");
        page.fill("#name", name);
        page.click("text=Save changes");
        has("Your brand was saved.");
        seen(customers, portal, name);
    }

    /** A brand is remembered for a second. */
    private static void seen(Page customers, String portal, String name) {
        customers.waitForTimeout(1_100);
        customers.navigate(portal + "/login");
        PlaywrightAssertions.assertThat(customers.locator("body")).containsText(name);
    }
}
