"""No page has a fault that axe can find, on a phone in the dark or on a desk by daylight."""

from pathlib import Path

import pytest

AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run()).violations.map(
  fault => `${fault.id}: ${fault.nodes.map(node => node.target.join(' ')).join(', ')}`)"""


@pytest.fixture(
    params=[((390, 664), "dark"), ((1280, 800), "light")], ids=["phone, dark", "desk, light"]
)
def page(request, chromium):
    (width, height), scheme = request.param
    opened = chromium.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    yield opened
    opened.close()


def faults(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(RUN)


def test_axe_finds_nothing_on_any_page(page, built, host):
    paths = sorted(p.relative_to(built.site).as_posix() for p in built.site.rglob("*.html"))
    assert len(paths) > 30
    found = {}
    for path in paths:
        if path != "404.html":  # its style sheet is found from the root of its own host
            page.goto(host + path)
            found[path] = faults(page)
    assert not {path: fault for path, fault in found.items() if fault}


def test_axe_would_find_a_picture_without_words(page, host):
    page.goto(host)
    page.evaluate("[...document.images].forEach(image => image.removeAttribute('alt'))")
    assert any(fault.startswith("image-alt") for fault in faults(page))
