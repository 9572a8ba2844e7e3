package org.bursar.itests;

import static org.junit.Assert.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Debian's Chromium, which is installed where it is missing, driven by Playwright; what its console says is kept. */
final class Chromium implements AutoCloseable {
    static final int WIDE = 1440;
    static final int NARROW = 390;
    private static final int HIGH = 900;
    private static final double PATIENCE_MILLIS = 15_000;
    /** What the browser says of each answer that is a refusal; the tests expect those by themselves. */
    private static final String REFUSED = "Failed to load resource: the server responded with a status of 4";

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> said = new ArrayList<>();

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(installed())
                        .setHeadless(true)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        return new Chromium(playwright, browser);
    }

    private static Path installed() throws Exception {
        Path there = found();
        if (there == null) {
            Process install = new ProcessBuilder("sh", "-c", "apt-get update -q && apt-get install -y -q chromium")
                    .inheritIO()
                    .start();
            assertEquals("chromium is installed", 0, install.waitFor());
            there = found();
        }
        return there;
    }

    private static Path found() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** A browser that nobody has used yet. */
    BrowserContext context(boolean scripts, String state) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(WIDE, HIGH)
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
                .setJavaScriptEnabled(scripts)
                .setStorageState(state));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.onConsoleMessage(message -> {
            if (!message.text().startsWith(REFUSED)) {
                said.add(message.type() + " at " + message.page().url() + ": " + message.text());
            }
        });
        context.onWebError(error -> said.add("error: " + error.error()));
        return context;
    }

    Page page() {
        return context(true, null).newPage();
    }

    /** What consoles have said since the last time. */
    List<String> said() {
        List<String> now = List.copyOf(said);
        said.clear();
        return now;
    }

    /** What axe finds wrong with a page as it is shown now: WCAG 2.0 to 2.2 A and AA, and best practice. */
    static List<String> faults(Page page) {
        List<String> faults = new ArrayList<>();
        for (Rule rule : new AxeBuilder(page).analyze().getViolations()) {
            for (CheckedNode node : rule.getNodes()) {
                faults.add(page.url() + ": " + rule.getId() + ": " + node.getHtml());
            }
        }
        return faults;
    }

    /** By how much a page is wider than its window. */
    static int overflow(Page page) {
        return ((Number) page.evaluate("document.documentElement.scrollWidth - innerWidth")).intValue();
    }

    static void show(Page page, int width, boolean dark) {
        page.setViewportSize(width, width == NARROW ? 844 : HIGH);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
    }

    /** Only where a folder was given for them: a picture takes as long as axe does. */
    private static void picture(Page page, String name, String view) {
        String screens = System.getProperty("bursar.screens", "");
        if (!screens.isEmpty()) {
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of(screens).resolve(name + '.' + view + ".png")));
        }
    }

    /** Keeps pictures of a page that no address brings back, such as the answer to a form, and tells what axe finds wrong with it. */
    static List<String> kept(Page page, String name) {
        show(page, NARROW, false);
        picture(page, name, "light-" + NARROW);
        show(page, WIDE, true);
        picture(page, name, "dark-" + WIDE);
        show(page, WIDE, false);
        picture(page, name, "light-" + WIDE);
        return faults(page);
    }

    /** Shows each page in both themes, wide and narrow; keeps a picture of each and tells what is wrong. */
    static List<String> looked(Page page, String host, Map<String, String> pages) {
        List<String> faults = new ArrayList<>();
        pages.forEach((name, path) -> {
            for (int width : new int[] {WIDE, NARROW}) {
                show(page, width, false);
                page.navigate(host + path);
                for (boolean dark : new boolean[] {false, true}) {
                    show(page, width, dark);
                    String view = (dark ? "dark-" : "light-") + width;
                    if (!dark || width == WIDE) {
                        picture(page, name, view);
                    }
                    // in small counts wide in light and narrow in dark, in full counts all four
                    if (Soak.count(0, 1) == 1 || dark == (width == NARROW)) {
                        for (String fault : faults(page)) {
                            faults.add(view + ": " + fault);
                        }
                    }
                    if (overflow(page) > 0) {
                        faults.add(view + ": " + page.url() + " is wider than its window");
                    }
                }
            }
        });
        return faults;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
