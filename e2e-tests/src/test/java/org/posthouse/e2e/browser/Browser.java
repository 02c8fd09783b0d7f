package org.posthouse.e2e.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumNetworkConditions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.posthouse.e2e.world.Await;

/** Debian's Chromium with an empty profile. Elements are found by the marks the pages carry, never by their looks. */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    // axe looks at every element of a page, which takes seconds even on a quiet machine.
    private static final Duration SCRIPT = Duration.ofMinutes(3);

    private static final String AXE = script("/axe.min.js");

    private final ChromeDriver driver;
    private final String url;

    /** Opens a window of this size on nothing yet. */
    public Browser(String url, int width, int height) {
        this.url = url;
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en",
                "--window-size=" + width + "," + height);
        var log = new LoggingPreferences();
        log.enable(LogType.BROWSER, Level.SEVERE);
        options.setCapability("goog:loggingPrefs", log);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .build();
        this.driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(SCRIPT);
    }

    private static String script(String resource) {
        try (var in = Objects.requireNonNull(Browser.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Goes to a page of the console, or to a whole address. */
    public Browser open(String path) {
        driver.get(path.startsWith("http") ? path : url + path);
        return this;
    }

    /** The element a CSS selector names, as soon as it can be seen. */
    public WebElement seen(String css) {
        return seen(css, PATIENCE);
    }

    /** The same for what the console itself takes long for. */
    public WebElement seen(String css, Duration patience) {
        var found = new AtomicReference<WebElement>();
        Await.until(css + " on " + driver.getCurrentUrl(), patience, () -> {
            driver.findElements(By.cssSelector(css)).stream()
                    .filter(WebElement::isDisplayed)
                    .findFirst()
                    .ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    /** Types into the field an id names, in place of what stands there. */
    public Browser type(String css, String text) {
        again(() -> {
            WebElement field = seen(css);
            field.clear();
            field.sendKeys(text);
        });
        return this;
    }

    /** Chooses a file of this machine in the field a CSS selector names. */
    public Browser choose(String css, Path file) {
        seen(css).sendKeys(file.toAbsolutePath().toString());
        return this;
    }

    /** Presses a key, by its name or letter, where the focus is; with Control held down if so wanted. */
    public Browser keys(String key, boolean control) {
        CharSequence pressed = key.length() == 1 ? key : Keys.valueOf(key.toUpperCase(Locale.ROOT));
        var actions = new Actions(driver);
        (control ? actions.keyDown(Keys.CONTROL).sendKeys(pressed).keyUp(Keys.CONTROL) : actions.sendKeys(pressed))
                .perform();
        return this;
    }

    /** Waits until the focus is in what a CSS selector names. */
    public Browser focusIn(String css) {
        return until(
                "the focus in " + css,
                () -> Boolean.TRUE.equals(driver.executeScript(
                        "return document.querySelector(arguments[0])?.contains(document.activeElement) === true",
                        css)));
    }

    /** Waits until the focus is on the line of the tree whose distinguished name begins with this. */
    public Browser onLine(String beginning) {
        return until(
                "the focus on the line of " + beginning,
                () -> String.valueOf(driver.executeScript("return document.activeElement?.dataset.dn ?? ''"))
                        .startsWith(beginning));
    }

    /** Gives the focus to what a CSS selector names. */
    public Browser focus(String css) {
        seen(css);
        driver.executeScript("document.querySelector(arguments[0]).focus()", css);
        return this;
    }

    /** Takes the network away from the page, or gives it back. */
    public Browser offline(boolean gone) {
        if (gone) {
            var none = new ChromiumNetworkConditions();
            none.setOffline(true);
            driver.setNetworkConditions(none);
        } else {
            driver.deleteNetworkConditions();
        }
        return this;
    }

    /** Lets every answer take so long more. */
    public Browser slowed(Duration latency) {
        var slow = new ChromiumNetworkConditions();
        slow.setLatency(latency);
        slow.setDownloadThroughput(-1);
        slow.setUploadThroughput(-1);
        driver.setNetworkConditions(slow);
        return this;
    }

    /** Loses the session, as when it has ended. */
    public Browser loseSession() {
        driver.manage().deleteCookieNamed("POSTHOUSE");
        return this;
    }

    /** Makes the console not know the state of this page until it is loaded again, as after many other pages. */
    public Browser loseView() {
        driver.executeScript("""
                const send = XMLHttpRequest.prototype.send;
                XMLHttpRequest.prototype.send = function (body) {
                  send.call(this, String(body).replace(/(ViewState=)[^&]*/, "$11%3A1"));
                };""");
        return this;
    }

    /** Signs in where the sign-in page is shown, and goes on to where it leads. */
    public Browser signInAgain(String name, String password) {
        return type("#signIn\\:name", name).type("#signIn\\:password", password).click("#signIn\\:go");
    }

    /** All that the page keeps in this browser. */
    public String stored() {
        return String.valueOf(
                driver.executeScript("return JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage})"));
    }

    /** The title of the page shown. */
    public String title() {
        return driver.getTitle();
    }

    /** The edges of an element in the window, in pixels: top, bottom, left, right. */
    public List<Long> edges(String css) {
        Object box = driver.executeScript(
                "const b = document.querySelector(arguments[0]).getBoundingClientRect();"
                        + "return [b.top, b.bottom, b.left, b.right].map(Math.round)",
                css);
        return box instanceof List<?> list
                ? list.stream().map(each -> ((Number) each).longValue()).toList()
                : List.of();
    }

    /** Waits until nothing is there that a CSS selector names. */
    public Browser gone(String css) {
        return until("no " + css, () -> !has(css));
    }

    /** Clicks; scrolls as people do where the save bar lies over it. */
    public Browser click(String css) {
        again(() -> {
            WebElement target = seen(css);
            try {
                target.click();
            } catch (org.openqa.selenium.ElementClickInterceptedException covered) {
                driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", target);
                throw covered;
            }
        });
        return this;
    }

    /** Signs in to the console. */
    public Browser signIn(String name, String password) {
        open("/").type("#signIn\\:name", name).type("#signIn\\:password", password);
        return picture("sign-in").click("#signIn\\:go").seen("h1", "Mail system");
    }

    /** Waits until an element is there that holds this text. */
    public Browser seen(String css, String text) {
        return until(
                css + " holding \"" + text + "\"", () -> seen(css).getText().contains(text));
    }

    /** Waits until a field holds a value with this in it. */
    public Browser holds(String css, String text) {
        return until(css + " with \"" + text + "\"", () -> mark(css, "value").contains(text));
    }

    /** Clicks and waits until an attribute of an element has changed by that. */
    public Browser click(String css, String moved, String attribute) {
        String before = mark(moved, attribute);
        click(css);
        return until(
                attribute + " of " + moved + " to change",
                () -> !mark(moved, attribute).equals(before));
    }

    /** What an attribute of an element holds. */
    public String attribute(String css, String name) {
        return mark(css, name);
    }

    /** Whether an element is there now. */
    public boolean has(String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    private Browser until(String awaited, Callable<Boolean> holds) {
        Await.until(awaited + " on " + driver.getCurrentUrl(), PATIENCE, holds);
        return this;
    }

    private String mark(String css, String attribute) {
        return String.valueOf(
                attribute.equals("value")
                        ? seen(css).getDomProperty(attribute)
                        : seen(css).getDomAttribute(attribute));
    }

    // A page that updates itself may replace an element between finding and using it.
    private static void again(Runnable act) {
        for (int tries = 0; ; tries++) {
            try {
                act.run();
                return;
            } catch (org.openqa.selenium.StaleElementReferenceException
                    | org.openqa.selenium.ElementClickInterceptedException replaced) {
                if (tries == 20) {
                    throw replaced;
                }
            }
        }
    }

    /** Waits until a page shows this text somewhere. */
    public Browser shows(String text) {
        Await.until(
                "\"" + text + "\" on " + driver.getCurrentUrl(),
                PATIENCE,
                () -> driver.findElement(By.tagName("body")).getText().contains(text));
        return this;
    }

    /** What the browser has complained of since the last time; missing favourite icons do not count. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("favicon"))
                .toList();
    }

    /**
     * What keeps people from using the page shown, with a keyboard, a screen reader or weak eyes: serious and critical
     * findings of axe-core against WCAG 2.2 AA, each with the elements it is about.
     */
    public List<String> barriers() {
        driver.executeScript(AXE);
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(
                    result => done(result.violations
                        .filter(finding => ['serious', 'critical'].includes(finding.impact))
                        .map(finding => finding.id + ' (' + finding.help + '): '
                            + finding.nodes.slice(0, 4).map(node => node.html.slice(0, 160)
                                + ' -- ' + (node.any[0] ? node.any[0].message : '')).join(' | '))),
                    failed => done(['axe failed: ' + failed]));
                """);
        return found instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of("axe said nothing");
    }

    /** Whether the page shown is wider than its window, or something in it stands out at its side. */
    public boolean overflows() {
        return Boolean.TRUE.equals(driver.executeScript("""
                const wide = document.documentElement.clientWidth;
                return document.documentElement.scrollWidth > wide + 1
                    || [...document.querySelectorAll('main *')].some(each => {
                        const box = each.getBoundingClientRect();
                        return box.width > 1 && box.right > wide + 1
                            && getComputedStyle(each).visibility !== 'hidden' && !each.closest('.unseen, .tabs, .scrolls');
                    });
                """));
    }

    /** How long the server took for the page shown, from the request to its last octet; nanoseconds. */
    public long serverNanos() {
        Object millis = driver.executeScript(
                "const e = performance.getEntriesByType('navigation')[0]; return e.responseEnd - e.requestStart");
        return millis instanceof Number number ? (long) (number.doubleValue() * 1e6) : 0;
    }

    /** Makes the window as large as this. */
    public Browser size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
        return this;
    }

    /** Shows pages as for people who have chosen dark, or light, in their system. */
    public Browser scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /**
     * Takes a picture for the guide, only where one is wanted: {@code -Dpictures=write} replaces those that the guide shows,
     * any other value is a folder for all of them.
     */
    public Browser picture(String name) {
        String wanted = System.getProperty("pictures", "");
        boolean write = wanted.equals("write");
        Path file = Path.of(write ? "../docs/guide/pictures" : wanted).resolve(name + ".png");
        if (write ? Files.exists(file) : !wanted.isEmpty()) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
        return this;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
