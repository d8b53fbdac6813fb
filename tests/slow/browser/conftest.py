"""Every test here that asks for a browser runs in both, and none may be skipped."""

import fcntl
import os
import pickle
import re
from contextlib import contextmanager

import pytest
from browser_fixtures import Chromium
from no_skips import pytest_make_collect_report, pytest_runtest_makereport
from reading.pages import LANGUAGE

__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport"]

CONTROLS = re.compile(r"<(?:button|input|select|textarea|summary)\b[^>]*|role=.slider.")
# What tells controls apart that are read by the same tag.
SORT = re.compile(r'type="\w+"| hidden\b| disabled\b')


@pytest.fixture(scope="session")
def find_once(tmp_path_factory):
    """Find what takes long once for every process of this run: who comes second reads it."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder

    def found(name, find):
        path = shared / f"{name}.pickle"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                path.write_bytes(pickle.dumps(find()))
        return pickle.loads(path.read_bytes())

    return found


@pytest.fixture(scope="session", params=["chromium", "firefox"])
def browser(request):
    if request.param == "firefox":
        return request.getfixturevalue("firefox")
    return Chromium(request.getfixturevalue("chromium"))


@pytest.fixture(scope="session")
def watch(browser, listen):
    """Give a page of a size and theme, and the list of its complaints."""

    @contextmanager
    def watching(size, theme="light", **options):
        context = browser.new_context(size, theme, **options)
        page = context.new_page()
        complaints = []
        listen(page, complaints)
        yield page, complaints
        context.close()

    return watching


@pytest.fixture(scope="session")
def paths(built):
    """Every page of the site: they are looked for and not listed."""
    found = sorted(
        p.relative_to(built.site).as_posix() for p in built.site.rglob("*.html")
    )
    assert len(found) > 30
    return found


@pytest.fixture(scope="session")
def alike(paths):
    """The pages of functions but two in each language: they differ in words and pictures alone."""
    found = {}
    for path in paths:
        if language := re.match(r"(\w\w/)?functions/\w+/", path):
            found.setdefault(language[1], []).append(path)
    assert len(found) > 3
    return [path for functions in found.values() for path in functions[2:]]


@pytest.fixture(scope="session")
def distinct(paths, alike):
    """Every page but those of functions, of which two in each language stand for all."""
    return sorted({*paths} - {*alike})


@pytest.fixture(scope="session")
def in_english(distinct):
    """Those of them in English, whose words and headings are all different."""
    return [path for path in distinct if not LANGUAGE.match(path)]


@pytest.fixture(scope="session")
def kinds(built, paths):
    """One page of each kind and sequence of controls: the others differ in words alone.

    In English, so that a control has one name; pages in other languages have the same.
    """
    pages = {}
    for path in paths:
        if LANGUAGE.match(path):
            continue
        html = (built.site / path).read_text(encoding="utf-8")
        body = re.search(r"<body[^>]*>", html)[0]
        controls = [
            (re.split(r"[\s>]", tag)[0], *SORT.findall(tag))
            for tag in CONTROLS.findall(html)
        ]
        pages.setdefault((body, str(controls)), path)
    assert len(pages) > 10
    return sorted(pages.values())


@pytest.fixture(scope="session")
def sample(built, paths, kinds):
    """One page of each kind in English, and of each template in every other language."""
    pages = {}
    for path in paths:
        if language := LANGUAGE.match(path):
            html = (built.site / path).read_text(encoding="utf-8")
            template = re.search(r"<body[^>]*>", html)[0]
            pages.setdefault((language[0], template), path)
    assert len(pages) > 20
    return sorted([*kinds, *pages.values()])
