"""Every page in both browsers, light and dark, from 320 to 1280 px and at a zoom of 200 %."""

from urllib.parse import unquote, urldefrag
from urllib.request import urlopen

from gradviz_core import parse_spelling

# Not wait_for_function: it evaluates text in the page, which the content policy forbids.
LOAD_IMAGES = """() => Promise.all([...document.images].map(image => {
  image.loading = 'eager';
  return image.decode().catch(() => null);
}))"""
BROKEN = "[...document.images].filter(image => !image.naturalWidth).map(image => image.src)"
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

UNSEEN = """() => document.querySelector('main').append(Object.assign(document.createElement('p'),
  {textContent: 'a word', id: 'unseen', style: 'color: light-dark(#000, #222)'}))"""


def found(walk, kind):
    faults, *_ = walk
    return {place: of[kind] for place, of in faults.items() if of.get(kind)}


def test_no_page_complains_or_asks_elsewhere(walk, paths):
    faults, lies, _, complaints = walk
    assert len(faults) >= 2 * len(paths)
    assert len(lies) >= 3 * len(paths)
    assert not complaints


def test_every_picture_is_shown(walk):
    assert not found(walk, "broken")


def test_no_page_scrolls_sideways(walk):
    assert not found(walk, "wide")
    _, lies, *_ = walk
    assert not {place for place, of in lies.items() if of["wide"]}


def test_no_code_scrolls_sideways_on_a_phone(walk, browser):
    # In Chromium alone, whose scroll bars take no room here: those of a phone take none.
    _, lies, *_ = walk
    phones = [place for place in lies if place[1] in (390, 360) and browser.name == "chromium"]
    for place in phones:
        long = lies[place]["long"]
        # The page of all elements shows on purpose what a longer line does.
        assert len(long) == (place[0] == "elements/index.html"), (place, long)


def test_every_target_is_large_enough(walk):
    assert not found(walk, "small")


def test_axe_finds_nothing_on_any_page(walk):
    assert not found(walk, "axe")


def test_pages_open_from_disk(browser, watch, built, paths, alike):
    with browser((390, 664)) as context, watch(context) as (page, complaints):
        for path in sorted({*paths} - {*alike}):
            if path != "404.html":  # its links start at the root of a host
                page.goto(f"{built.site.as_uri()}/{path}")
                page.evaluate(LOAD_IMAGES)
                assert not page.evaluate(BROKEN), path
    assert not complaints


def test_a_fault_of_each_kind_is_found(browser, watch, inspect, host):
    with browser((390, 664)) as context, watch(context) as (page, complaints):
        page.goto(host)
        assert not any(inspect(page).values())
        assert not complaints
        page.evaluate(SEED)
        faults = inspect(page)
    assert faults["wide"] > 0
    assert host + "nowhere.svg" in faults["broken"]
    assert any("tiny" in control for control in faults["small"])
    assert any(fault.startswith("image-alt") for fault in faults["axe"])
    for complaint in ("style-src", "nowhere.svg 404", "https://example.org/", "boo"):
        assert complaint in " ".join(complaints)


def test_what_is_unseen_in_the_dark_alone_is_found_there(browser, inspect, host):
    with browser((390, 664)) as context:
        page = context.new_page()
        page.goto(host)
        page.evaluate(UNSEEN)
        assert not inspect(page)["axe"]
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        (fault,) = inspect(page, only_colours=True)["axe"]
    assert fault == "color-contrast: #unseen"


def test_every_link_and_anchor_leads_somewhere(walk, host):
    _, _, leads, _ = walk
    ids = {host + path: {*of["ids"]} for path, of in leads.items()}
    links = {link for of in leads.values() for link in of["links"]}
    inside = sorted(link for link in links if link.startswith(host))
    assert len(inside) > len(leads)
    for link in inside:
        target, anchor = urldefrag(link)
        if target not in ids:
            with urlopen(target) as answer:
                assert answer.status == 200, link
        if anchor.startswith("f=") and "spelling" in ids[target]:
            parse_spelling(unquote(anchor[2:].partition("&")[0]))
        else:
            assert not anchor or anchor in ids[target], link
    assert not [link for link in links if link.startswith("http:") and not link.startswith(host)]


# What stands close behind a formula, such as a full stop, and lies lower or further left.
PARTED = """() => [...document.querySelectorAll('math:not([display])')].filter(formula => {
  const next = formula.nextSibling ?? formula.parentElement.nextSibling;
  if (!/^\\S/.test(next?.data)) return false;
  const range = document.createRange();
  range.setStart(next, 0);
  range.setEnd(next, 1);
  const [mark, box] = [range.getBoundingClientRect(), formula.getBoundingClientRect()];
  return mark.top > box.bottom - 3 || mark.left < box.left;
}).map(formula => formula.parentElement.outerHTML)"""


def test_no_full_stop_is_parted_from_its_formula(browser, watch, host):
    with browser((390, 664)) as context, watch(context) as (page, _):
        page.goto(host + "tutorial/when-it-is-right/")
        for width in range(320, 480, 8):
            page.set_viewport_size({"width": width, "height": 664})
            assert not page.evaluate(PARTED), width


HEADS = """() => {
  const box = document.querySelector('#arrows');
  box.scrollTop = box.scrollHeight / 2;
  const [frame, head] = [box, box.querySelector('thead')].map(e => e.getBoundingClientRect());
  const first = document.elementFromPoint(head.left + 5, head.bottom - 5).closest('thead');
  return [head.top - frame.top, frame.height / innerHeight, Boolean(first)];
}"""


def test_a_long_table_keeps_its_heads_in_sight(browser, watch, host):
    for size in ((390, 664), (1280, 800)):
        with browser(size) as context, watch(context) as (page, complaints):
            page.goto(host + "functions/product/#arrows")
            above, share, shown = page.evaluate(HEADS)
            assert abs(above) < 2
            assert share < 0.9
            assert shown
            assert not complaints
