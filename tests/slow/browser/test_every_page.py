"""Every page in a browser, light and dark, from 320 to 1280 px and at a zoom of 200 %.

What each size and theme is looked at for, and on which pages, the walk says.
"""

from dataclasses import dataclass, field

import pytest
from browser_fixtures import DESK, PHONE, TABLET, viewport
from reading.pages import LANGUAGE

SMALL = [(320, 568), (360, 640)]
ZOOMED = [(384, 512), (640, 400)]  # tablet and desk at 200 %
SIZES = [*SMALL, *ZOOMED, PHONE, TABLET, DESK]
# On a phone space is short, on a desk more is shown, and in the dark only colours are new.
LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light")]
LAYOUT = """() => ({
  sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  longCode: [...document.querySelectorAll('pre')]
    .filter(code => code.scrollWidth > code.clientWidth)
    .map(code => code.textContent),
})"""
# Not wait_for_function: it evaluates text in the page, which the content policy forbids.
BROKEN = """async () => {
  const images = [...document.images];
  for (const image of images) image.loading = 'eager';
  await Promise.all(images.map(image => image.decode().catch(() => null)));
  return images.filter(image => !image.naturalWidth).map(image => image.src);
}"""
# Listings that are wide on purpose: to show what a longer line does, and as a terminal has them.
WIDE = {"elements/index.html": 1, "check/index.html": 4}
# Nobody sees what is folded, and axe passes over it.
DROP_FOLDED = """() => document.querySelectorAll('details:not([open]) > :not(summary)')
  .forEach(element => element.remove())"""


@dataclass
class Walk:
    """What was found on a walk over many pages, each by path and width, faults by theme, too."""

    layouts: dict = field(default_factory=dict)
    broken: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)
    complaints: list = field(default_factory=list)

    def measure(self, page, path, sizes):
        for size in sizes:
            page.set_viewport_size(viewport(size))
            self.layouts[path, size[0]] = page.evaluate(LAYOUT)
        self.broken[path] = page.evaluate(BROKEN)

    def of_kind(self, kind):
        return {
            place: found[kind] for place, found in self.faults.items() if kind in found
        }


def set_theme(page, theme):
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)


@pytest.fixture(scope="module")
def walk(browser, find_once, walk_over_pages):
    """The walk in this browser, which takes minutes: the processes of a run share it."""
    return Walk(**find_once(f"walk-{browser.name}", lambda: vars(walk_over_pages())))


@pytest.fixture(scope="module")
def walk_over_pages(
    browser, watch, inspect, host, paths, alike, in_english, kinds, sample
):
    """Measure every page, and look closely at those that differ.

    A page is measured at every width, and if it is like others on small phones. In English
    every page is inspected, of functions two, and in the other languages one of each
    template. One of each template in each language is so in every look. Firefox, which is
    slow at that, measures these, and inspects those in English.
    """

    def walking():
        walked = Walk()
        is_chromium = browser.name == "chromium"
        scale = {"device_scale_factor": 2} if is_chromium else {}
        inspected = {*in_english, *sample} if is_chromium else {*kinds}
        with watch(PHONE, **scale) as (page, complaints):
            for path in paths if is_chromium else sample:
                page.goto(host + path)
                is_measured_short = path in alike and path not in sample
                walked.measure(page, path, SMALL if is_measured_short else SIZES)
                page.evaluate(DROP_FOLDED)
                looks = LOOKS if path in sample else LOOKS[:1]
                for size, theme in looks if path in inspected else []:
                    page.set_viewport_size(viewport(size))
                    set_theme(page, theme)
                    found = inspect(page, only_colours=theme == "dark")
                    walked.faults[path, size[0], theme] = found
            walked.complaints = complaints
        return walked

    return walking


def test_no_page_complains_or_asks_elsewhere(walk, kinds, sample):
    assert len(walk.faults) >= len(LOOKS) * len(kinds)
    assert len(walk.layouts) >= len(SIZES) * len(sample)
    assert walk.complaints == []


def test_every_picture_is_shown(walk):
    assert {path: files for path, files in walk.broken.items() if files} == {}


def test_no_page_scrolls_sideways(walk):
    assert {
        place for place, layout in walk.layouts.items() if layout["sideways"]
    } == set()


@pytest.mark.parametrize("browser", ["chromium"], indirect=True)
def test_no_code_scrolls_sideways_on_a_phone(walk):
    """In Chromium alone, whose scroll bars take no room here, as those of a phone."""
    for (path, width), layout in walk.layouts.items():
        if width in (390, 360):
            expected = WIDE.get(LANGUAGE.sub("", path), 0)
            assert len(layout["longCode"]) == expected, (path, layout)


def test_every_target_is_large_enough(walk):
    assert walk.of_kind("small") == {}


def test_axe_finds_nothing_on_any_page(walk):
    assert walk.of_kind("axe") == {}


SEED = """() => {
  const add = (name, given) => document.body.append(
    Object.assign(document.createElement(name), given));
  add('img', {src: '/repo/nowhere.svg'});
  add('img', {src: 'https://example.org/'});
  add('canvas', {width: 2000});
  add('button', {textContent: 'tiny'});
  document.body.setAttribute('style', 'color: red');
  setTimeout(() => { throw new Error('boo'); });
}"""


def test_a_fault_of_each_kind_is_found(watch, inspect, sideways, host):
    with watch(PHONE) as (page, complaints):
        page.goto(host)
        assert inspect(page) == {}
        assert complaints == []
        page.evaluate(SEED)
        faults = inspect(page)
        assert sideways(page) > 0
    assert host + "nowhere.svg" in faults["broken"]
    assert any("tiny" in control for control in faults["small"])
    assert any(fault.startswith("image-alt") for fault in faults["axe"])
    for complaint in ("style-src", "nowhere.svg 404", "https://example.org/", "boo"):
        assert complaint in " ".join(complaints)


ADD_UNSEEN_WORD = """() => document.querySelector('main').append(
  Object.assign(document.createElement('p'),
    {textContent: 'a word', id: 'unseen', style: 'color: light-dark(#000, #222)'}))"""


def test_what_is_unseen_in_the_dark_alone_is_found_there(watch, inspect, host):
    with watch(PHONE) as (page, _):
        page.goto(host)
        page.evaluate(ADD_UNSEEN_WORD)
        assert inspect(page) == {}
        set_theme(page, "dark")
        assert inspect(page, only_colours=True) == {"axe": ["color-contrast: #unseen"]}


def test_pages_open_from_disk(watch, disk, sample):
    with watch(PHONE) as (page, complaints):
        for path in sample:
            if path != "404.html":  # its links start at the root of a host
                page.goto(disk + path)
                assert page.evaluate(BROKEN) == [], path
    assert complaints == []


# What stands close behind a formula, such as a full stop, and lies lower or further left.
PARTED = """() => [...document.querySelectorAll('math:not([display])')].filter(formula => {
  const next = formula.nextSibling ?? formula.parentElement.nextSibling;
  if (!/^\\S/.test(next?.data)) return false;
  const range = document.createRange();
  range.setStart(next, 0);
  range.setEnd(next, 1);
  const mark = range.getBoundingClientRect();
  const box = formula.getBoundingClientRect();
  return mark.top > box.bottom - 3 || mark.left < box.left;
}).map(formula => formula.parentElement.outerHTML)"""


def test_no_full_stop_is_parted_from_its_formula(watch, host):
    with watch(PHONE) as (page, _):
        page.goto(host + "tutorial/when-it-is-right/")
        for width in range(320, 480, 8):
            page.set_viewport_size(viewport((width, 664)))
            assert page.evaluate(PARTED) == [], width
