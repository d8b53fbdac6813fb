"""What a reader's line must carry, as a host with gzip sends it: every file a page asks for."""

import gzip

import pytest

HOME, SCRIPTS, STYLE, SVG = 150_000, 12_000, 10_000, 20_000
SHOW_ALL = """async () => {
  for (const image of document.images) image.loading = 'eager';
  await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
  await document.fonts.ready;
}"""


def weight(data):
    return len(gzip.compress(data, 6))  # as hosts have it: nine would take them longer


@pytest.fixture(scope="module")
def asked(chromium, host, paths, alike):
    """By page, every file that Chromium asks for until the last picture is shown.

    Of pages that are alike two stand for all: the walk sees that no other asks elsewhere.
    """
    found = {}
    for path in sorted({*paths} - {*alike}):
        page, files = chromium.new_page(), set()
        page.on("request", lambda request, files=files: files.add(request.url))
        page.goto(host + path)
        page.evaluate(SHOW_ALL)
        found[path] = {url.removeprefix(host) for url in files if not url.startswith("data:")}
        page.close()
    return found


@pytest.fixture(scope="module")
def weights(built):
    return {name: weight(data) for name, data in built.files().items()}


def total(weights, asked, suffix):
    """By page, what its files of a kind weigh together."""
    return {
        path: sum(weights[name] for name in files if name.endswith(suffix))
        for path, files in asked.items()
    }


def test_no_file_comes_from_elsewhere(asked, weights):
    for path, files in asked.items():
        assert {path, "static/site.css", "static/site.js"} <= files <= set(weights)


def test_home_is_light(asked, weights):
    shown = asked["index.html"]
    assert sum(name.endswith(".svg") for name in shown) >= 10
    assert sum(weights[name] for name in shown) <= HOME


def test_scripts_are_small(asked, weights):
    scripts = total(weights, asked, ".js")
    assert min(scripts.values()) > 0
    assert max(scripts.values()) <= SCRIPTS


def test_the_style_is_small(asked, weights):
    styles = total(weights, asked, ".css")
    assert min(styles.values()) > 0
    assert max(styles.values()) <= STYLE


def test_drawings_are_small(weights):
    drawings = {name: size for name, size in weights.items() if name.endswith(".svg")}
    assert len(drawings) > 90
    assert {name: size for name, size in drawings.items() if size > SVG} == {}
