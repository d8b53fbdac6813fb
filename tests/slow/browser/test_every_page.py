"""Every page in a browser, light and dark, from 320 to 1280 px and at a zoom of 200 %.

What each size and theme is looked at for, and on which pages, the walk says.
"""

from dataclasses import dataclass, field

import pytest
from browser_fixtures import DESK, PHONE, TABLET, viewport
from reading.pages import LANGUAGE

SMALL = [(360, 640), (320, 568)]
ZOOMED = [(640, 400), (384, 512)]  # desk and tablet at 200 %
LAYOUT = """() => ({
  sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  longCode: [...document.querySelectorAll('pre')]
    .filter(code => code.scrollWidth > code.clientWidth)
    .map(code => code.textContent),
})"""
# Listings that are wide on purpose: to show what a longer line does, and as a terminal has them.
WIDE = {"elements/index.html": 1, "check/index.html": 5}
# Nobody sees what is folded, and axe passes over it.
DROP_FOLDED = """() => document.querySelectorAll('details:not([open]) > :not(summary)')
  .forEach(element => element.remove())"""


@dataclass
class Walk:
    """What was found on a walk over many pages, each by path and width, faults by theme, too."""

    faults: dict = field(default_factory=dict)
    layouts: dict = field(default_factory=dict)
    complaints: list = field(default_factory=list)

    def of_kind(self, kind):
        return {
            place: found[kind] for place, found in self.faults.items() if kind in found
        }


def set_theme(page, theme):
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)


@pytest.fixture(scope="module")
def walk(browser, watch, inspect, host, paths, alike, in_english, kinds):
    """Open every page in Chromium, and all but those that are alike in Firefox.

    Each is inspected on a phone, where space is short; in English on a desk, too, where
    more is shown, and in the dark, where only colours are new. A language changes neither.
    Firefox, which is slow at that, does so on a page of each kind. A width is measured in
    no time: every page is, at every one, but for those that are alike.
    """
    walked = Walk()
    is_chromium = browser.name == "chromium"
    scale = {"device_scale_factor": 2} if is_chromium else {}
    looked_at_twice = in_english if is_chromium else kinds
    with watch(PHONE, **scale) as (page, complaints):
        for path in paths if is_chromium else sorted({*paths} - {*alike}):
            looks = [(PHONE, "light")]
            if path in looked_at_twice:
                looks += [(PHONE, "dark"), (DESK, "light")]
            page.set_viewport_size(viewport(PHONE))
            page.goto(host + path)
            for size in SMALL if path in alike else [*SMALL, *ZOOMED, TABLET, DESK]:
                page.set_viewport_size(viewport(size))
                walked.layouts[path, size[0]] = page.evaluate(LAYOUT)
            for size, theme in looks:
                page.set_viewport_size(viewport(size))
                walked.layouts[path, size[0]] = page.evaluate(LAYOUT)
                set_theme(page, theme)
                found = inspect(page, only_colours=theme == "dark")
                walked.faults[path, size[0], theme] = found
                page.evaluate(DROP_FOLDED)
        walked.complaints = complaints
    return walked


def test_no_page_complains_or_asks_elsewhere(walk, distinct, kinds):
    assert len(walk.faults) >= len(distinct) + 2 * len(kinds)
    assert len(walk.layouts) >= 7 * len(distinct)
    assert walk.complaints == []


def test_every_picture_is_shown(walk):
    assert walk.of_kind("broken") == {}


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


# Not wait_for_function: it evaluates text in the page, which the content policy forbids.
BROKEN = """async () => {
  const images = [...document.images];
  for (const image of images) image.loading = 'eager';
  await Promise.all(images.map(image => image.decode().catch(() => null)));
  return images.filter(image => !image.naturalWidth).map(image => image.src);
}"""


def test_pages_open_from_disk(watch, disk, distinct):
    with watch(PHONE) as (page, complaints):
        for path in distinct:
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
