"""Without script every page reads whole, and shows no control that does not answer.

In English every page is read, since the picture that one leaves to a script is shown on
another; in other languages one of each template is.
"""

import pytest
from browser_fixtures import DESK, PHONE, TOOLS, Chromium
from reading.pages import LANGUAGE

NO_SCRIPT = (TOOLS / "no_script.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=[PHONE, DESK], ids=["phone", "desk"])
def page(request, chromium):
    context = Chromium(chromium).new_context(request.param, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def read(page, host, paths, sample):
    """What of each page is there."""
    found = {}
    in_english = (path for path in paths if not LANGUAGE.match(path))
    for path in {*in_english, *sample}:
        page.goto(host + path)
        found[path] = page.evaluate(NO_SCRIPT)
    return found


def of_kind(read, kind):
    return {path: found[kind] for path, found in read.items() if found[kind]}


def test_nothing_is_lost(read):
    assert of_kind(read, "lost") == {}
    assert of_kind(read, "broken") == {}
    for path, found in read.items():
        assert found["words"] > 20, path
        assert found["links"] > 0, path


def test_no_control_is_dead(read):
    assert of_kind(read, "dead") == {}


def test_a_picture_that_waits_for_the_script_is_shown_elsewhere(read):
    shown = {source for found in read.values() for source in found["shown"]}
    waiting = {source for found in read.values() for source in found["waiting"]}
    assert waiting <= shown
    assert len(shown) > 20


def test_both_pictures_of_a_pair_are_shown(read):
    pairs = [count for found in read.values() for count in found["pairs"]]
    assert len(pairs) > 10
    assert set(pairs) == {2}


def test_what_hides_or_does_nothing_is_found(page, host):
    page.goto(host)
    page.evaluate("document.querySelector('h1').setAttribute('class', 'theme')")
    page.evaluate(
        "document.querySelector('main').append(document.createElement('button'))"
    )
    found = page.evaluate(NO_SCRIPT)
    assert [html[:3] for html in found["lost"]] == ["<h1"]
    assert found["dead"] == ["<button></button>"]
