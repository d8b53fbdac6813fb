"""Without script every page reads whole, and shows no control that does not answer."""

import pytest

READ = """async () => {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  for (const image of document.images) image.loading = 'eager';
  await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
  const main = document.querySelector('main');
  const seen = element => element.checkVisibility({visibilityProperty: true});
  const within = (names) => [...main.querySelectorAll(names)];
  const CONTROLS = 'button, input, select, textarea, [role=slider], [role=button]';
  // A control that needs the script may go, with all that is around it; so may a waiting picture.
  const mayGo = element => {
    let root = element;
    while (!seen(root.parentElement)) root = root.parentElement;
    return root.matches('nav, [hidden]') || root.querySelector(CONTROLS);
  };
  return {
    lost: within('h1, h2, h3, p, li, dt, dd, th, td, pre, figcaption, a, img, math')
      .filter(element => !seen(element) && !mayGo(element)).map(element => element.outerHTML),
    broken: [...document.images].filter(image => !image.naturalWidth).map(image => image.src),
    dead: [...document.querySelectorAll(CONTROLS)].filter(seen).map(e => e.outerHTML),
    pairs: within('.pair').filter(seen)
      .map(pair => [...pair.querySelectorAll('img')].filter(seen).length),
    words: main.innerText.split(/\\s+/).length,
    links: within('a').filter(seen).length,
    shown: within('img').filter(seen).map(image => image.src),
    waiting: within('img').filter(image => !seen(image)).map(image => image.src),
  };
}"""


@pytest.fixture(scope="module", params=[(390, 664), (1280, 800)], ids=["phone", "desk"])
def page(request, chromium):
    width, height = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def read(page, host, paths):
    """What of each page is there for a reader without script."""

    def reading(path):
        page.goto(host + path)
        return page.evaluate(READ)

    return {path: reading(path) for path in paths}


def told(read, kind):
    return {path: found[kind] for path, found in read.items() if found[kind]}


def test_nothing_is_lost(read):
    assert not told(read, "lost")
    assert not told(read, "broken")
    assert all(found["words"] > 20 and found["links"] for found in read.values())


def test_no_control_is_dead(read):
    assert not told(read, "dead")


def test_a_picture_that_waits_for_the_script_is_shown_elsewhere(read):
    shown = {source for found in read.values() for source in found["shown"]}
    assert {source for found in read.values() for source in found["waiting"]} <= shown
    assert len(shown) > 50


def test_both_pictures_of_a_pair_are_shown(read):
    pairs = [count for found in read.values() for count in found["pairs"]]
    assert len(pairs) > 30
    assert set(pairs) == {2}


def test_what_hides_or_does_nothing_is_found(page, host):
    page.goto(host)
    page.evaluate("document.querySelector('h1').setAttribute('class', 'theme')")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    found = page.evaluate(READ)
    assert [text.startswith("<h1") for text in found["lost"]] == [True]
    assert found["dead"] == ["<button></button>"]
