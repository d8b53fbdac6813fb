"""What the site says of each function is what the registry and NumPy make of it."""

import json
import math
import re
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np
import pytest
from oracle import (
    DEFAULT_GRID,
    LAYOUTS,
    SHOWN_LAYOUTS,
    STATISTICS,
    H,
    functions,
    sources,
)
from reading.numbers import as_needed, bound, count, numbers, point, significant
from reading.pages import (
    every_page,
    file_of,
    one,
    pages,
    squeezed,
    table_of,
    text,
    with_class,
)
from reading.records import LANGUAGES, language_of, page_for
from reading.sentences import (
    KEY,
    ROLES,
    VERDICT_NAMES,
    VERDICTS,
    alt_text,
    card_number,
    grid_in_words,
    mark_of,
    names_of_calls,
    outcome,
    points_without_gradient,
)
from reading.words import said, word

FUNCTIONS = list(functions().values())
NAMES = list(functions())


@pytest.fixture(scope="module")
def site(built) -> Path:
    return built.site


@pytest.fixture(params=FUNCTIONS, ids=NAMES)
def function(request):
    return request.param


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def record(function, language):
    return record_of(function, language)


@pytest.fixture
def page(site, record):
    return every_page(site)[record.url]


def record_of(function, language):
    """The page of a function in a language: its title, and what it teaches."""
    return page_for(f"functions/{function.name}/index.html", language)


# The page of a function, in each language


def test_a_page_begins_with_the_title_and_what_the_function_teaches(record, page):
    assert text(one(page, "//h1")) == record.title
    assert text(one(page, "//title")).startswith(f"{record.title} · ")
    assert text(one(page, "//p[@class='summary']")) == record.words
    description = one(page, "//meta[@name='description']").get("content")
    assert squeezed(description) == record.words_for_search


def test_a_page_says_what_becomes_of_the_function_and_what_that_means(
    function, page, language
):
    verdict = function.measured("columns").verdict
    told = one(page, "//p[@class='outcome']")
    assert text(told) == outcome(verdict, language)
    assert one(told, "./b").get("class") == f"verdict {verdict}"


def playground_link(element):
    """The page that a link into the playground leads to, and what its fragment carries."""
    link = one(
        element, ".//main//a[contains(@href, 'playground/') and contains(@href, '#')]"
    )
    path, _, fragment = link.get("href").partition("#")
    carried = parse_qs(fragment, strict_parsing=True)
    return path, {name: values[0] for name, values in carried.items()}


def test_the_way_to_the_playground_carries_the_function_and_its_grid(function, page):
    path, carried = playground_link(page)
    assert path == "../../playground/index.html"
    assert carried.pop("f") == function.spelling
    grid = dict(zip(("start", "stop", "step"), DEFAULT_GRID, strict=True))
    grid |= {name: float(value) for name, value in carried.items()}
    assert tuple(grid.values()) == function.grid


def test_the_facts_are_those_of_the_registry(function, page, language):
    facts = {}
    for fact in one(page, "//dl[@class='facts']").iter("div"):
        facts[text(fact.find("dt"))] = fact.find("dd")
    spelling, gradient, grid = facts.values()
    names = ("spelling", "gradient", "grid")
    assert list(facts) == [word(f"function.{name}", language) for name in names]
    assert text(spelling) == function.spelling
    assert [text(partial) for partial in gradient.iter("li")] == [
        f"∂f/∂x₀ = {function.gradient[0]}",
        f"∂f/∂x₁ = {function.gradient[1]}",
    ]
    assert text(grid) == grid_in_words(function, language)


def expected_measurements(function, language):
    """The table of measures: each figure as a reader sees it, columns before rows."""
    heads = ("figure", *SHOWN_LAYOUTS)
    rows = [[word(f"measurement.{name}", language) for name in heads]]
    for figure in ("verdict", *STATISTICS[:-1]):
        cells = [
            measure_in_words(function, layout, figure, language)
            for layout in SHOWN_LAYOUTS
        ]
        rows.append([word(f"measurement.{figure}", language), *cells])
    return [[squeezed(cell) for cell in row] for row in rows]


def measure_in_words(function, layout, figure, language):
    value = getattr(function.measured(layout), figure)
    written = measure_as_written(figure, value, language)
    if figure != "median_length_ratio" or value is None:
        return written
    arrows = count(arrows_compared(function, layout))
    return said("measurement.of_arrows", language, value=written, count=arrows)


def arrows_compared(function, layout):
    """Of how many arrows a median is: finite, and of some length, as their true ones are."""
    lengths = [np.hypot(*each.T) for each in (function.truth, function.arrows(layout))]
    return sum(
        0 < true < np.inf and 0 < got < np.inf
        for true, got in zip(*lengths, strict=True)
    )


def measure_as_written(figure, value, language):
    if value is None:
        return word("measurement.none", language)
    if figure == "verdict":
        return word(f"verdict.name.{value}", language)
    if figure == "argument_shape":
        return str(tuple(value))
    if figure == "median_length_ratio":
        return significant(value)
    if figure in ("max_error", "max_angle_deg"):
        return bound(value, language)
    return count(value)


def assert_measurements(function, table, language):
    assert table_of(table) == expected_measurements(function, language)
    shown = [verdict.get("class") for verdict in table.iter("b")]
    assert shown == [
        f"verdict {function.measured(layout).verdict}" for layout in SHOWN_LAYOUTS
    ]


def test_every_number_of_the_measurements_stands_under_its_call_and_beside_its_name(
    function, page, language
):
    table = page.xpath("//table[@class='measurements']")[0]
    assert_measurements(function, table, language)


def test_a_page_says_at_how_many_points_there_is_no_gradient(function, page, language):
    any_number = re.sub(
        r"\\{\w+\\}", r"[\\d,]+", re.escape(word("caption.left", language))
    )
    paragraphs = [text(paragraph) for paragraph in page.iter("p")]
    told = [each for each in paragraphs if re.fullmatch(any_number, each)]
    expected = points_without_gradient(function, language)
    assert told == ([expected] if expected else [])


def test_the_page_of_all_elements_measures_the_product(site):
    (table,) = pages(site)["elements/index.html"].xpath(
        "//table[@class='measurements']"
    )
    assert_measurements(functions()["product"], table, "en")


def number(value):
    """An entry of an arrow with four significant digits."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return as_needed(value, 4)


def test_the_table_of_all_arrows_has_both_fields_point_by_point(
    function, page, language
):
    table = one(page, "//*[@id='arrows']//table")
    rows = table_of(table)
    calls = names_of_calls(language).values()
    assert rows[0] == [word("arrows.point", language), *calls]
    assert [cell.get("colspan") for cell in table.find(".//tr")] == [None, "2", "2"]
    assert rows[1] == word("arrows.parts", language)[2:]
    assert len(rows) == 2 + len(function.points)
    for k, x in enumerate(function.points):
        arrows = [*function.arrows("columns")[k], *function.arrows("rows")[k]]
        assert rows[2 + k] == [point(x), *(number(entry) for entry in arrows)]


def test_the_table_of_all_arrows_says_how_many_they_are(function, page, language):
    summary = one(page, "//details[.//*[@id='arrows']]/summary")
    number = count(len(function.points))
    assert text(summary) == said("arrows.summary", language, number=number)


def test_each_heading_stands_over_what_it_names(page, language):
    headings = [
        text(h).removesuffix("#") for h in page.xpath("//h2[not(ancestor::section)]")
    ]
    below_each = {
        word("measurement.title", language): "dl[@class='facts']",
        word("arrows.title", language): "details[.//*[@id='arrows']]",
        word("function.downloads", language): "ul[@class='downloads']",
    }
    assert headings[-3:] == list(below_each)
    for name, below in below_each.items():
        element = one(page, f"//{below}")
        assert text(element.xpath("preceding::h2[1]")[0]).removesuffix("#") == name


def test_each_download_leads_to_the_file_that_it_names(
    site, function, record, page, language
):
    items = page.xpath("//ul[@class='downloads']/li")
    found = {}
    for item in items:
        label = re.split("[:：]", text(item))[0]
        found[label] = {
            text(a): file_of(site, record.url, a.get("href")) for a in item.iter("a")
        }
    expected = {}
    for ending, label in word("function.picture", language).items():
        picture = f"figures/{function.name}-{ending}"
        expected[label] = {"SVG": f"{picture}.svg", "PNG": f"{picture}.png"}
    script = f"{function.name}.py"
    folder = "downloads" if language == "en" else f"{language}/downloads"
    expected[word("function.script", language)] = {script: f"{folder}/{script}"}
    assert found == expected
    for files in found.values():
        assert all((site / file).is_file() for file in files.values())


# The cards of all functions


@pytest.fixture
def list_of_functions(language):
    """The address of the page with all cards."""
    return page_for("functions/index.html", language).url


@pytest.fixture
def cards(site, list_of_functions):
    """The card of each function, by name."""
    return dict(cards_of(site, list_of_functions))


def cards_of(site, address):
    """The cards of a page, each with the name of the function that it leads to."""
    for card in with_class(every_page(site)[address], "card"):
        file = file_of(site, address, one(card, "./h3/a").get("href"))
        yield Path(file).parent.name, card


def assert_card(site, address, function, card):
    place, language = f"{address}: {function.name}", language_of(address)
    record = record_of(function, language)
    assert text(one(card, "./h3/a")) == record.title, place
    assert text(one(card, "./code")) == function.spelling, place

    panels = one(card, "./div[@class='pictures']").xpath("./div")
    for role, panel in zip(ROLES, panels, strict=True):
        assert panel.get("class") == role, place
        call = word(f"function.call.{role}", language)
        assert text(panel) == f"{mark_of(function, role)} {call}", place
        image = one(panel, ".//img")
        file = file_of(site, address, image.get("src"))
        assert file == f"small/{function.name}-{role}-autoscale.svg", place
        expected = alt_text(function, role, True, language)
        assert squeezed(image.get("alt")) == expected, place

    sentences = [text(p) for p in card.findall("p")]
    assert sentences == [card_number(function, language), record.words], place


def test_a_card_has_the_pictures_a_number_and_the_lesson_of_its_function(
    site, list_of_functions, cards, function
):
    assert_card(site, list_of_functions, function, cards[function.name])


def test_the_cards_on_the_page_of_all_elements_are_true_as_well(site):
    found = list(cards_of(site, "elements/index.html"))
    assert len(found) == 2
    for name, card in found:
        assert_card(site, "elements/index.html", functions()[name], card)


def with_verdict(verdict):
    """The functions with a verdict, in the order of the registry."""
    return [f.name for f in FUNCTIONS if f.measured("columns").verdict == verdict]


def group_in_words(verdict, language):
    """A verdict, and of how many functions it is."""
    name = word(f"verdict.name.{verdict}", language).capitalize()
    number = len(with_verdict(verdict))
    return said("function.group", language, verdict=name, count=number, all=len(NAMES))


def test_the_cards_stand_under_their_verdict_with_its_number_and_its_meaning(
    site, list_of_functions, language
):
    document = every_page(site)[list_of_functions]
    headings = document.xpath("//h2[@id='the-verdicts']/preceding-sibling::h2")
    verdicts = [heading.get("id") for heading in headings]
    known = [v for v in VERDICTS if with_verdict(v)]
    assert verdicts == known
    for heading in headings:
        verdict = heading.get("id")
        those = with_verdict(verdict)
        assert text(heading) == f"{group_in_words(verdict, language)}#"
        meaning, group = heading.xpath("following-sibling::*[position() < 3]")
        assert text(meaning) == word(f"verdict.meaning.{verdict}", language)
        links = group.xpath("./li/h3/a")
        shown = [file_of(site, list_of_functions, link.get("href")) for link in links]
        assert [Path(file).parent.name for file in shown] == those


def test_a_key_shows_each_mark_of_a_picture_beside_its_meaning(site):
    items = pages(site)["functions/index.html"].xpath("//*[@id='key']/ul/li")
    arrow, dot, speck, cut = (one(item, "./svg") for item in items)
    assert [text(item) for item in items] == KEY
    assert float(one(dot, "./circle").get("r")) > 2 * float(
        one(speck, "./circle").get("r")
    )
    assert len(arrow.findall("path")) == len(cut.findall("path")) == 2
    assert "Z" in arrow.findall("path")[1].get("d"), "an arrow has a head"
    assert "Z" not in cut.findall("path")[0].get("d"), "what is cut off has none"


def test_a_list_leads_to_the_cards_of_each_verdict(site, list_of_functions, language):
    document = every_page(site)[list_of_functions]
    items = document.xpath("//h2[@id='the-verdicts']/following::ul[1]/li")
    known = [verdict for verdict in VERDICTS if with_verdict(verdict)]
    for verdict, item in zip(known, items, strict=True):
        assert one(item, "./a").get("href") == f"#{verdict}"
        name = word(f"verdict.name.{verdict}", language)
        assert text(one(item, "./a")).lower() == name.lower()
        told = numbers(text(item))
        assert sorted(told) == sorted([len(with_verdict(verdict)), len(NAMES)])


# Where a function is offered elsewhere


def test_a_table_of_functions_has_their_spellings_and_verdicts(site):
    """On the page of all elements, in the order of its heads."""
    document = pages(site)["elements/index.html"]
    (table,) = (
        t for t in document.iter("table") if text(t).startswith("Function Spelling")
    )
    heads, *rows = table_of(table)
    assert heads == ["Function", "Spelling", "Verdict", "Wrong"]
    for function, row in zip(FUNCTIONS[:3], rows, strict=True):
        columns = function.measured("columns")
        verdict = VERDICT_NAMES[columns.verdict]
        assert row == [function.title, function.spelling, verdict, count(columns.wrong)]


def test_the_formula_of_all_elements_is_offered_with_its_own_function(site):
    document = pages(site)["elements/index.html"]
    beale = functions()["beale"]
    path, carried = playground_link(document)
    assert path == "../playground/index.html"
    assert carried == {"f": beale.spelling}
    verdict = beale.measured("columns").verdict
    assert text(one(document, "//p[@class='outcome']")) == outcome(verdict)


def test_a_verdict_in_a_frame_has_the_frame_of_its_word(site):
    for address, document in every_page(site).items():
        language = language_of(address)
        for badge in with_class(document, "verdict"):
            if text(badge):
                (verdict,) = set(badge.get("class").split()) - {"verdict"}
                name = word(f"verdict.name.{verdict}", language)
                assert text(badge) == squeezed(name), address


def test_a_page_of_its_own_tells_the_same_as_the_registry():
    """A function that somebody has written about has one title and one lesson."""
    for name, function in functions().items():
        source = sources().get(f"functions/{name}/index.html")
        if source:
            assert source.record["title"] == function.title
            assert source.record["summary"] == function.note


# The data


@pytest.fixture(scope="module")
def data(site):
    return json.loads((site / "data" / "functions.json").read_text(encoding="utf-8"))


def grid_of(record):
    return tuple(record[name] for name in ("start", "stop", "step"))


def test_the_data_holds_every_function_in_its_order(data):
    assert [record["name"] for record in data["functions"]] == NAMES
    assert grid_of(data["grid"]) == DEFAULT_GRID
    assert data["step"] == H


FIELDS = {"name", "title", "spelling", "gradient", "layouts"}


def test_the_data_of_a_function_is_what_the_registry_and_numpy_say(data, function):
    (record,) = (
        record for record in data["functions"] if record["name"] == function.name
    )
    assert record["title"] == function.title
    assert record["spelling"] == function.spelling
    assert record["gradient"] == function.gradient
    assert grid_of(record.get("grid", data["grid"])) == function.grid
    own_grid = {"grid"} if function.grid != DEFAULT_GRID else set()
    assert set(record) == FIELDS | own_grid
    assert set(record["layouts"]) == set(LAYOUTS)
    for layout in LAYOUTS:
        found = record["layouts"][layout]
        assert set(found) == set(STATISTICS)
        for figure in STATISTICS:
            expected = getattr(function.measured(layout), figure)
            if isinstance(expected, float):
                expected = pytest.approx(expected, rel=1e-9, abs=1e-13)
            assert found[figure] == expected, f"{function.name}, {layout}, {figure}"
