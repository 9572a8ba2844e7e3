package org.bursar.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;

/** The pages of the distribution with demo data, as people use them in a browser. */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class BrowserIT {
    private static final String OWNER = "mara@harborlight.example";
    private static final String PASSWORD = Platform.ADMIN_PASSWORD;
    private static final String LOGO =
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><script>alert(1)</script>"
                    + "<circle cx='4' cy='4' r='4' fill='#0b6b62' onclick='alert(2)'/></svg>";
    private static final String OWN_PASSWORD = "Quiet-River-42-Stone";

    private static Platform platform;
    private static Chromium chromium;
    private static String owner;
    private static String console;
    private static String portal;

    @BeforeClass
    public static void start() throws Exception {
        platform = Platform.withAdmin("browser").with("BURSAR_DEMO", "true").start();
        chromium = Chromium.start();
        console = "http://127.0.0.1:" + platform.port();
        portal = "http://harborlight.localhost:" + platform.port();
        Page page = chromium.page();
        signIn(page, console, OWNER, PASSWORD);
        owner = page.context().storageState();
        page.context().close();
    }

    @AfterClass
    public static void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        platform.close();
    }

    /** Neither the console nor the content security policy has anything to say, whatever is done. */
    @After
    public void nothingIsSaid() {
        assertEquals(List.of(), chromium.said());
    }

    private static void signIn(Page page, String host, String email, String password) {
        page.navigate(host + "/login");
        page.fill("#email", email);
        page.fill("#password", password);
        page.click("main button[type=submit]");
        page.waitForURL(url -> !url.contains("/login"));
    }

    private static Page asOwner() {
        return chromium.context(true, owner).newPage();
    }

    private static void has(Page page, String text) {
        PlaywrightAssertions.assertThat(page.locator("body")).containsText(text);
    }

    /** A form that came back, once what is wrong with it has the focus: what is typed before that may go nowhere. */
    private static void refused(Page page, String summary) {
        Locator wrongs = page.locator(".note[data-focus]");
        PlaywrightAssertions.assertThat(wrongs).containsText(summary);
        PlaywrightAssertions.assertThat(wrongs).isFocused();
    }

    @Test
    public void a1SigningInWithTheKeyboardAlone() {
        Page page = chromium.page();
        page.navigate(console + "/customers?status=locked");
        assertTrue("who has not signed in is sent to do so", page.url().contains("/login?next="));
        PlaywrightAssertions.assertThat(page.locator("#email")).isFocused();
        page.keyboard().type(OWNER);
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().type("not the password 1A!");
        page.keyboard().press("Enter");
        has(page, "Email and password do not match");
        assertEquals("what was typed stays, but no password", OWNER, page.inputValue("#email"));
        assertEquals("", page.inputValue("#password"));
        assertEquals(List.of(), Chromium.kept(page, "login-error"));
        PlaywrightAssertions.assertThat(page.locator("#password")).isFocused();
        page.keyboard().type(PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL("**/customers?status=locked");
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Customers");
        page.context().close();
    }

    @Test
    public void a2NobodyIsSentElsewhere() {
        for (String next :
                List.of("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)")) {
            Page page = chromium.page();
            page.navigate(console + "/login?next=" + java.net.URLEncoder.encode(next, StandardCharsets.UTF_8));
            page.fill("#email", OWNER);
            page.fill("#password", PASSWORD);
            page.click("main button[type=submit]");
            page.waitForURL(console + "/");
            page.context().close();
        }
    }

    @Test
    public void a3AnUnknownAddressIsAnsweredLikeAKnownOne() {
        List<String> answers = new ArrayList<>();
        for (String email : List.of(OWNER, "nobody@harborlight.example")) {
            Page page = chromium.page();
            page.navigate(console + "/reset");
            page.fill("#email", email);
            page.click("main button[type=submit]");
            has(page, "Look into your mailbox");
            answers.add(page.locator("main").innerText().replace(email, "…"));
            page.context().close();
        }
        assertEquals(answers.get(0), answers.get(1));
    }

    @Test
    public void a4HomeTellsWhatComesInAndWhatWaits() {
        Page page = asOwner();
        page.navigate(console + "/");
        PlaywrightAssertions.assertThat(page.locator(".stats dt"))
                .hasText(new String[] {"MRR", "Received this month", "Usage charged", "Margin", "Active customers"});
        PlaywrightAssertions.assertThat(page.locator(".stats dd").nth(0)).containsText("paying customers");
        PlaywrightAssertions.assertThat(page.locator(".stats dd").nth(3)).containsText(" points on ");
        has(page, "deposits to approve");
        page.context().close();
    }

    @Test
    public void b1SearchingWhileTyping() {
        Page page = asOwner();
        page.navigate(console + "/customers");
        int all = page.locator("#rows tbody tr").count();
        page.keyboard().press("/");
        PlaywrightAssertions.assertThat(page.locator("#q")).isFocused();
        page.keyboard().type("redW");
        PlaywrightAssertions.assertThat(page.locator("#rows tbody tr")).hasCount(1);
        has(page, "Redwood Legal Aid");
        assertTrue("the search is in the address", page.url().contains("q=redW"));
        assertEquals("the field keeps the focus", "q", page.evaluate("document.activeElement.id"));
        page.fill("#q", "no such company");
        has(page, "No customer matches “no such company”");
        page.fill("#q", "");
        PlaywrightAssertions.assertThat(page.locator("#rows tbody tr")).hasCount(all);
        page.click("text=Next");
        page.waitForURL("**after=**");
        has(page, "13–24 of");
        page.click("text=Previous");
        PlaywrightAssertions.assertThat(page.locator(".pager")).containsText("1–12 of");
        page.context().close();
    }

    @Test
    public void b1CustomersAreFilteredByCountryBalanceAndRegistration() {
        Page page = asOwner();
        page.navigate(console + "/customers?sort=name");
        Locator rows = page.locator("#rows tbody tr");
        int all = rows.count();
        PlaywrightAssertions.assertThat(page.locator("#clear a")).hasCount(0);
        page.selectOption("#country", "DE");
        PlaywrightAssertions.assertThat(page.locator("#rows .row-a"))
                .hasText(new String[] {"Atlas Roofing", "Ironwood Security", "Linden Music School"});
        for (Locator link : page.locator("#csv, #views a, #rows a.sort").all()) {
            PlaywrightAssertions.assertThat(link).hasAttribute("href", Pattern.compile(".*[?&]country=DE.*"));
        }
        String csv = page.context()
                .request()
                .get(console + page.locator("#csv").getAttribute("href"))
                .text();
        assertEquals(csv, 3, csv.lines().skip(1).count());
        Chromium.show(page, Chromium.NARROW, true);
        assertEquals(List.of(), Chromium.faults(page));
        assertEquals(0, Chromium.overflow(page));
        PlaywrightAssertions.assertThat(page.locator(".fbar > .push")).isHidden();
        Chromium.show(page, Chromium.WIDE, false);
        PlaywrightAssertions.assertThat(page.locator(".fbar > .push")).isVisible();
        page.selectOption("#balance", "negative");
        has(page, "No customer here");
        page.click("#clear a");
        PlaywrightAssertions.assertThat(page.locator("#clear a")).hasCount(0);
        PlaywrightAssertions.assertThat(page.locator("#country")).hasValue("");
        PlaywrightAssertions.assertThat(rows).hasCount(all);
        assertTrue("the order stays", page.url().endsWith("/customers?sort=name"));

        assertFalse(page.isVisible("#from"));
        page.selectOption("#registered", "dates");
        page.waitForURL("**registered=dates**");
        PlaywrightAssertions.assertThat(page.locator(".fbar.htmx-request")).hasCount(0);
        page.fill("#from", "2031-01-01");
        has(page, "No customer here");
        page.fill("#from", "");
        PlaywrightAssertions.assertThat(rows).hasCount(all);
        page.navigate(console + "/customers?country=Norway");
        has(page, "Nothing was looked for");
        page.context().close();

        Page plain = chromium.context(false, owner).newPage();
        plain.navigate(console + "/customers");
        plain.selectOption("#balance", "positive");
        plain.click(".fbar button[type=submit]");
        plain.click("text=Next");
        assertTrue(
                plain.url(),
                plain.url().contains("balance=positive") && plain.url().contains("after="));
        assertTrue(plain.locator("#rows tbody tr").count() > 0);
        assertEquals(
                0, plain.locator("#rows td.num.b .neg, #rows td.num.b .muted").count());
        plain.context().close();
    }

    @Test
    public void b1CustomersShowTheirWeeksAndTheColumnsThatAreChosen() {
        Page page = asOwner();
        page.navigate(console + "/customers?status=past_due");
        PlaywrightAssertions.assertThat(page.locator(".ph .sub"))
                .hasText(Pattern.compile("[1-9]\\d* companies, [1-9]\\d* users"));
        Locator views = page.locator("#views .n");
        PlaywrightAssertions.assertThat(views).hasCount(7);
        PlaywrightAssertions.assertThat(page.locator("#views [aria-current] .n"))
                .hasText(String.valueOf(page.locator("#rows tbody tr").count()));
        PlaywrightAssertions.assertThat(page.locator("#figures .stat"))
                .containsText(new String[] {"paying customer", "positive balance", "below zero", "Margin this month"});

        page.navigate(console + "/customers?sort=name");
        PlaywrightAssertions.assertThat(page.locator("#rows .spark"))
                .hasCount(page.locator("#rows tbody tr").count());
        PlaywrightAssertions.assertThat(page.locator("#rows .spark:not(.flat)").first())
                .hasAttribute(
                        "aria-label", Pattern.compile("Usage over 12 weeks \\(.+\\): latest week .+, highest .+"));
        page.selectOption("#country", "DE");
        PlaywrightAssertions.assertThat(page.locator("#rows .row-a")).hasCount(3);
        page.click("button[popovertarget=columns]");
        assertEquals(List.of(), Chromium.faults(page));
        page.uncheck("#columns [value=usage]");
        page.check("#columns [value=purchases]");
        page.click("#columns button[type=submit]");
        Locator heads = page.locator("#rows th[scope=col]");
        PlaywrightAssertions.assertThat(heads.getByText("Usage, 12 wk")).hasCount(0);
        PlaywrightAssertions.assertThat(heads.getByText("Purchases")).hasCount(1);
        assertTrue("what is looked for stays: " + page.url(), page.url().contains("country=DE"));
        page.navigate(console + "/customers");
        PlaywrightAssertions.assertThat(heads.getByText("Purchases")).hasCount(1);
        PlaywrightAssertions.assertThat(page.locator("#rows .spark")).hasCount(0);
        page.context().close();

        Page plain = chromium.context(false, owner).newPage();
        plain.navigate(console + "/customers?sort=-name");
        plain.click("button[popovertarget=columns]");
        plain.uncheck("#columns [value=balance]");
        plain.click("#columns button[type=submit]");
        PlaywrightAssertions.assertThat(plain.locator("#rows td.num.b")).hasCount(0);
        assertTrue(plain.url(), plain.url().endsWith("/customers?sort=-name"));
        plain.context().close();
    }

    @Test
    public void b1PurchasesAreFoundByCustomerNumberAndTime() {
        Page page = asOwner();
        page.navigate(console + "/purchases");
        Locator rows = page.locator("#rows tbody tr");
        int all = rows.count();
        page.keyboard().press("/");
        page.keyboard().type("maPLe");
        PlaywrightAssertions.assertThat(page.locator("#views a").first())
                .hasAttribute("href", Pattern.compile(".*q=maPLe.*"));
        PlaywrightAssertions.assertThat(page.locator("#csv")).hasAttribute("href", Pattern.compile(".*q=maPLe.*"));
        assertTrue("the search is in the address", page.url().contains("q=maPLe"));
        assertEquals("the field keeps the focus", "q", page.evaluate("document.activeElement.id"));
        assertTrue(rows.count() > 0);
        assertEquals(
                rows.count(),
                page.locator("#rows .row-a:text-is('Maple Dental Care')").count());
        String csv = page.context()
                .request()
                .get(console + page.locator("#csv").getAttribute("href"))
                .text();
        assertEquals(csv, rows.count(), csv.lines().skip(1).count());

        String number = page.locator("#rows tbody small").first().innerText().replaceAll(".*(PUR-\\d+)", "$1");
        page.fill("#q", number);
        PlaywrightAssertions.assertThat(rows).hasCount(1);
        has(page, number);
        page.fill("#q", "no such payment");
        has(page, "No purchase matches “no such payment”");
        page.click("text=Clear search");
        PlaywrightAssertions.assertThat(rows).hasCount(all);
        assertFalse(page.isVisible("#from"));
        page.selectOption("#placed", "dates");
        page.waitForURL("**placed=dates**");
        PlaywrightAssertions.assertThat(page.locator(".fbar.htmx-request")).hasCount(0);
        page.fill("#from", "2031-01-01");
        has(page, "No purchase here");
        page.fill("#from", "");
        PlaywrightAssertions.assertThat(rows).hasCount(all);
        page.context().close();
        priced();

        Page plain = chromium.context(false, owner).newPage();
        plain.navigate(console + "/purchases?status=awaiting_payment");
        plain.fill("#q", number);
        plain.press("#q", "Enter");
        assertTrue(plain.url(), plain.url().contains("status=awaiting_payment"));
        assertTrue(plain.locator("#rows tbody tr").count() <= 1);
        plain.context().close();
    }

    /** What stands on a bank statement finds the purchases of that price, and who placed them stands beside them. */
    private static void priced() {
        Page page = asOwner();
        page.navigate(console + "/purchases?status=awaiting_payment");
        Locator rows = page.locator("#rows tbody tr");
        page.fill("#amount", "$190");
        page.press("#amount", "Enter");
        page.waitForURL("**amount=**");
        PlaywrightAssertions.assertThat(page.locator("#csv")).hasAttribute("href", Pattern.compile(".*amount=.*"));
        assertTrue(rows.count() > 0);
        assertEquals(
                rows.count(), page.locator("#rows td.num.b:text-is('$190.00')").count());
        PlaywrightAssertions.assertThat(rows.first()).containsText(Pattern.compile("[A-Z]\\S+ [A-Z]\\S+"));
        page.fill("#amount", "190.99 EUR");
        page.press("#amount", "Enter");
        has(page, "No purchase here");
        page.fill("#amount", "much");
        page.press("#amount", "Enter");
        has(page, "Nothing was looked for");
        page.context().close();
    }

    @Test
    public void b2WithoutScriptsSearchTabsDialogsAndForms() {
        Page page = chromium.context(false, owner).newPage();
        page.navigate(console + "/customers");
        page.fill("#q", "granite");
        page.press("#q", "Enter");
        PlaywrightAssertions.assertThat(page.locator("#rows tbody tr")).hasCount(1);
        page.click("#rows a.row-a");
        page.click("nav.tabs >> text=Billing");
        page.click("text=Adjust credit");
        assertTrue("the dialog is open in the page", page.url().contains("dialog=adjust"));
        page.fill("#amount", "12.50");
        page.fill("#adjust #reason", "Goodwill for the outage");
        page.click("#adjust button[type=submit]");
        assertTrue(page.content().contains("Goodwill for the outage"));
        assertTrue(page.content().contains("+$12.50"));
        page.context().close();
    }

    @Test
    public void c1AddingACustomer() {
        Page page = asOwner();
        page.navigate(console + "/customers/new");
        page.fill("#companyName", "Bluebird Travel");
        page.fill("#address-line1", "Kirkegata 18");
        page.fill("#admin-firstName", "Ingrid");
        page.fill("#admin-email", "not an address");
        page.click("text=Add customer >> nth=-1");
        refused(page, "need another look");
        assertEquals("true", page.getAttribute("#admin-email", "aria-invalid"));
        assertEquals("Ingrid", page.inputValue("#admin-firstName"));
        page.fill("#admin-lastName", "Solheim");
        page.fill("#admin-email", "ingrid@bluebird.example");
        page.check("input[name=plan][value=growth]");
        page.click("text=Add customer >> nth=-1");
        page.waitForURL("**/customers/cus_**");
        has(page, "was added. The welcome email is on its way.");
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Bluebird Travel");
        page.context().close();
    }

    @Test
    public void c2AdjustingCreditWithTheKeyboardAlone() {
        Page page = asOwner();
        page.navigate(console + "/customers?q=Opal");
        page.click("#rows a.row-a");
        page.click("nav.tabs >> text=Billing");
        page.waitForURL("**/billing");
        page.focus("text=Adjust credit");
        page.keyboard().press("Enter");
        assertEquals("amount", page.evaluate("document.activeElement.id"));
        page.keyboard().type("25.00");
        page.keyboard().press("Tab");
        page.keyboard().type("Thanks for <script>alert(1)</script> waiting");
        page.keyboard().press("Enter");
        has(page, "The balance was changed by +$25.00.");
        has(page, "Thanks for <script>alert(1)</script> waiting");
        page.focus("text=Adjust credit");
        liveUpdate(page);
        PlaywrightAssertions.assertThat(page.locator("#balance [data-dialog]")).isFocused();
        page.keyboard().press("Enter");
        liveUpdate(page);
        page.keyboard().press("Escape");
        PlaywrightAssertions.assertThat(page.locator("#adjust")).isHidden();
        PlaywrightAssertions.assertThat(page.locator("#balance [data-dialog]")).isFocused();
        page.context().close();
    }

    /** Replaces the balance as a change from elsewhere does, and waits until the new one is there. */
    private static void liveUpdate(Page page) {
        PlaywrightAssertions.assertThat(page.locator(".htmx-settling")).hasCount(0);
        page.evaluate(
                "document.getElementById('balance').dataset.old = 1; htmx.trigger(document.body, 'balance-changed')");
        page.waitForSelector(
                "#balance:not([data-old])", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
    }

    @Test
    public void c3LockingAndUnlocking() {
        Page page = asOwner();
        page.navigate(console + "/customers?q=Quayside");
        page.click("#rows a.row-a");
        page.waitForURL("**/customers/cus_**");
        page.click("[popovertarget=m-more]");
        page.click("#m-more >> text=Lock services");
        page.fill("#dlg #reason", "invoice 12 unpaid");
        page.click("#dlg button[type=submit]");
        PlaywrightAssertions.assertThat(page.locator(".ph .pill")).hasText("Locked");
        page.click("[popovertarget=m-more]");
        page.click("#m-more >> text=Unlock services");
        page.click("#dlg button[type=submit]");
        PlaywrightAssertions.assertThat(page.locator(".ph .pill")).hasText("Active");
        page.context().close();
    }

    @Test
    public void c3LockingAndUnlockingManyAtOnce() {
        Page page = asOwner();
        page.navigate(console + "/customers?status=active");
        PlaywrightAssertions.assertThat(page.locator("#bulk")).isHidden();
        List<String> names = List.of(
                page.locator("#rows a.row-a").nth(0).innerText(),
                page.locator("#rows a.row-a").nth(1).innerText());
        many(page, names, "Lock");
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Lock the services of 2 customers?");
        page.fill("#reason", "invoices unpaid");
        page.click("main button[type=submit]");
        has(page, "The services of 2 customers are locked.");
        page.navigate(console + "/customers?status=locked");
        many(page, names, "Unlock");
        PlaywrightAssertions.assertThat(page.locator("main .feed p")).hasText(names.toArray(String[]::new));
        page.fill("#reason", "paid");
        page.click("main button[type=submit]");
        has(page, "The services of 2 customers are unlocked.");
        page.context().close();
    }

    @Test
    public void c3ThePlanOfManyIsChangedAfterItsPreview() {
        Page page = asOwner();
        page.navigate(console + "/customers?status=active&plan=starter&sort=name");
        List<String> names = List.of(
                page.locator("#rows a.row-a").nth(0).innerText(),
                page.locator("#rows a.row-a").nth(1).innerText());
        mark(page, names);
        page.click("#bulk >> text=Change plan");
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Change the plan of 2 customers");
        page.selectOption("#newPlan", "growth");
        page.selectOption("#when", "cycle_end");
        assertEquals(List.of(), Chromium.kept(page, "console-customers-plan"));
        page.click("main button[type=submit]");
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Change to Growth");
        PlaywrightAssertions.assertThat(page.locator("tbody tr")).hasCount(2);
        PlaywrightAssertions.assertThat(page.locator("tbody tr").first()).containsText("Starter → Growth");
        assertEquals(List.of(), Chromium.kept(page, "console-customers-plan-preview"));
        page.click("text=Change 2 customers");
        has(page, "The plan of 2 customers is changed, or changes when their cycle ends.");
        page.navigate(console + "/customers?q=" + names.get(1).replace(' ', '+'));
        page.locator("#rows a.row-a").first().click();
        page.click("nav.tabs >> text=Billing");
        has(page, "Changes to Growth");
        page.context().close();
    }

    @Test
    public void c3WhomASearchFindsIsMarkedOnAllPages() throws Exception {
        Page page = asOwner();
        page.navigate(console + "/customers?status=active&sort=name");
        List<String> names = List.of(
                page.locator("#rows a.row-a").nth(0).innerText(),
                page.locator("#rows a.row-a").nth(2).innerText());
        mark(page, names);
        List<String> rows = exported(page);
        assertEquals("a line of names and each that is marked", 3, rows.size());
        assertTrue(
                rows.toString(), names.stream().allMatch(name -> rows.stream().anyMatch(row -> row.contains(name))));
        page.click("#within [data-all]");
        PlaywrightAssertions.assertThat(page.locator("#bulk b")).hasText(Pattern.compile("[2-9][0-9]+ selected"));
        int all = Integer.parseInt(page.locator("#bulk b").innerText().replaceAll("\\D", ""));
        page.click("#bulk >> text=Message");
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Write to " + all + " customers");
        assertTrue(page.locator("main a.btn-p").first().getAttribute("href").startsWith("mailto:?bcc="));
        assertEquals(List.of(), Chromium.kept(page, "console-customers-message"));
        page.navigate(console + "/customers?status=active&sort=name");
        mark(page, names);
        page.click("#within [data-all]");
        page.getByLabel("Select " + names.get(0), new Page.GetByLabelOptions().setExact(true))
                .uncheck();
        PlaywrightAssertions.assertThat(page.locator("#bulk b"))
                .hasText(page.locator("#rows tbody tr").count() - 1 + " selected");
        PlaywrightAssertions.assertThat(page.locator("#within [data-all]")).isVisible();
        assertEquals(
                "each one marked",
                page.locator("#rows tbody tr").count(),
                exported(page).size());
        page.fill("#q", names.get(0));
        PlaywrightAssertions.assertThat(page.locator("#rows tbody tr")).hasCount(1);
        PlaywrightAssertions.assertThat(page.locator("#bulk")).isHidden();
        page.context().close();
    }

    private static List<String> exported(Page page) throws Exception {
        return java.nio.file.Files.readAllLines(
                page.waitForDownload(() -> page.click("#bulk >> text=Export")).path());
    }

    private static void mark(Page page, List<String> names) {
        for (String name : names) {
            page.getByLabel("Select " + name, new Page.GetByLabelOptions().setExact(true))
                    .check();
        }
        PlaywrightAssertions.assertThat(page.locator("#bulk b")).hasText(names.size() + " selected");
    }

    private static void many(Page page, List<String> names, String verb) {
        mark(page, names);
        assertEquals(List.of(), Chromium.kept(page, "console-customers-bulk"));
        page.click("#bulk >> text=" + verb + " services");
    }

    @Test
    public void c4AUserIsSwitchedOffAndOn() {
        Page page = asOwner();
        page.navigate(console + "/customers?q=granite");
        page.click("#rows a.row-a");
        page.click("nav.tabs >> text=Users");
        PlaywrightAssertions.assertThat(page.locator("thead")).containsText("Messages");
        assertTrue(
                "what the user chats is counted",
                page.locator("tbody tr").first().innerText().matches("(?s).*\\d.*"));
        Locator active = page.locator("[role=switch]").first();
        for (String state : List.of("false", "true")) {
            active.click();
            has(page, state.equals("true") ? "is enabled." : "is disabled.");
            PlaywrightAssertions.assertThat(active).hasAttribute("aria-checked", state);
        }
        page.context().close();
    }

    @Test
    public void c5LookingAtACustomersDashboardChangesNothingAndIsInTheAuditLog() {
        Page page = asOwner();
        page.navigate(console + "/customers?q=granite");
        page.click("#rows a.row-a");
        page.click("text=View as customer");
        has(page, "Dashboard of Granite State Movers");
        has(page, "Credit balance");
        assertEquals("nothing can be sent", 0, page.locator("main form").count());
        assertEquals(0, page.locator("main >> text=Buy credit").count());
        page.click("text=Back to the customer");
        page.click("nav.tabs >> text=Audit");
        has(page, "Looked at the dashboard as the customer");
        page.context().close();
    }

    @Test
    public void c6WhatAPlanChangeCostsIsShownBeforeItIsMade() {
        Page page = asOwner();
        new AgencyPages(page, console).changeAPlan();
        page.context().close();
    }

    @Test
    public void c7AnAddOnCountsAtOnceAndACycleIsReset() {
        Page page = asOwner();
        new AgencyPages(page, console).changeAnAddOnAndResetACycle();
        page.context().close();
    }

    /** What a customer has paid is the sum of its purchases that were; what was charged in a range that of its days. */
    @Test
    public void c8ACustomersOverviewTellsWhatItHasPaidAndWhatWasChargedInARange() {
        Page page = asOwner();
        page.navigate(console + "/customers?q=granite");
        page.click("#rows a.row-a");
        PlaywrightAssertions.assertThat(page.locator(".stats dt"))
                .hasText(new String[] {"Balance", "Usage this month", "Recurring", "Lifetime value", "Margin"});
        BigDecimal paid =
                amount((String) page.locator("#lifetime dd").evaluate("figure => figure.firstChild.textContent"));
        String customer = page.url();
        page.navigate(console + "/purchases?status=approved&q=granite");
        BigDecimal approved = page.locator("#ptb tbody td.num.b").allInnerTexts().stream()
                .map(BrowserIT::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertTrue(approved.toString(), approved.signum() > 0);
        assertEquals(approved, paid);

        page.navigate(customer);
        inRange(page, "30");
        Chromium.show(page, Chromium.NARROW, true);
        assertEquals(List.of(), Chromium.faults(page));
        assertEquals(0, Chromium.overflow(page));
        Chromium.show(page, Chromium.WIDE, false);
        for (String range : List.of("90", "7")) {
            page.click("#used nav a:text-is('" + range + " d')");
            page.waitForURL("**range=" + range);
            inRange(page, range);
        }
        page.context().close();

        Page plain = chromium.context(false, owner).newPage();
        plain.navigate(customer + "?range=8");
        inRange(plain, "30");
        plain.click("#used nav a >> nth=0");
        inRange(plain, "7");
        plain.context().close();
    }

    private static void inRange(Page page, String range) {
        PlaywrightAssertions.assertThat(page.locator("#used nav [aria-current=true]"))
                .hasText(range + " d");
        PlaywrightAssertions.assertThat(page.locator("#used .card-h p")).containsText("charged in " + range + " days");
        List<String> days = page.locator("#used details td.num").allTextContents();
        assertEquals(Integer.parseInt(range), days.size());
        // what is shown of a day is rounded to cents
        BigDecimal sum = days.stream().map(BrowserIT::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal total = amount(page.locator("#used .card-h p").innerText().replaceAll(" .*", ""));
        assertTrue(sum + " is " + total, sum.subtract(total).abs().compareTo(BigDecimal.ONE) < 0);
        assertTrue(total.toString(), total.signum() > 0);
    }

    private static BigDecimal amount(String shown) {
        return new BigDecimal(shown.strip().replaceAll("[$,]", ""));
    }

    @Test
    public void d1ApprovingADeposit() {
        Page page = asOwner();
        page.navigate(console + "/purchases?status=awaiting_payment");
        Locator rows = page.locator("#ptb tbody tr");
        int before = rows.count();
        assertTrue("deposits wait", before > 1);
        rows.first().locator("text=Approve").click();
        has(page, "Check your bank account first.");
        assertEquals("the safe button has the focus", "Not yet", page.evaluate("document.activeElement.textContent"));
        page.fill("#evidence", "statement of today, line 7");
        page.keyboard().press("Enter");
        has(page, "is approved. The credit is there.");
        PlaywrightAssertions.assertThat(rows).hasCount(before - 1);
        rows.first().locator("text=Approve").click();
        page.click("text=Decline…");
        page.fill("#decline #reason", "No such deposit on the statement");
        page.click("#decline button[type=submit]");
        has(page, "is declined.");
        page.context().close();
    }

    @Test
    public void d2RefundingAPurchase() {
        Page page = asOwner();
        page.navigate(console + "/purchases?status=approved");
        page.locator("#ptb a.row-a").last().click();
        page.waitForURL("**/purchases/pur_**");
        page.click("text=Refund…");
        page.waitForURL("**/refund");
        String all = page.locator("main .big").innerText();
        page.fill("#amount-amount", "1,000,000");
        page.click("text=Preview");
        PlaywrightAssertions.assertThat(page.locator("#amount-e")).isVisible();
        page.navigate(page.url().replaceAll("\\?.*", ""));
        page.fill("#amount-amount", "10.00");
        page.click("text=Preview");
        PlaywrightAssertions.assertThat(page.locator("main .big")).containsText("$10.00");
        assertFalse("less than all: " + all, all.startsWith("$10.00 "));
        has(page, "Of it spent already");
        page.fill("#reason", "Bought by mistake");
        page.click("main button.btn-d");
        has(page, "The refund of PUR-");
        PlaywrightAssertions.assertThat(page.locator("#ap")).containsText("Bought by mistake");
        PlaywrightAssertions.assertThat(page.locator("#ap .between .pill")).hasText("Partly refunded");
        page.context().close();
    }

    @Test
    public void d3MakingAPlanWithTiersAndItsNextVersion() {
        Page page = asOwner();
        page.navigate(console + "/plans/new");
        String key = "volume-" + System.nanoTime();
        page.fill("#name", "Volume");
        page.fill("#key", key);
        page.fill("#price-amount", "49.00");
        page.selectOption("#rates-0-model", "graduated");
        page.fill("#rates-0-tiers-0-upTo", "1000");
        page.fill("#rates-0-tiers-0-unitPrice", "0.09");
        page.fill("#rates-0-tiers-2-unitPrice", "not a price");
        page.click("main .card-f button[type=submit]");
        refused(page, "One field needs another look.");
        has(page, "Tier’s unit price");
        assertEquals(
                "its field, though a row is empty",
                "true",
                page.getAttribute("#rates-0-tiers-2-unitPrice", "aria-invalid"));
        assertEquals("what was typed stays", key, page.inputValue("#key"));
        page.fill("#rates-0-tiers-2-unitPrice", "0.05");
        page.click("main .card-f button[type=submit]");
        has(page, "Volume can be chosen.");
        PlaywrightAssertions.assertThat(page.locator("main .ph .sub")).containsText(key);
        has(page, "up to 1,000");
        page.click("text=New version");
        assertEquals("1000", page.inputValue("#rates-0-tiers-0-upTo").replaceAll("\\.0+$", ""));
        page.fill("#price-amount", "59.00");
        page.click("main .card-f button[type=submit]");
        has(page, "Version 2 is published.");
        PlaywrightAssertions.assertThat(page.locator("main .big")).containsText("$59.00");
        page.navigate(console + "/plans/meters/new");
        page.fill("#key", key + ".pages");
        page.fill("#name", "Pages read");
        page.fill("#unit", "page");
        page.click("main .card-f button[type=submit]");
        // programs report usage by the key that was typed
        has(page, key + ".pages, per page");
        page.context().close();
    }

    @Test
    public void d4PermissionSetsWebhooksAndKeys() {
        Page page = asOwner();
        page.navigate(console + "/permission-sets/new");
        page.fill("#name", "Bookkeeper");
        page.click("main button.btn-p");
        PlaywrightAssertions.assertThat(page.locator("#permissions-e")).isVisible();
        page.check("input[value='purchases:read']");
        page.click("main button.btn-p");
        has(page, "Bookkeeper was added.");
        page.click("text=Bookkeeper >> nth=0");
        page.waitForURL("**/permission-sets/pms_**");
        assertTrue(page.isChecked("input[value='purchases:read']"));
        page.check("input[value='wallets:read']");
        page.click("main button.btn-p");
        has(page, "Bookkeeper was saved.");
        page.navigate(console + "/webhooks/new");
        page.fill("#url", "http://plain.example/hook");
        page.click("main button.btn-p");
        refused(page, "One field needs another look.");
        assertEquals("true", page.getAttribute("#url", "aria-invalid"));
        page.fill("#url", "https://hooks.harborlight.example/bursar");
        page.click("main button.btn-p");
        has(page, "Copy this secret now.");
        page.click("text=Send a test");
        has(page, "A test is on its way.");
        page.click("main .tbl a.row-a");
        has(page, "webhook.test");
        page.click("text=Send again");
        has(page, "It is being sent again.");
        page.navigate(console + "/keys?dialog=add");
        page.fill("#add #name", "Reporter");
        page.selectOption("#access", "some");
        page.check("#add input[value='usage:write']");
        page.click("#add button.btn-p");
        has(page, "Copy this key now.");
        page.context().close();
    }

    @Test
    public void d5APlatformAdminVisitsAnAgency() {
        Page page = chromium.page();
        signIn(page, console, Platform.ADMIN, PASSWORD);
        has(page, "Newest agencies");
        page.click("text=Harborlight >> nth=0");
        page.waitForURL("**/agencies/ten_**");
        page.click("text=Work in it");
        has(page, "You are working inside");
        page.click("text=Leave");
        page.waitForURL("**/agencies");
        page.navigate(console + "/gateways");
        has(page, "bank-deposit");
        page.context().close();
    }

    @Test
    public void z1ASandboxsClockIsMovedFromItsSettings() {
        String made = platform.admin().post("/api/v1/tenants", """
                        {"name": "Try It Out", "slug": "try-it-out", "kind": "agency", "unit": "USD", "timeZone": "UTC",
                         "sandbox": true, "owner": {"firstName": "Try", "lastName": "Out", "email": "owner@tryitout.example"}}""").is(201).at("/id");
        Page page = chromium.page();
        signIn(page, console, Platform.ADMIN, PASSWORD);
        page.navigate(console + "/agencies/" + made);
        page.click("text=Work in it");
        page.click("nav >> text=Settings");
        has(page, "try-it-out");
        String before = page.locator("#clock .big").innerText();
        page.selectOption("#by", "P1Y");
        page.click("#clock button[type=submit]");
        has(page, "The clock moves.");
        PlaywrightAssertions.assertThat(page.locator("#clock .big")).not().hasText(before);
        String year =
                String.valueOf(java.time.Year.now(java.time.ZoneOffset.UTC).getValue() + 1);
        PlaywrightAssertions.assertThat(page.locator("#clock .big")).containsText(year);
        assertEquals(List.of(), Chromium.kept(page, "console-settings-sandbox"));
        page.context().close();
    }

    @Test
    public void d6APlatformAdminSuspendsAnAgency() {
        Page page = chromium.page();
        signIn(page, console, Platform.ADMIN, PASSWORD);
        page.click("text=Harborlight >> nth=0");
        page.waitForURL("**/agencies/ten_**");
        page.click("main >> text=Suspend");
        page.fill("#standing-reason", "Invoice 12 is not paid.");
        page.click("#suspend button[type=submit]");
        has(page, "is suspended");
        has(page, "Invoice 12 is not paid.");
        page.navigate(console + "/agencies");
        PlaywrightAssertions.assertThat(page.locator("main .pill").first()).hasText("Suspended");

        BrowserContext staff = chromium.context(true, owner);
        Page theirs = staff.newPage();
        theirs.navigate(console + "/customers");
        has(theirs, "AI services and changes wait");
        has(theirs, "Invoice 12 is not paid.");
        has(theirs, "Maple Dental");
        assertEquals(0, theirs.locator("text=Add customer").count());
        staff.close();

        page.goBack();
        page.click("main >> text=Lift suspension");
        page.click("#resume button[type=submit]");
        has(page, "The suspension of Harborlight AI is lifted.");
        page.context().close();
    }

    @Test
    public void d7AnAgencysLogoIsAFileThatDoesNothing() {
        BrowserContext context = chromium.context(true, owner);
        Page page = context.newPage();
        page.navigate(console + "/branding");
        page.setInputFiles("#file", new FilePayload("logo.svg", "image/svg+xml", LOGO.getBytes(UTF_8)));
        page.click("text=Upload logo");
        has(page, "Your logo shows from now on.");
        Page login = chromium.page();
        login.navigate(portal + "/login");
        String address = login.locator("img.mark").first().getAttribute("src");
        Response file = Objects.requireNonNull(login.navigate(portal + address));
        assertEquals("image/svg+xml", file.headers().get("content-type"));
        assertEquals("nosniff", file.headers().get("x-content-type-options"));
        assertEquals("default-src 'none'; sandbox", file.headers().get("content-security-policy"));
        assertTrue(file.text(), file.text().contains("<circle") && !file.text().contains("script"));
        assertEquals(
                404, Objects.requireNonNull(login.navigate(console + address)).status());
        login.context().close();
        page.navigate(console + "/branding");
        page.setInputFiles("#file", new FilePayload("logo.png", "image/png", "GIF89a".getBytes(UTF_8)));
        page.click("text=Upload logo");
        has(page, "Nothing was changed.");
        page.navigate(console + "/branding");
        page.click("[aria-label='Remove the logo']");
        has(page, "The logo was removed.");
        context.close();
    }

    /** The latest month ends with the MRR that stands above it, and with what the table says of it. */
    @Test
    public void d8WhatMovedMrrAddsUp() {
        Page page = asOwner();
        page.navigate(console + "/reports/revenue");
        Locator latest = page.locator("#movements tbody tr").first();
        String closing = latest.locator("td.b").innerText();
        PlaywrightAssertions.assertThat(page.locator(".stats .stat").first()).containsText(closing);
        PlaywrightAssertions.assertThat(page.locator("#moved")).containsText("→ " + closing);
        PlaywrightAssertions.assertThat(page.locator("#moved dl > div")).hasCount(6);
        assertTrue(closing, closing.matches("\\$[1-9][0-9,]*\\.[0-9]{2}"));
        page.context().close();
    }

    @Test
    public void d9ReportsOfUsageAndMarginShowTheirFiguresOverTime() {
        Page page = asOwner();
        page.navigate(console + "/reports/usage");
        PlaywrightAssertions.assertThat(page.locator("main .chart")).hasCount(2);
        page.locator("main details.asT summary").first().click();
        PlaywrightAssertions.assertThat(page.locator("main details.asT").first().locator("tr"))
                .not()
                .hasCount(0);
        page.navigate(console + "/reports/profitability");
        PlaywrightAssertions.assertThat(page.locator("main h2").first()).hasText("Price against cost");
        PlaywrightAssertions.assertThat(page.locator("main .chart")).hasCount(1);
        page.context().close();
    }

    @Test
    public void d8ColleaguesGatewaysAndTheBrand() {
        Page page = asOwner();
        Page customers = chromium.page();
        AgencyPages agency = new AgencyPages(page, console);
        agency.inviteAndRemoveAColleague();
        agency.setAGatewayUp();
        agency.brand(customers, portal);
        customers.context().close();
        page.context().close();
    }

    @Test
    public void e1ACustomersDashboardAndNoTraceOfThePlatform() {
        BrowserContext context = chromium.context(true, null);
        List<String> traces = new ArrayList<>();
        Page page = context.newPage();
        signIn(page, portal, "admin@mapledental.example", PASSWORD);
        assertTrue("a temporary password opens nothing else", page.url().endsWith("/password"));
        page.navigate(portal + "/purchases");
        assertTrue(page.url().endsWith("/password"));
        page.fill("#current", PASSWORD);
        page.fill("#new", OWN_PASSWORD);
        page.click("main button[type=submit]");
        page.waitForURL(portal + "/");
        has(page, "Credit balance");
        page.click("text=Buy credit");
        page.click("#buy button[type=submit]");
        has(page, "Quote the reference PUR-");
        PlaywrightAssertions.assertThat(page.locator("#ap .pill")).hasText("Awaiting deposit");
        for (String path : List.of("/", "/chats", "/purchases", "/people", "/account", "/no-such-page")) {
            traces(page.navigate(portal + path), traces);
        }
        for (String path :
                List.of("/customers", "/agencies", "/audit", "/gateways", "/plans", "/team", "/keys", "/threads")) {
            Response missing = page.navigate(portal + path);
            assertEquals(path, 404, missing.status());
            traces(missing, traces);
        }
        assertEquals("no trace of the platform", List.of(), traces);
        String state = context.storageState();
        Page elsewhere = chromium.context(true, state.replace("harborlight.localhost", "127.0.0.1"))
                .newPage();
        elsewhere.navigate(console + "/customers");
        assertTrue("its session counts on its own host alone", elsewhere.url().contains("/login"));
        elsewhere.context().close();
        context.close();
    }

    /** What somebody else does shows on pages that are open: they are not loaded again, and who may not know is not told. */
    @Test
    public void e2WhatIsDoneElsewhereShowsOnOpenPages() throws Exception {
        BrowserContext context = chromium.context(true, null);
        Page bought = context.newPage();
        signIn(bought, portal, "admin@mapledental.example", OWN_PASSWORD);
        Page home = context.newPage();
        home.navigate(portal + "/");
        String before = home.locator("#balance .big").innerText();
        bought.click("text=Buy credit");
        bought.click("#buy button[type=submit]");
        PlaywrightAssertions.assertThat(bought.locator("#ap .pill")).hasText("Awaiting deposit");
        String purchase = bought.url().substring(bought.url().lastIndexOf('/') + 1);
        PlaywrightAssertions.assertThat(home.locator("#bought li").first()).containsText("Awaiting deposit");
        Page queue = asOwner();
        queue.navigate(console + "/purchases?status=awaiting_payment");
        Locator row = queue.locator("#ptb a[href^='/purchases/" + purchase + "'].row-a");
        PlaywrightAssertions.assertThat(row).hasCount(1);
        for (Page page : List.of(bought, home, queue)) {
            page.evaluate("window.notLoadedAgain = true");
        }
        Http agency = session(platform.anybody().with("Bursar-Tenant", "harborlight"), OWNER, false);
        Http.Answer open = agency.get("/api/v1/purchases/" + purchase).is(200);
        agency.post(
                        "/api/v1/purchases/" + purchase + "/approve",
                        "{\"evidence\": \"line 9\", \"received\": {\"amount\": \"%s\", \"currency\": \"%s\"}}"
                                .formatted(open.at("/price/amount"), open.at("/price/currency")))
                .is(200);
        PlaywrightAssertions.assertThat(bought.locator("#ap .pill")).hasText("Approved");
        PlaywrightAssertions.assertThat(row).hasCount(0);
        PlaywrightAssertions.assertThat(home.locator("#balance .big")).not().hasText(before);
        for (Page page : List.of(bought, home, queue)) {
            assertEquals(page.url(), true, page.evaluate("window.notLoadedAgain"));
        }
        listenersAreSentAway(context, open.at("/customer"));
        queue.context().close();
        context.close();
    }

    /** An update for what is shown no more changes nothing and says nothing: of the list before a search, of details under a question. */
    @Test
    public void e9AnUpdateThatComesTooLateChangesNothing() {
        Page page = asOwner();
        page.navigate(console + "/purchases?status=awaiting_payment");
        Locator rows = page.locator("#ptb tbody tr");
        String number = rows.locator("small").first().innerText().replaceAll(".*(PUR-\\d+)", "$1");
        List<Route> late = new ArrayList<>();
        Pattern listed = Pattern.compile("/purchases\\?(?!.*q=PUR)");
        page.route(listed, late::add);
        page.evaluate("htmx.trigger(document.body, 'purchases-changed')");
        page.waitForCondition(() -> !late.isEmpty());
        page.fill("#q", number);
        PlaywrightAssertions.assertThat(rows).hasCount(1);
        page.waitForResponse(listed, () -> late.forEach(Route::resume)).finished();
        page.unroute(listed);
        PlaywrightAssertions.assertThat(rows).hasCount(1);
        rows.first().locator("a.row-a").click();
        page.click("text=Decline…");
        // modal once the page has settled: what is said before that is not heard yet
        PlaywrightAssertions.assertThat(page.locator("#decline:modal")).isVisible();
        page.waitForResponse(
                        "**/purchases/pur_*", () -> page.evaluate("htmx.trigger(document.body, 'purchases-changed')"))
                .finished();
        PlaywrightAssertions.assertThat(page.locator("#decline")).isVisible();
        page.context().close();
    }

    /** A stream ends with its session, and who may not see a thing is not told of it. */
    private static void listenersAreSentAway(BrowserContext context, String customer) throws Exception {
        String token = context.cookies(portal).stream()
                .filter(cookie -> cookie.name.equals("session"))
                .findFirst()
                .orElseThrow()
                .value;
        Listener own = Listener.at(portal + "/live?about=balance,purchases&since=balance:other", token);
        assertEquals(200, own.status());
        assertEquals("what changed before it listened is told at once", "data: balance", own.next("data:"));
        assertEquals(
                "nobody has not signed in",
                401,
                Listener.at(portal + "/live?about=balance", "bst_x").status());
        assertEquals(
                "nothing of the kind",
                403,
                Listener.at(portal + "/live?about=secrets", token).status());
        assertEquals(
                "a session counts on its own host",
                401,
                Listener.at(console + "/live?about=balance", token).status());
        Page other = chromium.page();
        signIn(other, console, "henrik@northbeam.example", PASSWORD);
        String foreign = other.context().cookies(console).stream()
                .filter(cookie -> cookie.name.equals("session"))
                .findFirst()
                .orElseThrow()
                .value;
        Listener stranger =
                Listener.at(console + "/live?about=balance&since=balance:other&customer=" + customer, foreign);
        Listener nothing = Listener.at(
                console + "/live?about=balance&since=balance:other&customer=cus_01h2xcejqtf2nbrexx3vqjhp41", foreign);
        assertEquals("another agency's customer is as one that is not", nothing.next("id:"), stranger.next("id:"));
        other.context().close();
        platform.anybody()
                .bearer(token)
                .with("Bursar-Tenant", "harborlight")
                .send("DELETE", "/api/v1/sessions/current", null, null)
                .is(204);
        assertTrue("the stream ends with the session", own.ends());
    }

    /** Turned on with an app, signed in with a code, other sessions ended, and turned off again. */
    @Test
    public void e10AnUpdateOpensNothingAgainAndLeavesTheFocusWhereItIs() {
        Page page = asOwner();
        page.navigate(console + "/purchases?status=awaiting_payment");
        page.locator("#ptb tbody tr a.row-a").first().click();
        Locator details = page.locator("#ap");
        // it can be closed by a key once the script has made it modal
        PlaywrightAssertions.assertThat(page.locator("#ap:modal")).isVisible();
        page.keyboard().press("Escape");
        PlaywrightAssertions.assertThat(details).isHidden();
        page.focus("#q");
        page.evaluate("addEventListener('htmx:afterSettle', () => document.body.dataset.settled = 1)");
        page.evaluate("htmx.trigger(document.body, 'purchases-changed')");
        PlaywrightAssertions.assertThat(page.locator("body[data-settled]")).hasCount(1);
        PlaywrightAssertions.assertThat(details).isHidden();
        PlaywrightAssertions.assertThat(page.locator("#q")).isFocused();
        page.context().close();
    }

    @Test
    public void e3ASecondStepAndSessionsThatTheirUserEnds() throws Exception {
        Page page = chromium.page();
        signIn(page, portal, "admin@mapledental.example", OWN_PASSWORD);
        page.navigate(portal + "/account");
        page.click("text=Turn on");
        page.fill("#on-password", OWN_PASSWORD);
        page.click("#factor-on button[type=submit]");
        PlaywrightAssertions.assertThat(page.locator("svg.qr")).isVisible();
        List<String> faults = new ArrayList<>(Chromium.kept(page, "second-step-key"));
        String secret = page.locator("#factor-secret").textContent();
        page.fill("#code", "000000");
        page.click("main button[type=submit]");
        has(page, "This code is not right");
        assertEquals("the key stays", secret, page.locator("#factor-secret").textContent());
        page.fill("#code", AppCode.now(secret));
        page.click("main button[type=submit]");
        has(page, "Keep these recovery codes");
        faults.addAll(Chromium.kept(page, "second-step-recovery-codes"));
        String recovery = page.locator(".codes code").first().textContent();
        page.click("text=I have kept them");
        has(page, "10 recovery codes are left");
        Page other = chromium.page();
        other.navigate(portal + "/login");
        other.fill("#email", "admin@mapledental.example");
        other.fill("#password", OWN_PASSWORD);
        other.click("main button[type=submit]");
        has(other, "Enter your code");
        faults.addAll(Chromium.kept(other, "second-step-code"));
        other.fill("#code", "000000");
        other.click("main button[type=submit]");
        has(other, "This code is not right");
        other.fill("#code", recovery);
        other.click("main button[type=submit]");
        other.waitForURL(portal + "/");
        page.navigate(portal + "/account");
        has(page, "9 recovery codes are left");
        page.click("text=End all others");
        has(page, "All your other sessions have ended.");
        other.navigate(portal + "/purchases");
        assertTrue("the other one has ended", other.url().contains("/login"));
        page.click("text=Turn off");
        page.fill("#off-password", OWN_PASSWORD);
        page.click("#factor-off button[type=submit]");
        has(page, "The second step is off.");
        assertEquals(String.join("\n", faults), 0, faults.size());
        other.context().close();
        page.context().close();
    }

    /** A disabled user reads what the tenant says, in the tenant's words and as text; without words of its own the platform's. */
    @Test
    public void e4WhatATenantSaysInItsOwnWords() {
        String words = "Tilgangen din er stengt. <b>Ring oss</b> på {0} 815 49 300";
        Page page = asOwner();
        page.navigate(console + "/branding");
        page.click("text=Your words");
        page.fill("#texts-disabled-message", words);
        page.click("main button[type=submit]");
        has(page, "Your words were saved.");
        assertEquals(words, page.inputValue("#texts-disabled-message"));
        Http agency = session(platform.anybody().with("Bursar-Tenant", "harborlight"), OWNER, false);
        String customer = agency.get("/api/v1/customers?q=Maple").is(200).at("/items/0/id");
        String user = agency.post("/api/v1/users", """
                        {"customer": "%s", "role": "member", "access": "full", "firstName": "Ada", "lastName": "Off",
                         "email": "ada@mapledental.example", "password": "%s"}""".formatted(customer, PASSWORD))
                .is(201)
                .at("/id");
        Http anybody = platform.anybody().with("Bursar-Tenant", "harborlight");
        session(anybody, "ada@mapledental.example", false)
                .post("/api/v1/me/password", "{\"current\": \"%s\", \"new\": \"%s\"}".formatted(PASSWORD, OWN_PASSWORD))
                .is(204);
        agency.post("/api/v1/users/" + user + "/disable", "{}").is(200);
        Page disabled = chromium.page();
        signIn(disabled, portal, "ada@mapledental.example", OWN_PASSWORD);
        has(disabled, words);
        for (String path : List.of("/people", "/buy")) {
            assertEquals(path, 403, disabled.navigate(portal + path).status());
        }
        page.fill("#texts-disabled-message", "");
        page.click("main button[type=submit]");
        has(page, "Your words were saved.");
        disabled.waitForTimeout(1_100);
        disabled.navigate(portal + "/");
        has(disabled, "Your access to the assistants is switched off.");
        disabled.context().close();
        page.context().close();
    }

    @Test
    public void e5WhatAUserMaySpendAndWhenTheAdminIsTold() {
        Page page = chromium.page();
        signIn(page, portal, "admin@mapledental.example", OWN_PASSWORD);
        page.click("text=Tell me when it is low");
        page.fill("#below", "-1");
        page.click("#alert button[type=submit]");
        PlaywrightAssertions.assertThat(page.locator("#below")).hasAttribute("aria-invalid", "true");
        page.fill("#below", "99999");
        page.click("#alert button[type=submit]");
        has(page, "Your credit is below $99,999.00.");
        page.navigate(portal + "/people");
        Locator change = page.locator("a[href*='dialog=limit']").last();
        change.click();
        page.fill("#limit-amount", "40");
        page.click("#limit button[type=submit]");
        has(page, "has a limit now.");
        has(page, "$40.00 left");
        page.context().close();
    }

    /** Sent without scripts; what is no slip comes back to its field, and the agency finds what was sent. */
    @Test
    public void e6TheSlipOfABankDeposit() {
        Page signed = chromium.page();
        signIn(signed, portal, "admin@mapledental.example", OWN_PASSWORD);
        String state = signed.context().storageState();
        signed.context().close();
        Page page = chromium.context(false, state).newPage();
        page.navigate(portal + "/buy");
        page.click("#buy button[type=submit]");
        assertTrue(page.content().contains("Send the deposit slip"));
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        sendSlip(page, "slip.pdf", "this is no slip".getBytes(StandardCharsets.UTF_8));
        refusedSlip(page, "This is no PDF, PNG or JPEG.");
        assertEquals("what was typed stays", "transferred today", page.inputValue("#note"));
        for (int bytes : new int[] {5 * 1024 * 1024 + 1, 8 * 1024 * 1024}) {
            sendSlip(page, "slip.png", Arrays.copyOf(png, bytes));
            refusedSlip(page, "This file is larger than 5 MB.");
        }
        sendSlip(page, "deposit \"<b>1.pdf", "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
        has(page, "was sent. It is in review now.");
        PlaywrightAssertions.assertThat(page.locator("#ap .between .pill")).hasText("In review");
        PlaywrightAssertions.assertThat(page.locator("#ap .dl a.link")).containsText("<b>1.pdf");
        String purchase = page.url().replaceAll(".*/|\\?.*", "");
        page.context().close();
        Page agency = asOwner();
        agency.navigate(console + "/purchases/" + purchase);
        PlaywrightAssertions.assertThat(agency.locator("#ap .dl a[href$='/slip']"))
                .containsText("<b>1.pdf");
        agency.context().close();
    }

    @Test
    public void e7ALiveUpdateLeavesAChosenFileAlone() {
        Page page = chromium.page();
        signIn(page, portal, "admin@mapledental.example", OWN_PASSWORD);
        page.navigate(portal + "/buy");
        page.click("#buy button[type=submit]");
        page.waitForURL("**/purchases/pur_**");
        FilePayload slip = new FilePayload("slip.pdf", "application/pdf", "%PDF-1.4".getBytes(UTF_8));
        page.setInputFiles("#slip", slip);
        PlaywrightAssertions.assertThat(page.locator(".htmx-settling")).hasCount(0);
        page.waitForResponse(
                response -> response.url().contains("/purchases/"),
                () -> page.evaluate("htmx.trigger(document.body, 'purchases-changed')"));
        page.waitForTimeout(300);
        assertEquals("the file is still chosen", 1, page.evaluate("document.getElementById('slip').files.length"));
        Object inFold = page.evaluate("document.querySelector('#slip-f button').getBoundingClientRect().bottom"
                + " <= document.querySelector('#ap .dlg-b').getBoundingClientRect().bottom");
        assertEquals("the whole form is seen without scrolling", true, inFold);
        page.click("#ap .dlg-f button[type=submit]");
        page.context().close();
    }

    @Test
    public void e8APlanIsOfferedToBePaidByCard() throws Exception {
        Http agency = session(platform.anybody().with("Bursar-Tenant", "harborlight"), OWNER, false);
        String key = "{\"secretKey\": \"sk_test_notToBeUsed\"}";
        agency.put("/api/v1/gateways/stripe/settings", key).is(200);
        stripe(agency, true);
        try {
            Page page = asOwner();
            page.navigate(console + "/customers?q=Maple");
            page.click("#rows a.row-a");
            page.click("nav.tabs >> text=Billing");
            page.waitForURL("**/billing");
            page.click("[data-dialog=collect]");
            PlaywrightAssertions.assertThat(page.locator("#collect input[value=stripe]"))
                    .isChecked();
            // Stripe counts months
            PlaywrightAssertions.assertThat(page.locator("#collect")).not().containsText("It counts days");
            List<String> faults = new ArrayList<>(Chromium.kept(page, "console-customer-billing-card"));
            Page theirs = chromium.page();
            signIn(theirs, portal, "admin@mapledental.example", OWN_PASSWORD);
            theirs.click("[data-dialog=plan]");
            PlaywrightAssertions.assertThat(theirs.locator("#plan input[value=stripe]"))
                    .isChecked();
            faults.addAll(Chromium.kept(theirs, "portal-plan-by-card"));
            assertTrue(String.join("\n", faults), faults.isEmpty());
            page.context().close();
            theirs.context().close();
        } finally {
            stripe(agency, false);
        }
    }

    /** The way to a provider's pages is a link on the answer to a form: the policy lets no form lead there. */
    @Test
    public void e8TheProvidersPagesForASavedCard() throws Exception {
        Http agency = session(platform.anybody().with("Bursar-Tenant", "harborlight"), OWNER, false);
        String customer = agency.get("/api/v1/customers?q=Maple").is(200).at("/items/0/id");
        try (SavedCard card = new SavedCard(platform, agency, customer)) {
            Page page = chromium.page();
            page.route(
                    "https://billing.stripe.com/**",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("text/html")
                            .setBody("<!doctype html><title>Theirs</title><h1>Your cards</h1>")));
            signIn(page, portal, "admin@mapledental.example", OWN_PASSWORD);
            List<String> traces = new ArrayList<>();
            traces(page.navigate(portal + "/account"), traces);
            PlaywrightAssertions.assertThat(page.locator("#methods li")).containsText("Card (Stripe)");
            List<String> faults = new ArrayList<>(Chromium.kept(page, "portal-account-methods"));

            page.click("#methods >> text=Manage at Stripe");
            Locator leads = page.locator("#portal a.btn-p");
            PlaywrightAssertions.assertThat(leads).isFocused();
            PlaywrightAssertions.assertThat(leads)
                    .hasAttribute("href", Pattern.compile("https://billing\\.stripe\\.com/p/session/\\w+"));
            faults.addAll(Chromium.kept(page, "portal-saved-method"));
            ObjectNode visit = card.account.all("billing_portal.session").get(0);
            assertEquals(card.checkout().path("customer"), visit.path("customer"));
            String back = visit.path("return_url").asText();
            assertTrue(back, back.matches("https?://harborlight\\.localhost(:\\d+)?/account"));
            leads.click();
            page.waitForURL(visit.path("url").asText());
            has(page, "Your cards");

            page.navigate(portal + "/account");
            page.click("#methods >> text=Remove");
            PlaywrightAssertions.assertThat(page.locator("#remove-method")).isVisible();
            faults.addAll(Chromium.kept(page, "portal-saved-method-remove"));
            page.click("#remove-method button[type=submit]");
            has(page, "The payment method was removed.");
            PlaywrightAssertions.assertThat(page.locator("#methods")).hasCount(0);
            assertEquals("no trace of the platform", List.of(), traces);
            assertEquals("", String.join("\n", faults));
            page.context().close();
        }
    }

    private static void stripe(Http agency, boolean enabled) throws Exception {
        String change = "{\"enabled\": %s, \"mode\": \"test\"}".formatted(enabled);
        agency.send("PATCH", "/api/v1/gateways/stripe", "application/merge-patch+json", change)
                .is(200);
    }

    private static void sendSlip(Page page, String name, byte[] content) {
        page.setInputFiles("#slip", new FilePayload(name, "application/pdf", content));
        page.fill("#note", "transferred today");
        page.click("#slip-f button[type=submit]");
    }

    private static void refusedSlip(Page page, String why) {
        PlaywrightAssertions.assertThat(page.locator("#slip-e")).containsText(why);
        assertEquals("true", page.getAttribute("#slip", "aria-invalid"));
        PlaywrightAssertions.assertThat(page.locator("#ap .between .pill")).hasText("Awaiting deposit");
    }

    private static void traces(Response response, List<String> traces) {
        if (response.headers().toString().toLowerCase(Locale.ROOT).contains("bursar")) {
            traces.add(response.url() + " in its headers");
        }
        String type = response.headers().getOrDefault("content-type", "");
        if ((type.startsWith("text/") || type.contains("svg"))
                && response.status() != 303
                && response.text().toLowerCase(Locale.ROOT).contains("bursar")) {
            traces.add(response.url());
        }
    }

    @Test
    public void f1FormsFromElsewhereAreRefused() {
        BrowserContext context = chromium.context(true, owner);
        Page page = context.newPage();
        page.navigate(console + "/account");
        String token = page.locator("input[name=csrf]").first().getAttribute("value");
        FormData without = FormData.create().set("reason", "x");
        APIResponse refused = context.request()
                .post(
                        console + "/logout",
                        RequestOptions.create().setForm(without).setMaxRedirects(0));
        assertEquals("without a token", 403, refused.status());
        refused = context.request()
                .post(
                        console + "/logout",
                        RequestOptions.create()
                                .setForm(FormData.create().set("csrf", token))
                                .setHeader("Origin", "https://evil.example")
                                .setMaxRedirects(0));
        assertEquals("from another origin", 403, refused.status());
        Page other = chromium.page();
        signIn(other, console, "henrik@northbeam.example", PASSWORD);
        APIResponse foreign = other.context()
                .request()
                .post(
                        console + "/logout",
                        RequestOptions.create()
                                .setForm(FormData.create().set("csrf", token))
                                .setMaxRedirects(0));
        assertEquals("with the token of another session", 403, foreign.status());
        other.context().close();
        page.navigate(console + "/customers");
        assertFalse("still signed in", page.url().contains("/login"));
        context.close();
    }

    @Test
    public void f2SigningOutEndsTheSession() {
        Page page = chromium.page();
        signIn(page, console, "henrik@northbeam.example", PASSWORD);
        String state = page.context().storageState();
        page.click("[popovertarget=me]");
        page.click("text=Sign out");
        page.waitForURL("**/login");
        Page again = chromium.context(true, state).newPage();
        again.navigate(console + "/customers");
        assertTrue("its cookie opens nothing any more", again.url().contains("/login"));
        again.context().close();
        page.context().close();
    }

    @Test
    public void g1AnotherAgencysCustomerIsNotThere() {
        Page page = asOwner();
        page.navigate(console + "/customers");
        String foreign = page.locator("#rows a.row-a").first().getAttribute("href");
        Page other = chromium.page();
        signIn(other, console, "henrik@northbeam.example", PASSWORD);
        for (String tab :
                List.of("", "/billing", "/users", "/purchases", "/chats", "/usage", "/audit", "/edit", "/dashboard")) {
            assertEquals(tab, 404, other.navigate(console + foreign + tab).status());
        }
        other.context().close();
        page.context().close();
    }

    @Test
    public void g2AMembersPagesAreThoseOfItsOperations() {
        Http agency = session(platform.anybody().with("Bursar-Tenant", "harborlight"), OWNER, false);
        String customer = agency.get("/api/v1/customers?q=Castell").is(200).at("/items/0/id");
        Map<String, String> operations = new LinkedHashMap<>();
        operations.put("/chats", "/threads");
        operations.put("/purchases", "/purchases");
        operations.put("/people", "/users");
        Set<Integer> seen = new TreeSet<>();
        for (String access : List.of("full", "read_only", "limited")) {
            String email = access + "@castell.example";
            agency.post("/api/v1/users", """
                            {"customer": "%s", "role": "member", "access": "%s", "firstName": "Iker", "lastName": "Castell",
                             "email": "%s", "password": "%s"}""".formatted(customer, access, email, PASSWORD))
                    .is(201);
            Page page = chromium.page();
            signIn(page, portal, email, PASSWORD);
            page.fill("#current", PASSWORD);
            page.fill("#new", OWN_PASSWORD);
            page.click("main button[type=submit]");
            page.waitForURL(portal + "/");
            Http member = session(platform.anybody().with("Bursar-Tenant", "harborlight"), email, true);
            operations.forEach((path, operation) -> {
                int answered = member.get("/api/v1" + operation).status();
                assertEquals(
                        access + " at " + path,
                        answered,
                        page.navigate(portal + path).status());
                seen.add(answered);
            });
            page.context().close();
        }
        assertTrue("some may and some may not: " + seen, seen.containsAll(List.of(200, 403)));
    }

    private static Http session(Http host, String email, boolean own) {
        String body = "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, own ? OWN_PASSWORD : PASSWORD);
        Http at = email.equals(OWNER) ? platform.anybody() : host;
        return host.bearer(at.post("/api/v1/sessions", body).is(201).at("/token"));
    }

    /** HTML within 12 KB, and all that a first visit loads within 100 KB, as they travel compressed. */
    @Test
    public void g3PagesAreLight() throws Exception {
        Page page = asOwner();
        page.navigate(console + "/customers");
        String customer = page.locator("#rows a.row-a").first().getAttribute("href");
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (String path : List.of(
                "/customers", "/", "/purchases", customer + "/billing", "/plans", "/plans/new", "/keys?dialog=add")) {
            weights.put(path, squeezed(page, path));
        }
        for (Map.Entry<String, Integer> weight : weights.entrySet()) {
            assertTrue("bytes of HTML: " + weights, weight.getValue() <= 12 * 1024);
        }
        int all = weights.get("/customers");
        for (String asset : List.of("link[rel=stylesheet]", "link[rel=preload]", "link[rel=icon]")) {
            String href = page.locator(asset).first().getAttribute("href");
            all += href.endsWith("woff2")
                    ? page.context().request().get(console + href).body().length
                    : squeezed(page, href);
        }
        for (Locator script : page.locator("script[src]").all()) {
            all += squeezed(page, script.getAttribute("src"));
        }
        assertTrue("bytes of a first visit: " + all, all <= 100 * 1024);
        page.context().close();
    }

    private static int squeezed(Page page, String path) throws Exception {
        java.io.ByteArrayOutputStream squeezed = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream gzip = new java.util.zip.GZIPOutputStream(squeezed)) {
            gzip.write(page.context().request().get(console + path).body());
        }
        return squeezed.size();
    }

    @Test
    public void h1EveryPageIsAccessibleInBothThemesWideAndNarrow() {
        Map<String, String> pages = new LinkedHashMap<>();
        Page page = asOwner();
        page.navigate(console + "/customers?q=Maple");
        String customer = page.locator("#rows a.row-a").first().getAttribute("href");
        page.navigate(console + "/threads");
        String thread = page.locator(".tl a").first().getAttribute("href");
        page.navigate(console + "/purchases?status=awaiting_payment");
        String purchase = page.locator("#ptb a.row-a").first().getAttribute("href");
        page.navigate(console + "/purchases?status=approved");
        String paid = page.locator("#ptb a.row-a").first().getAttribute("href").replaceAll("\\?.*", "");
        page.navigate(console + "/plans");
        String plan = page.locator(".g-3 h2 a").first().getAttribute("href");
        pages.put("console-refund", paid + "/refund");
        pages.put("console-disputes", "/purchases/disputes");
        pages.put("console-plan-new", "/plans/new");
        pages.put("console-plan", plan);
        pages.put("console-package-new", "/plans/packages/new");
        pages.put("console-permission-sets", "/permission-sets");
        pages.put("console-permission-set-new", "/permission-sets/new");
        pages.put("console-webhooks", "/webhooks");
        pages.put("console-webhook-new", "/webhooks/new");
        pages.put("console-home", "/");
        pages.put("console-customers", "/customers");
        pages.put("console-customers-empty", "/customers?q=Bluebirds");
        pages.put("console-customer-new", "/customers/new");
        pages.put("console-customer-overview", customer);
        for (String tab : List.of("users", "billing", "purchases", "chats", "usage", "audit", "edit", "dashboard")) {
            pages.put("console-customer-" + tab, customer + '/' + tab);
        }
        pages.put("console-customer-billing-adjust", customer + "/billing?dialog=adjust");
        pages.put("console-customer-lock", customer + "?dialog=lock");
        pages.put("console-purchases", "/purchases");
        pages.put("console-purchases-details", purchase);
        pages.put("console-thread", thread);
        pages.put("console-reports-revenue", "/reports/revenue");
        pages.put("console-reports-usage", "/reports/usage");
        pages.put("console-reports-profitability", "/reports/profitability");
        pages.put("console-plans", "/plans");
        pages.put("console-gateways", "/gateways");
        pages.put("console-gateway", "/gateways/bank-deposit/health");
        pages.put("console-branding", "/branding");
        pages.put("console-texts", "/texts");
        pages.put("console-settings", "/settings");
        pages.put("console-team", "/team");
        pages.put("console-keys", "/keys");
        pages.put("console-audit", "/audit");
        pages.put("console-account", "/account");
        List<String> faults = new ArrayList<>(Chromium.looked(page, console, pages));
        page.context().close();
        Page nobody = chromium.page();
        faults.addAll(Chromium.looked(
                nobody,
                console,
                Map.of("login-console", "/login", "reset", "/reset", "link-ended", "/one-time-links/x")));
        faults.addAll(Chromium.looked(nobody, portal, Map.of("login", "/login")));
        signIn(nobody, portal, "admin@mapledental.example", OWN_PASSWORD);
        Map<String, String> own = new LinkedHashMap<>();
        own.put("portal-home", "/");
        own.put("portal-buy", "/buy");
        own.put("portal-purchases", "/purchases");
        own.put("portal-chats", "/chats");
        own.put("portal-people", "/people");
        own.put("portal-account", "/account");
        nobody.navigate(portal + "/purchases");
        own.put(
                "portal-purchase",
                nobody.locator("#rows tr:has-text('Awaiting deposit') a.row-a")
                        .first()
                        .getAttribute("href"));
        faults.addAll(Chromium.looked(nobody, portal, own));
        nobody.context().close();
        Page admin = chromium.page();
        signIn(admin, console, Platform.ADMIN, PASSWORD);
        String agency = admin.locator("main a[href^='/agencies/ten_']").first().getAttribute("href");
        Map<String, String> platforms = new LinkedHashMap<>();
        platforms.put("platform-home", "/");
        platforms.put("platform-agencies", "/agencies");
        platforms.put("platform-agency", agency);
        platforms.put("platform-gateways", "/gateways");
        platforms.put("platform-settings", "/settings");
        platforms.put("platform-reports", "/reports/agencies");
        faults.addAll(Chromium.looked(admin, console, platforms));
        admin.context().close();
        assertEquals(String.join("\n", faults), 0, faults.size());
    }
}
