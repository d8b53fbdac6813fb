"""What a reader's line must carry, as a host with gzip sends it: all that a page asks for."""

import gzip
import re

import pytest
from browser_fixtures import DESK, Chromium

# In bytes. Home comes at once even on a slow line.
HOME = 150_000
SCRIPTS = 16_200
LANGUAGES = ["", "ja/", "ko/", "zh/"]
PLAYGROUND = "playground/index.html"
# 30 kB would hold only if lines were shortened where they are served.
PLAYGROUND_SCRIPTS = 33_000
PLAYGROUND_WORDS = 19_000
FIRST = {"static/numerics.js", "static/playground.js"}  # for the first plot
READER = "static/reader.js"  # which comes later, and its words with it
STYLE = 14_600  # with copy buttons in rows, mended plots, verdicts, a switch that stays
DRAWING = 20_000
SHOW_ALL = """async () => {
  for (const image of document.images) image.loading = 'eager';
  await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
  await document.fonts.ready;
}"""


@pytest.fixture(scope="module")
def asked(chromium, host, sample):
    """By page, every file that Chromium asks for until the last picture is shown."""
    found = {}
    for path in sample:
        context = Chromium(chromium).new_context(DESK)  # with nothing in its cache
        requests = []
        context.on(
            "request", lambda request, requests=requests: requests.append(request.url)
        )
        page = context.new_page()
        page.goto(host + path)
        page.evaluate(SHOW_ALL)
        context.close()
        urls = {url for url in requests if not url.startswith("data:")}
        found[path] = {url.removeprefix(host) for url in urls}
    return found


@pytest.fixture(scope="module")
def weights(built):
    """What each file of the site weighs, compressed as hosts do it."""
    return {
        name: len(gzip.compress(content, 6)) for name, content in built.files().items()
    }


def heaviest(weights, asked, ending):
    """What the files of a kind weigh on the page where they weigh most."""
    sums = [
        sum(weights[name] for name in files if name.endswith(ending))
        for files in asked.values()
    ]
    assert min(sums) > 0
    return max(sums)


def test_no_file_comes_from_elsewhere(asked, weights):
    for path, files in asked.items():
        assert (
            {path, "static/site.css", "static/widgets/site.js"} <= files <= set(weights)
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_is_light(asked, weights, language):
    files = asked[f"{language}index.html"]
    assert sum(name.endswith(".svg") for name in files) >= 10
    assert sum(weights[name] for name in files) <= HOME


def test_the_scripts_of_a_page_are_light(asked, weights):
    others = {
        path: files for path, files in asked.items() if not path.endswith(PLAYGROUND)
    }
    assert len(others) == len(asked) - len(LANGUAGES)
    assert heaviest(weights, others, ".js") <= SCRIPTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scripts_of_the_playground_are_light_until_its_first_plot(
    asked, weights, language
):
    asked_by_it = asked[f"{language}{PLAYGROUND}"]
    own_words = f"static/words.{language.strip('/') or 'en'}.js"
    later = {READER, own_words}
    before = {name for name in asked_by_it if name.endswith(".js")} - later
    assert before >= FIRST
    assert sum(weights[name] for name in before) <= PLAYGROUND_SCRIPTS
    assert set(weights) >= later


# Letters that no other of the languages has.
LETTERS = {"ja/": "[\u3041-\u30ff]", "ko/": "[\uac00-\ud7a3]", "zh/": "[这个没为]"}
OFFERS = re.compile(r'<nav class="languages".*?</nav>', re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_playground_carries_the_words_of_its_own_language_alone(
    built, weights, language
):
    path = f"{language}{PLAYGROUND}"
    html = OFFERS.sub("", built.page(path))
    found = {
        other: len(re.findall(letters, html)) for other, letters in LETTERS.items()
    }
    own = found.pop(language, 1000)
    assert own > 100
    assert {*found.values()} == {0}
    assert weights[path] <= PLAYGROUND_WORDS


def test_the_style_of_a_page_is_light(asked, weights):
    assert heaviest(weights, asked, ".css") <= STYLE


def test_drawings_are_light(weights):
    drawings = {name: size for name, size in weights.items() if name.endswith(".svg")}
    assert len(drawings) > 90
    assert {name: size for name, size in drawings.items() if size > DRAWING} == {}
