"""Real browsers, and the site below a folder of a host, for tests/browser and tests/slow/browser."""

import re
import shutil
import threading
from collections.abc import Callable
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

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
BY_SETTINGS = dict.fromkeys(("color_scheme", "reduced_motion", "forced_colors", "contrast"), "null")
# The panel of downloads would take the next key from the page.
SETTINGS = {"ui.prefersReducedMotion": 1, "browser.download.alwaysOpenPanel": False}
SETTINGS |= {"browser.download.folderList": 2}  # a folder of its own, see below
HERE = Path(__file__).parent / "browser"
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
INSPECT = HERE / "inspect.js"
SIZES = PHONE, TABLET, DESK = (390, 664), (768, 1024), (1280, 800)
SMALL = [(360, 640), (320, 568)]
NARROW = [(640, 400), (384, 512), *SMALL]  # desk and tablet at a zoom of 200 %, small phones
LIES = """() => ({
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  long: [...document.querySelectorAll('pre')].filter(code => code.scrollWidth > code.clientWidth)
    .map(code => code.textContent),
})"""
LEADS = """() => ({
  links: [...document.links].map(link => link.href),
  ids: [...document.querySelectorAll('[id]')].map(element => element.id),
})"""
FOLDED = """() => document.querySelectorAll('details:not([open]) > :not(summary)')
  .forEach(element => element.remove())"""
SHIFT = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve(sum), 300);
})"""
SORT = re.compile(r'type="\w+"| hidden\b| disabled\b')  # what tells controls apart
# Firefox asks for a page's icon late, and for its pictures anew in another theme, and drops what it
# still waits for when the page is left: nothing failed. A picture that does is told by `inspect`.
DROPPED = (".svg", "NS_BINDING_ABORTED")
THEME = "layout.css.prefers-color-scheme.content-override"


def viewport(size):
    return dict(zip(("width", "height"), size, strict=True))


def program(name):
    path = shutil.which(name)
    assert path, f"The browser tests need {name}. Fix: sh tests/browser/prepare.sh, as root"
    return path


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright):
    path = shutil.which("chromium-headless-shell") or program("chromium")
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright, tmp_path_factory):
    """What gives the Firefox of a theme, started when it is first asked for."""
    path, started = program("firefox-esr"), {}

    def of(theme):
        settings = SETTINGS | {THEME: ["dark", "light"].index(theme)}
        if theme not in started:
            # Another process saves files of the same names.
            settings["browser.download.dir"] = str(tmp_path_factory.mktemp("downloads"))
            started[theme] = playwright.firefox.launch(
                channel="moz-firefox", executable_path=path, firefox_user_prefs=settings
            )
        return started[theme]

    yield of
    for browser in started.values():
        browser.close()


@pytest.fixture(scope="session", params=["chromium", "firefox"])
def browser(request) -> Callable:
    """What opens a context of either browser, by size and theme."""
    engine = request.getfixturevalue(request.param)

    @contextmanager
    def opened(size, theme="light", **options):
        options["viewport"] = viewport(size)
        if request.param == "firefox":
            context = engine(theme).new_context(**options | BY_SETTINGS)
        else:
            context = engine.new_context(color_scheme=theme, reduced_motion="reduce", **options)
        yield context
        context.close()

    opened.name = request.param
    return opened


@pytest.fixture
def visit(chromium):
    """Open an address at a size; whatever a page says on its console is a fault."""
    said: list[str] = []
    contexts = []

    def visited(address, size, prepare=lambda page: None, **options):
        contexts.append(chromium.new_context(viewport=viewport(size), **options))
        page = contexts[-1].new_page()
        prepare(page)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        return page

    yield visited
    for context in contexts:
        context.close()
    assert not said


@pytest.fixture(scope="session")
def resize():
    """What gives the window of a page another size."""
    return lambda page, size: page.set_viewport_size(viewport(size))


@pytest.fixture
def shift():
    """How much of a page has moved while it loaded."""
    return lambda page: page.evaluate(SHIFT)


@pytest.fixture(scope="session")
def paths(built):
    """Every page of the site, found and not listed."""
    found = sorted(p.relative_to(built.site).as_posix() for p in built.site.rglob("*.html"))
    assert len(found) > 30
    return found


@pytest.fixture(scope="session")
def alike(paths):
    """The pages of functions but two: they differ from those in words and pictures alone."""
    return [p for p in paths if p.startswith("functions/") and p != "functions/index.html"][2:]


@pytest.fixture(scope="session")
def kinds(built, paths):
    """One page of each kind and sequence of controls: what differs between them is only words."""
    found = {}
    for path in paths:
        html = (built.site / path).read_text(encoding="utf-8")
        body = re.search(r"<body[^>]*>", html)[0]
        tags = re.findall(r"<(?:button|input|select|textarea|summary)\b[^>]*|role=.slider.", html)
        alike = [(re.split(r"[\s>]", tag)[0], *SORT.findall(tag)) for tag in tags]
        found.setdefault((body, str(alike)), path)
    assert len(found) > 10
    return sorted(found.values())


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def serve():
    """What serves a folder and gives the address."""

    @contextmanager
    def served(folder):
        handler = partial(Quiet, directory=str(folder))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()

    return served


@pytest.fixture(scope="session")
def host(built, serve, tmp_path_factory):
    """The address of a host that serves the site below /repo/."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "repo").symlink_to(built.site)
    with serve(folder) as address:
        yield f"{address}repo/"


@pytest.fixture(scope="session")
def watch(host, built):
    """What opens a page and keeps whatever it says, fails to fetch, or fetches from elsewhere."""
    home = (host, built.site.as_uri(), "data:", "about:")

    @contextmanager
    def watched(context):
        page, complaints = context.new_page(), []

        def complain(what):
            complaints.append(f"{page.url}: {what}")

        def failed(request):
            if (request.url[-4:], request.failure) != DROPPED:
                complain(f"{request.url} failed: {request.failure}")

        page.on("console", lambda message: complain(message.text))
        page.on("pageerror", lambda error: complain(str(error)))
        page.on("requestfailed", failed)
        page.on("response", lambda r: r.status >= 400 and complain(f"{r.url} {r.status}"))
        page.on("request", lambda r: r.url.startswith(home) or complain(f"{r.url} is elsewhere"))
        yield page, complaints
        page.close()

    return watched


@pytest.fixture(scope="session")
def inspect():
    """What tells the faults of a page as it lies there, by kind."""

    def inspected(page, only_colours=False):
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(INSPECT.read_text(encoding="utf-8"), only_colours)
        return found | {"wide": page.evaluate(LIES)["wide"]}

    return inspected


@pytest.fixture(scope="session")
def walk(browser, watch, inspect, host, paths, alike):
    """The faults of every page at every size in both themes, how it lies there, where it leads,
    and all complaints of the way.

    Of pages that are alike, beyond a phone, where space is short, two stand for all, and the
    others need only not scroll sideways on a small one. What is folded, which nobody sees and axe
    passes over, need not be read through at each turn: of pages that are alike it goes at once, of
    others when they have been seen whole. Of a page in the other theme nothing but colours is new.
    Firefox, and whoever looks for colours, takes turns at the sizes.
    """
    faults, lies, leads = {}, {}, {}
    opened = browser(PHONE, device_scale_factor=2 if browser.name == "chromium" else 1)
    with opened as context, watch(context) as (page, complaints):
        for turn, path in enumerate(paths):
            larger = SIZES[1 + turn % 2]
            sizes, dark = SIZES, [PHONE, larger]
            if browser.name == "firefox":
                sizes = [PHONE, larger]
                dark = [PHONE if path in alike else sizes[turn // 2 % 2]]
            page.set_viewport_size(viewport(PHONE))
            page.goto(host + path)
            leads[path] = page.evaluate(LEADS)
            if path in alike:
                page.evaluate(FOLDED)
            for size in [PHONE, *SMALL] if path in alike else [*sizes, *NARROW]:
                page.set_viewport_size(viewport(size))
                lies[path, size[0]] = page.evaluate(LIES)
                for theme in ["light"] * (size in sizes) + ["dark"] * (size in dark):
                    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
                    faults[path, size[0], theme] = inspect(page, theme == "dark")
                    page.evaluate(FOLDED)
    return faults, lies, leads, complaints
