"""Every page in Chromium: from disk and from a folder of a host, on a phone and on a desk."""

from urllib.parse import urldefrag

import pytest

# Not wait_for_function: it evaluates text in the page, which the content policy forbids.
LOAD_IMAGES = """() => Promise.all([...document.images].map(image => {
  image.loading = 'eager';
  return image.decode().catch(() => null);
}))"""
WIDTHS = {"phone": (390, 664), "desk": (1280, 800)}


@pytest.fixture(scope="session")
def paths(built):
    found = sorted(p.relative_to(built.site).as_posix() for p in built.site.rglob("*.html"))
    assert len(found) > 20
    return found


@pytest.fixture(params=["disk", "host"])
def address(request, built, host):
    return built.site.as_uri() + "/" if request.param == "disk" else host


@pytest.mark.parametrize("size", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_open_without_a_complaint(chromium, paths, address, size, scheme):
    page = chromium.new_page(
        viewport=dict(zip(("width", "height"), size, strict=True)), color_scheme=scheme
    )
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: complaints.append(f"{page.url}: {request.url} failed"))
    page.on(
        "response",
        lambda r: r.status >= 400 and complaints.append(f"{page.url}: {r.url} {r.status}"),
    )
    for path in paths:
        if path == "404.html" and address.startswith("file:"):
            continue  # its links start at the root of a host
        page.goto(address + path)
        page.evaluate(LOAD_IMAGES)
        broken = page.evaluate("[...document.images].filter(i => !i.naturalWidth).map(i => i.src)")
        assert not broken, (path, broken)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} scrolls sideways by {wide} px"
    assert not complaints
    page.close()


def test_every_link_and_anchor_leads_somewhere(chromium, paths, host):
    page = chromium.new_page()
    links: set[str] = set()
    for path in paths:
        page.goto(host + path)
        links |= set(page.evaluate("[...document.links].map(a => a.href)"))
    inside = sorted(link for link in links if link.startswith(host))
    assert len(inside) > len(paths)
    ids: dict[str, set[str]] = {}
    for link in inside:
        target, anchor = urldefrag(link)
        if target not in ids:
            response = page.request.get(target)
            assert response.ok, link
            page.goto(target) if target.endswith(".html") else None
            found = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
            ids[target] = set(found)
        assert not anchor or anchor in ids[target], link
    assert not [link for link in links if link.startswith("http:") and not link.startswith(host)]
    page.close()
