"""A page of each kind: for who sees little, has a small phone, no mouse or no script."""

import pytest
from browser_fixtures import DESK, PHONE, TOOLS, viewport

from tests.browser.tabbing import assert_all_reached, tab_back

KINDS = {
    "home": "",
    "errata": "errata/",
    "erratum": "errata/tangent/",
    "functions": "functions/",
    "function": "functions/product/",
    "tutorial": "tutorial/",
    "step": "tutorial/routine/",
    "playground": "playground/",
    "page": "about/",
    "all elements": "elements/",
    "not found": "404.html",
}
# What tests/slow asks of every page is asked here of those whose parts differ most.
WITH_WIDGETS = ["", "errata/", "functions/product/", "tutorial/routine/", "playground/"]
each_kind = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
NO_SCRIPT = (TOOLS / "no_script.js").read_text(encoding="utf-8")
BROKEN = """async () => {
  const images = [...document.images];
  for (const image of images) image.loading = 'eager';
  await Promise.all(images.map(image => image.decode().catch(() => null)));
  return images.filter(image => !image.naturalWidth).map(image => image.src);
}"""


@pytest.mark.parametrize("path", [*WITH_WIDGETS[:-1], "elements/"])
def test_axe_finds_nothing_on_a_phone_in_the_dark(visit, inspect, path):
    assert inspect(visit(path, PHONE, theme="dark")) == {}


@pytest.mark.parametrize("path", ["", "playground/"], ids=["home", "playground"])
def test_axe_finds_nothing_on_a_desk_in_the_light(visit, inspect, path):
    """There they show what a phone hides."""
    assert inspect(visit(path, DESK, theme="light")) == {}


@each_kind
def test_no_page_scrolls_sideways_on_a_phone(visit, sideways, path):
    page = visit(path)
    assert sideways(page) == 0
    page.set_viewport_size(viewport((320, 568)))
    assert sideways(page) == 0


@pytest.mark.parametrize("path", WITH_WIDGETS)
def test_tab_reaches_everything_in_order_and_its_focus_is_seen(visit, path):
    assert_all_reached(visit(path))


def test_shift_and_tab_lead_back(visit):
    page = visit("", fresh=True)
    for _ in range(6):
        page.keyboard.press("Tab")
    reached = tab_back(page, presses=5)
    assert reached == sorted(reached, reverse=True)
    assert reached[-1] == 0


@each_kind
def test_without_script_a_page_reads_whole(visit, path):
    page = visit(path, java_script_enabled=False)
    found = page.evaluate(NO_SCRIPT)
    assert found["lost"] == []
    assert found["broken"] == []
    assert found["dead"] == []  # no control is shown that does not answer
    assert set(found["pairs"]) <= {2}
    assert found["words"] > 20
    assert found["links"] > 0


@pytest.mark.parametrize("path", WITH_WIDGETS)
def test_a_page_opens_from_disk(visit, disk, path):
    page = visit(f"{disk}{path}index.html")
    assert page.evaluate(BROKEN) == []
    assert page.locator(".brand").evaluate("link => link.href") == f"{disk}index.html"
