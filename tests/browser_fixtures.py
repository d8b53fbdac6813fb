"""Browsers, a host for the site, and pages: what tests/browser and tests/slow/browser share."""

import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from project import ROOT

PHONE = (390, 664)
TABLET = (768, 1024)
DESK = (1280, 800)
TOOLS = ROOT / "tests" / "browser"
AXE = TOOLS / "node_modules" / "axe-core" / "axe.min.js"
INSPECT = TOOLS / "inspect.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Firefox takes these from its settings alone, and refuses a page that asks for others.
BY_SETTINGS = ("color_scheme", "reduced_motion", "forced_colors", "contrast")
THEME_SETTING = "layout.css.prefers-color-scheme.content-override"
FINE_AND_HOVERS = 2 | 4  # the bits of Firefox for a mouse
SETTINGS = {
    "ui.prefersReducedMotion": 1,
    "browser.download.alwaysOpenPanel": False,  # it would take the next key from the page
    "browser.download.folderList": 2,  # the folder that is named
    "dom.events.testing.asyncClipboard": True,  # a test may fill and read the clipboard
    # A machine of tests has no mouse, and Firefox would take it for a phone.
    "ui.allPointerCapabilities": FINE_AND_HOVERS,
    "ui.primaryPointerCapabilities": FINE_AND_HOVERS,
}
# As inside of some apps: a page may not write to the clipboard, except by the old command;
# and a browser that takes this away, too.
NO_CLIPBOARD = """
if (navigator.clipboard) // which an empty page does not have in Firefox
  navigator.clipboard.writeText = () => Promise.reject(new Error());
"""
NO_COPYING = f"""{NO_CLIPBOARD}const {{ execCommand }} = Document.prototype;
Document.prototype.execCommand = function (name, ...values) {{
  return name !== "copy" && execCommand.call(this, name, ...values);
}};"""
# A browser drops what it still waits for when the page is left: nothing failed. A picture
# that cannot be shown is reported by `inspect`.
DROPPED = ("net::ERR_ABORTED", "NS_BINDING_ABORTED")
# Firefox says so of a formula of which only the first part has come. That each is whole, the
# validator says.
HALF_A_FORMULA = "Incorrect number of children for <"
SIDEWAYS = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
}"""
SHIFT = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve(sum), 300);
})"""


def viewport(size):
    width, height = size
    return {"width": width, "height": height}


def program(name, prepare="prepare.sh"):
    path = shutil.which(name)
    assert path, (
        f"The browser tests need {name}. Fix: sh tests/browser/{prepare}, as root"
    )
    return path


class Chromium:
    """Chromium, which opens contexts of a size and theme."""

    name = "chromium"

    def __init__(self, process):
        self.process = process

    def new_context(self, size, theme="light", **options):
        options = {"reduced_motion": "reduce"} | options
        return self.process.new_context(
            viewport=viewport(size), color_scheme=theme, **options
        )


class Firefox:
    """Firefox, started once for each theme that is asked for, which opens contexts."""

    name = "firefox"

    def __init__(self, playwright, downloads):
        self.launch = partial(
            playwright.firefox.launch,
            channel="moz-firefox",
            executable_path=program("firefox-esr"),
        )
        self.settings = SETTINGS | {"browser.download.dir": str(downloads)}
        self.processes = {}

    def new_context(self, size, theme="light", **options):
        if theme not in self.processes:
            settings = self.settings | {THEME_SETTING: ["dark", "light"].index(theme)}
            self.processes[theme] = self.launch(firefox_user_prefs=settings)
        options = options | dict.fromkeys(BY_SETTINGS, "null")
        return self.processes[theme].new_context(viewport=viewport(size), **options)

    def close(self):
        for process in self.processes.values():
            process.close()


@pytest.fixture(scope="session")
def playwright():
    from playwright.sync_api import (
        sync_playwright,
    )  # tests without a browser do without it

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright):
    # Without its windows it does the same work with a third of the processor.
    path = shutil.which("chromium-headless-shell") or program("chromium")
    process = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield process
    process.close()


@pytest.fixture(scope="session")
def firefox(playwright, tmp_path_factory):
    started = Firefox(playwright, tmp_path_factory.mktemp("downloads"))
    yield started
    started.close()


@pytest.fixture(scope="session")
def browser(chromium):
    """The browser of a test. A folder or a module may name another one."""
    return Chromium(chromium)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a word about each."""

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def serve():
    """Serve a folder, and give the address."""

    @contextmanager
    def serving(folder):
        handler = partial(QuietHandler, directory=str(folder))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()

    return serving


@pytest.fixture(scope="session")
def host(built, serve, tmp_path_factory):
    """The address of a host that serves the site below /repo/."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "repo").symlink_to(built.site)
    with serve(folder) as address:
        yield f"{address}repo/"


@pytest.fixture(scope="session")
def disk(built):
    """The address of the site on the disk."""
    return built.site.as_uri() + "/"


@pytest.fixture(scope="session")
def listen(host, disk):
    """Collect what a page says, fails to fetch, or fetches from elsewhere."""
    places = (host, disk, "data:", "about:", "blob:")

    def listening(page, complaints):
        def complain(what):
            complaints.append(f"{page.url}: {what}")

        def said(message):
            if not message.text.startswith(HALF_A_FORMULA):
                complain(message.text)

        def failed(request):
            if request.failure not in DROPPED:
                complain(f"{request.url} failed: {request.failure}")

        def answered(response):
            if response.status >= 400:
                complain(f"{response.url} {response.status}")

        def asked(request):
            if not request.url.startswith(places):
                complain(f"{request.url} is elsewhere")

        page.on("console", said)
        page.on("pageerror", lambda error: complain(str(error)))
        page.on("requestfailed", failed)
        page.on("response", answered)
        page.on("request", asked)

    return listening


class Pages:
    """The pages that the tests of a module share: a new one takes longer than most tests."""

    def __init__(self, listen):
        self.listen = listen
        self.kept = {}
        self.complaints = []

    def open(self, context, prepare):
        page = context.new_page()
        self.listen(page, self.complaints)
        prepare(page)
        return page

    def take(self, browser, size, options, quiet_place="about:blank"):
        """Give the page that was opened like this before, or a new one, at a place without script."""
        key = (browser.name, size, repr(sorted(options.items())))
        if key not in self.kept:
            context = browser.new_context(size, **options)
            self.kept[key] = self.open(context, no_preparation)
        page = self.kept[key]
        page.goto(quiet_place)
        page.set_viewport_size(viewport(size))
        page.mouse.move(0, 0)
        return page


def no_preparation(page):
    pass


@pytest.fixture(scope="module")
def pages(listen):
    shared = Pages(listen)
    yield shared
    for page in shared.kept.values():
        page.context.close()


@pytest.fixture
def visit(browser, host, pages):
    """Open an address, or a path of the host; what the page complains of is a fault.

    The page may be one that an earlier test of the module has used, and what that has
    stored for the session may be forgotten. A test that changes what else outlives an
    address (history, medium, clock) asks for a fresh one, which takes twice as long, or for
    one beside another page of the same reader. `prepare` is given it before it is opened.
    """
    contexts = []
    pages.complaints.clear()

    def visiting(
        address,
        size=PHONE,
        fresh=False,
        forgotten=False,
        beside=None,
        prepare=no_preparation,
        **options,
    ):
        if beside:
            page = pages.open(beside.context, prepare)
        elif fresh or prepare is not no_preparation:
            contexts.append(browser.new_context(size, **options))
            page = pages.open(contexts[-1], prepare)
        elif forgotten:
            page = pages.take(browser, size, options, host + "robots.txt")
            page.evaluate("sessionStorage.clear()")
        else:
            page = pages.take(browser, size, options)
        page.bring_to_front()
        page.goto(address if ":" in address.partition("#")[0] else host + address)
        return page

    yield visiting
    for context in contexts:
        context.close()
    assert pages.complaints == []


@pytest.fixture(scope="session")
def sideways():
    """By how many pixels a page can be scrolled sideways."""
    return lambda page: page.evaluate(SIDEWAYS)


@pytest.fixture(scope="session")
def axe():
    """The script that looks for what keeps people from reading a page."""
    assert AXE.exists(), (
        "The browser tests need axe-core. Fix: sh tests/browser/prepare.sh"
    )
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def inspect(axe):
    """Give the faults of a page as it stands: pictures, small targets, and what axe finds."""
    script = INSPECT.read_text(encoding="utf-8")

    def inspected(page, only_colours=False):
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(axe)
        found = page.evaluate(script, only_colours)
        return {kind: faults for kind, faults in found.items() if faults}

    return inspected


@pytest.fixture(scope="session")
def shift():
    """How much of a page has moved while it loaded."""
    return lambda page: page.evaluate(SHIFT)
