"""What the site says of each function is what the registry and NumPy make of it."""

import json
import math
import re
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np
import pytest
from oracle import DEFAULT_GRID, LAYOUTS, STATISTICS, H, functions, sources
from reading.numbers import as_needed, bound, count, point, significant
from reading.pages import (
    file_of,
    function_pages,
    one,
    pages,
    squeezed,
    text,
    with_class,
)
from reading.sentences import (
    KEY,
    MARKS,
    NAMES_OF_CALLS,
    ROLES,
    VERDICT_NAMES,
    VERDICTS,
    alt_text,
    card_number,
    grid_in_words,
    outcome,
    points_without_gradient,
)
from reading.words import said, word

FUNCTIONS = list(functions().values())
NAMES = list(functions())
DOWNLOADS = word("function.picture")


@pytest.fixture(scope="module")
def site(built) -> Path:
    return built.site


@pytest.fixture(params=FUNCTIONS, ids=NAMES)
def function(request):
    return request.param


@pytest.fixture
def page(site, function):
    return function_pages(site)[function.name]


def plain(markdown):
    """A sentence of Markdown as it is read."""
    return re.sub(r"[`*]", "", markdown)


def table_of(element):
    """The cells of a table, row by row, heads included."""
    return [[text(cell) for cell in row] for row in element.iter("tr")]


# The page of a function


def test_a_page_begins_with_the_title_and_what_the_function_teaches(function, page):
    assert text(one(page, "//h1")) == function.title
    assert text(one(page, "//title")).startswith(f"{function.title} · ")
    assert text(one(page, "//p[@class='summary']")) == plain(function.note)
    assert squeezed(one(page, "//meta[@name='description']").get("content")) == plain(
        function.note
    )


def test_a_page_says_what_becomes_of_the_function_and_what_that_means(function, page):
    verdict = function.measured("columns").verdict
    told = one(page, "//p[@class='outcome']")
    assert text(told) == outcome(verdict)
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


def test_the_facts_are_those_of_the_registry(function, page):
    facts = {}
    for fact in one(page, "//dl[@class='facts']").iter("div"):
        facts[text(fact.find("dt"))] = fact.find("dd")
    spelling, gradient, grid = facts.values()
    heads = [word(f"function.{name}") for name in ("spelling", "gradient", "grid")]
    assert list(facts) == heads
    assert text(spelling) == function.spelling
    assert [text(partial) for partial in gradient.iter("li")] == [
        f"∂f/∂x₀ = {function.gradient[0]}",
        f"∂f/∂x₁ = {function.gradient[1]}",
    ]
    assert text(grid) == grid_in_words(function)


def expected_measurements(function):
    """The table of measures: each figure as a reader sees it, rows before columns."""
    rows = [[word(f"measurement.{name}") for name in ("figure", *LAYOUTS)]]
    for figure in ("verdict", *STATISTICS[:-1]):
        cells = [measure_in_words(function, layout, figure) for layout in LAYOUTS]
        rows.append([word(f"measurement.{figure}"), *cells])
    return rows


def measure_in_words(function, layout, figure):
    written = measure_as_written(figure, getattr(function.measured(layout), figure))
    if figure != "median_length_ratio" or written == word("measurement.none"):
        return written
    arrows = count(arrows_compared(function, layout))
    return said("measurement.of_arrows", value=written, count=arrows)


def arrows_compared(function, layout):
    """Of how many arrows a median is: finite, and of some length, as their true ones are."""
    lengths = [np.hypot(*each.T) for each in (function.truth, function.arrows(layout))]
    return sum(
        0 < true < np.inf and 0 < got < np.inf
        for true, got in zip(*lengths, strict=True)
    )


def measure_as_written(figure, value):
    if value is None:
        return word("measurement.none")
    if figure == "verdict":
        return VERDICT_NAMES[value]
    if figure == "argument_shape":
        return str(tuple(value))
    if figure == "median_length_ratio":
        return significant(value)
    if figure in ("max_error", "max_angle_deg"):
        return bound(value)
    return count(value)


def assert_measurements(function, table):
    assert table_of(table) == expected_measurements(function)
    shown = [verdict.get("class") for verdict in table.iter("b")]
    assert shown == [
        f"verdict {function.measured(layout).verdict}" for layout in LAYOUTS
    ]


def test_every_number_of_the_measurements_stands_under_its_call_and_beside_its_name(
    function, page
):
    assert_measurements(function, page.xpath("//table[@class='measurements']")[0])


def test_a_page_says_at_how_many_points_there_is_no_gradient(function, page):
    beginning, _ = word("caption.left").split("{left}")
    told = [text(p) for p in page.iter("p") if text(p).startswith(beginning)]
    expected = points_without_gradient(function)
    assert told == ([expected] if expected else [])


def test_the_page_of_all_elements_measures_the_product(site):
    (table,) = pages(site)["elements/index.html"].xpath(
        "//table[@class='measurements']"
    )
    assert_measurements(functions()["product"], table)


def number(value):
    """An entry of an arrow with four significant digits."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return as_needed(value, 4)


def test_the_table_of_all_arrows_has_both_fields_point_by_point(function, page):
    table = one(page, "//*[@id='arrows']//table")
    rows = table_of(table)
    assert rows[0] == [word("arrows.point"), *NAMES_OF_CALLS.values()]
    assert [cell.get("colspan") for cell in table.find(".//tr")] == [None, "2", "2"]
    assert rows[1] == word("arrows.parts")[2:]
    assert len(rows) == 2 + len(function.points)
    for k, x in enumerate(function.points):
        arrows = [*function.arrows("rows")[k], *function.arrows("columns")[k]]
        assert rows[2 + k] == [point(x), *(number(entry) for entry in arrows)]


def test_the_table_of_all_arrows_says_how_many_they_are(function, page):
    summary = one(page, "//details[.//*[@id='arrows']]/summary")
    number = count(len(function.points))
    assert text(summary) == said("arrows.summary", number=number)


def test_each_heading_stands_over_what_it_names(page):
    headings = [
        text(h).removesuffix("#") for h in page.xpath("//h2[not(ancestor::section)]")
    ]
    below_each = {
        word("measurement.title"): "dl[@class='facts']",
        word("arrows.title"): "details[.//*[@id='arrows']]",
        word("function.downloads"): "ul[@class='downloads']",
    }
    assert headings[-3:] == list(below_each)
    for name, below in below_each.items():
        element = one(page, f"//{below}")
        assert text(element.xpath("preceding::h2[1]")[0]).removesuffix("#") == name


def test_each_download_leads_to_the_file_that_it_names(site, function, page):
    items = page.xpath("//ul[@class='downloads']/li")
    address = f"functions/{function.name}/index.html"
    found = {}
    for item in items:
        label = text(item).partition(":")[0]
        found[label] = {
            text(a): file_of(site, address, a.get("href")) for a in item.iter("a")
        }
    expected = {}
    for ending, label in DOWNLOADS.items():
        picture = f"figures/{function.name}-{ending}"
        expected[label] = {"SVG": f"{picture}.svg", "PNG": f"{picture}.png"}
    script = f"{function.name}.py"
    expected[word("function.script")] = {script: f"downloads/{script}"}
    assert found == expected
    for files in found.values():
        assert all((site / file).is_file() for file in files.values())


# The cards of all functions


@pytest.fixture
def cards(site):
    """The card of each function, by name."""
    return dict(cards_of(site, "functions/index.html"))


def cards_of(site, address):
    """The cards of a page, each with the name of the function that it leads to."""
    for card in with_class(pages(site)[address], "card"):
        file = file_of(site, address, one(card, "./h3/a").get("href"))
        yield Path(file).parent.name, card


def assert_card(site, address, function, card):
    place = f"{address}: {function.name}"
    assert text(one(card, "./h3/a")) == function.title, place
    assert text(one(card, "./code")) == function.spelling, place

    panels = one(card, "./div[@class='pictures']").xpath("./div")
    for role, panel in zip(ROLES, panels, strict=True):
        assert panel.get("class") == role, place
        assert text(panel) == MARKS[role], place
        image = one(panel, ".//img")
        file = file_of(site, address, image.get("src"))
        assert file == f"small/{function.name}-{role}-autoscale.svg", place
        assert squeezed(image.get("alt")) == alt_text(function, role, True), place

    sentences = [text(p) for p in card.findall("p")]
    assert sentences == [card_number(function), plain(function.note)], place


def test_every_function_has_one_card(site):
    found = [name for name, _ in cards_of(site, "functions/index.html")]
    assert sorted(found) == sorted(NAMES)


def test_a_card_has_the_pictures_a_number_and_the_lesson_of_its_function(
    site, cards, function
):
    assert_card(site, "functions/index.html", function, cards[function.name])


def test_the_cards_on_the_page_of_all_elements_are_true_as_well(site):
    found = list(cards_of(site, "elements/index.html"))
    assert len(found) == 2
    for name, card in found:
        assert_card(site, "elements/index.html", functions()[name], card)


def with_verdict(verdict):
    """The functions with a verdict, in the order of the registry."""
    return [f.name for f in FUNCTIONS if f.measured("columns").verdict == verdict]


def group_in_words(verdict):
    """A verdict, and of how many functions it is."""
    name, number = VERDICT_NAMES[verdict].capitalize(), len(with_verdict(verdict))
    return said("function.group", verdict=name, count=number, all=len(NAMES))


def test_the_cards_stand_under_their_verdict_with_its_number_and_its_meaning(site):
    document = pages(site)["functions/index.html"]
    headings = document.xpath("//h2[@id='the-verdicts']/preceding-sibling::h2")
    verdicts = [heading.get("id") for heading in headings]
    known = [v for v in VERDICTS if with_verdict(v)]
    assert verdicts == known
    for heading in headings:
        verdict = heading.get("id")
        those = with_verdict(verdict)
        assert text(heading) == f"{group_in_words(verdict)}#"
        meaning, group = heading.xpath("following-sibling::*[position() < 3]")
        assert text(meaning) == word(f"verdict.meaning.{verdict}")
        links = group.xpath("./li/h3/a")
        shown = [
            file_of(site, "functions/index.html", link.get("href")) for link in links
        ]
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


def test_a_list_leads_to_the_cards_of_each_verdict(site):
    document = pages(site)["functions/index.html"]
    items = document.xpath("//h2[@id='the-verdicts']/following::ul[1]/li")
    shown = [(text(item), one(item, "./a").get("href")) for item in items]
    expected = []
    for verdict in VERDICTS:
        if with_verdict(verdict):
            expected.append((group_in_words(verdict), f"index.html#{verdict}"))
    assert shown == expected


def test_the_correct_call_is_right_for_every_function():
    """As the page of all functions says it."""
    for function in FUNCTIONS:
        assert function.measured("rows").verdict == "right", function.name


# Where a function is offered elsewhere


def test_a_table_of_functions_has_their_spellings_and_verdicts(site):
    """On the page of all elements, in the order of its heads."""
    document = pages(site)["elements/index.html"]
    (table,) = (
        t for t in document.iter("table") if text(t).startswith("Function Spelling")
    )
    heads, *rows = table_of(table)
    assert heads == ["Function", "Spelling", "Verdict", "Wrong"]
    for function, row in zip(FUNCTIONS, rows, strict=False):
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
    for address, document in pages(site).items():
        for badge in with_class(document, "verdict"):
            if text(badge):
                (verdict,) = set(badge.get("class").split()) - {"verdict"}
                assert text(badge) == VERDICT_NAMES[verdict], address


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


def test_the_data_of_a_function_is_what_the_registry_and_numpy_say(data, function):
    (record,) = (
        record for record in data["functions"] if record["name"] == function.name
    )
    assert record["title"] == function.title
    assert record["spelling"] == function.spelling
    assert record["gradient"] == function.gradient
    assert grid_of(record.get("grid", data["grid"])) == function.grid
    assert ("grid" in record) == (function.grid != DEFAULT_GRID)
    assert set(record["layouts"]) == set(LAYOUTS)
    for layout in LAYOUTS:
        found = record["layouts"][layout]
        assert set(found) == set(STATISTICS)
        for figure in STATISTICS:
            expected = getattr(function.measured(layout), figure)
            if isinstance(expected, float):
                expected = pytest.approx(expected, rel=1e-9, abs=1e-13)
            assert found[figure] == expected, f"{function.name}, {layout}, {figure}"
