"""The page about speed says what `benchmarks/results.json` holds, number by number.

A number is read as people read it, with its power of ten and its unit, and compared with
the one measured to as many digits as the page promises.
"""

import datetime
import json
import math
import re
import statistics

import oracle
import pytest
from lxml import etree
from lxml.html import HtmlElement
from reading import page, text
from reading.records import day, plain

RESULTS = json.loads(
    (oracle.ROOT / "benchmarks/results.json").read_text(encoding="utf-8")
)
OURS = "gradient, vectorized"
PEERS = list(RESULTS["peers"])
SIZES = RESULTS["times"]
TIMED = list(SIZES["324"])
IN_SECONDS = {"µs": 1e-6, "ms": 1e-3, "s": 1.0}
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def value_of(words: str) -> float:
    """A number as it is written for people: 48,000, 10⁻¹⁰ or 2 × 10⁻⁹."""
    powers = re.fullmatch(r"(?:(.+) × )?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", words)
    if powers:
        return float(powers[1] or 1) * 10.0 ** int(powers[2].translate(RAISED))
    return float(words.replace(",", "").replace("−", "-"))


def says(words: str, measured: float, digits: int) -> bool:
    """Whether words give a number rounded to so many significant digits."""
    if measured == 0:
        return words == "0"
    last_digit = 10.0 ** (math.floor(math.log10(measured)) + 1 - digits)
    return abs(value_of(words) - measured) <= 0.501 * last_digit


def says_fixed(words: str, measured: float, decimals: int) -> bool:
    """Whether words give a number with so many decimals."""
    _, _, shown = words.partition(".")
    close = abs(value_of(words) - measured) <= 0.501 * 10.0**-decimals
    return len(shown) == decimals and close


def ratios(peer: str, points: str = "") -> list[float]:
    """How many times as long as ours a peer takes, with every function and size, or of one."""
    sizes = [SIZES[points]] if points else SIZES.values()
    return [cell[peer]["ratio"] for row in sizes for cell in row.values()]


def times_faster(peer: str) -> int:
    return len([ratio for ratio in ratios(peer) if ratio < 1])


def in_words(iso_date: str) -> str:
    return day(datetime.date.fromisoformat(iso_date))


@pytest.fixture(scope="module")
def document(built) -> HtmlElement:
    return page(built.site / "speed/index.html")


@pytest.fixture(scope="module")
def words(document) -> str:
    return text(document.find(".//main"))


def table_below(document: HtmlElement, place: str, which: int = 0) -> HtmlElement:
    """One of the tables that follow a heading."""
    return document.xpath(f"//*[@id='{place}']/following::table")[which]


def heads(table: HtmlElement) -> list[str]:
    return [text(cell) for cell in table.find("thead/tr")]


def rows(table: HtmlElement) -> dict[str, list[HtmlElement]]:
    """The rows of a table by their first cell."""
    return {text(row[0]): list(row[1:]) for row in table.findall("tbody/tr")}


def titles(names: list[str]) -> list[str]:
    return [oracle.functions()[name].title for name in names]


def check_heads_lead_to_functions(table: HtmlElement, names: list[str]) -> None:
    links = [link.get("href") for link in table.find("thead").iter("a")]
    assert links == [f"../functions/{name}/index.html" for name in names]


# The times


def test_the_summary_of_the_results_is_that_of_their_times():
    for peer in PEERS:
        assert RESULTS["summary"][peer] == {
            "cases": len(ratios(peer)),
            "faster": times_faster(peer),
            "least": min(ratios(peer)),
            "most": max(ratios(peer)),
        }


def test_the_page_says_when_and_of_which_commit_the_times_are(document, words):
    assert (
        f"come from one run on {in_words(RESULTS['date'])}, on {RESULTS['cores']} cores,"
    ) in words
    times = [time.get("datetime") for time in document.iter("time")]
    assert times == [RESULTS["date"]]
    assert f"the code was that of commit {RESULTS['revision']}." in words


@pytest.mark.parametrize("points", SIZES)
def test_a_table_of_times_has_its_methods_and_functions_in_order(document, points):
    table = table_below(document, f"{points}-points")
    (heading,) = document.cssselect(f"[id='{points}-points']")
    assert text(heading) == f"{int(points):,} points#"
    assert heads(table) == ["Method", *titles(TIMED)]
    check_heads_lead_to_functions(table, TIMED)
    assert list(rows(table)) == [OURS, *PEERS]


@pytest.mark.parametrize("points", SIZES)
def test_our_own_time_is_told_with_its_unit(document, points):
    cells = rows(table_below(document, f"{points}-points"))[OURS]
    for cell, name in zip(cells, TIMED, strict=True):
        number, unit = text(cell).split()
        median = SIZES[points][name][OURS]["median"]
        shown_in_unit = median / IN_SECONDS[unit]
        assert says(number, shown_in_unit, digits=3), name
        assert 1 <= shown_in_unit < 1000, name


@pytest.mark.parametrize("points", SIZES)
def test_every_other_time_is_how_many_times_ours_and_bold_where_it_is_shorter(
    document, points
):
    shown = rows(table_below(document, f"{points}-points"))
    for peer in PEERS:
        for cell, name in zip(shown[peer], TIMED, strict=True):
            ratio = SIZES[points][name][peer]["ratio"]
            assert says(text(cell), ratio, digits=2), (peer, name)
            assert (cell.find("strong") is not None) == (ratio < 1), (peer, name)


def test_the_page_counts_its_cases_and_who_was_faster_in_how_many(words):
    cases = len(SIZES) * len(TIMED)
    assert (
        f"There are {cases} cases: {len(TIMED)} functions, each at {len(SIZES)} numbers of points."
    ) in words
    assert (
        f"It was faster in {times_faster('naive NumPy')} of the {cases} cases, and"
        in words
    )
    assert (
        f"JAX was also faster in {times_faster('JAX')} cases, "
        f"and autograd in {times_faster('autograd')}."
    ) in words


def test_those_that_take_f_for_one_point_were_never_faster_and_the_least_is_told(words):
    methods = ("SciPy", "numdifftools", "the book's loop", "gradient, point by point")
    least = min(min(ratios(method)) for method in methods)
    assert least > 1
    said = re.search(
        r"They were slower in every case: the fastest took (\S+) times as long\.",
        words,
    )
    assert says(said[1], least, digits=3)


def test_the_most_that_a_few_lines_of_numpy_took_is_told(words):
    said = re.search(r"and took at most (\S+) times as long\.", words)
    assert says(said[1], max(ratios("naive NumPy")), digits=2)


def test_how_the_slowest_were_timed_is_told(words):
    scaled = [
        f"{name}: on at most {most:,}" for name, most in RESULTS["scaled"].items()
    ]
    assert f"their time was scaled ({'; '.join(scaled)})." in words
    assert (
        f"That took {RESULTS['compile_milliseconds']:.0f} ms and is not counted."
        in words
    )


def test_every_peer_is_named_with_what_is_called_and_what_it_does_better(document):
    items = document.xpath(
        "//*[@id='what-each-does-better']/following-sibling::ul[1]/li"
    )
    expected = []
    for peer, about in RESULTS["peers"].items():
        better = about["better"][0].lower() + about["better"][1:]
        expected.append(f"{peer}, {plain(about['called'])}: {plain(better)}")
    assert [text(item) for item in items] == expected
    assert [text(item.find("strong")) for item in items] == PEERS


# The limit, and how exact it is


def test_our_time_in_calls_of_f_stands_under_its_function(document):
    table = table_below(document, "how-close-it-comes-to-the-limit")
    assert heads(table) == ["Points", *titles(TIMED)]
    check_heads_lead_to_functions(table, TIMED)
    expected = {}
    for points, row in SIZES.items():
        ways = {"bare calls": ""}
        if int(points) > RESULTS["block_points"]:
            ways["bare calls, in cache"] = ", in cache"
        for way, label in ways.items():
            expected[f"{int(points):,}{label}"] = [
                1 / row[name][way]["ratio"] for name in TIMED
            ]
    shown = rows(table)
    assert list(shown) == list(expected)
    for label, numbers in expected.items():
        for cell, number in zip(shown[label], numbers, strict=True):
            assert says_fixed(text(cell), number, decimals=2), label


def test_the_blocks_and_the_checks_are_told_as_measured(words):
    assert f"in blocks of {RESULTS['block_points']:,}, each coordinate" in words
    checks = RESULTS["validation_microseconds"]
    assert f"at {min(map(int, SIZES))} points into the overhead of Python." in words
    assert f"The checks of what you pass take {checks:.1f} µs of it." in words


@pytest.mark.parametrize(("which", "place"), list(enumerate(RESULTS["errors"])))
def test_every_error_stands_beside_its_method_and_under_its_function(
    document, which, place
):
    errors = RESULTS["errors"][place]
    table = table_below(document, "how-exact-it-is", which)
    assert heads(table) == ["Method", *titles(list(errors))]
    check_heads_lead_to_functions(table, list(errors))
    shown = rows(table)
    assert list(shown) == [OURS, *PEERS]
    for method, cells in shown.items():
        for cell, name in zip(cells, errors, strict=True):
            assert says(text(cell), errors[name][method], digits=1), (method, name)


def test_the_tables_of_errors_say_at_which_points(document):
    for which, said in enumerate(
        ("First on the grid of the book's script:", "And at 200 random points,")
    ):
        table = table_below(document, "how-exact-it-is", which)
        assert said in text(table.getparent().getprevious())


def test_what_is_said_of_rounding_is_so():
    grid, random = RESULTS["errors"]["grid"], RESULTS["errors"]["random"]
    for name in list(grid)[:2]:
        assert grid[name][OURS] == 0
        assert random[name]["the book's loop"] < random[name][OURS]


def test_all_versions_are_named(words):
    versions = RESULTS["versions"].items()
    named = ", ".join(f"{name} {version}" for name, version in versions)
    assert f"Those shown here were taken with {named}." in words


# The picture


SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def picture(built) -> etree._Element:
    return etree.fromstring((built.site / "static/speed.svg").read_bytes())


def spoken(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


def middle(label: etree._Element) -> tuple[float, float]:
    return float(label.get("x")), float(label.get("y"))


def axis_numbers(picture: etree._Element) -> dict[float, float]:
    """How far to the right each number along the axis stands: all are on one line."""
    labels = list(picture.iter(f"{SVG}text"))
    (base,) = [middle(label)[1] for label in labels if spoken(label) == "0.1"]
    on_the_line = [
        label for label in labels if label.get("y") and middle(label)[1] == base
    ]
    return {value_of(spoken(label)): middle(label)[0] for label in on_the_line}


def position(picture: etree._Element, ratio: float) -> float:
    """How far to the right a ratio lies, by the first and the last of these numbers."""
    numbers = axis_numbers(picture)
    a_decade = (numbers[1e4] - numbers[0.1]) / 5
    return numbers[0.1] + a_decade * math.log10(ratio / 0.1)


def marks(picture: etree._Element) -> list[tuple[str, float, float]]:
    """The dots in the order in which they are drawn: their size by name, and where."""
    found = []
    for use in picture.iter(f"{SVG}use"):
        found.append((use.get(LINK), float(use.get("x")), float(use.get("y"))))
    return found


def ranges(picture: etree._Element) -> list[tuple[float, float, float]]:
    """The level lines of the data: from where to where, and at what height."""
    (style,) = [use.get("class") for use in picture.iter(f"{SVG}use")][:1]
    colour = re.search(
        rf"\.{style}{{fill: (#\w+)}}", spoken(picture.find(f".//{SVG}style"))
    )[1]
    found = []
    for path in picture.iter(f"{SVG}path"):
        line = re.match(r"M(\S+) (\S+)l(\S+) 0$", path.get("d").strip())
        rule = rf"\.{path.get('class')}{{[^}}]*stroke: {colour}"
        if line and re.search(rule, spoken(picture.find(f".//{SVG}style"))):
            left, height, length = (float(part) for part in line.groups())
            found.append((left, left + length, height))
    return found


def test_each_number_along_the_axis_is_ten_times_the_one_before(picture):
    numbers = axis_numbers(picture)
    assert list(numbers) == [0.1, 1, 10, 100, 1000, 10000]
    for value, x in numbers.items():
        assert x == pytest.approx(position(picture, value), abs=0.2)


def test_the_methods_stand_in_their_order_from_top_to_bottom(picture):
    names = dict[str, list[str]]()
    heights = []
    for group in picture.iter(f"{SVG}g"):
        if is_name := re.fullmatch(r"method_(\d+)_\d+", group.get("id", "")):
            names.setdefault(is_name[1], []).append(spoken(group))
            heights.append(middle(group.find(f"{SVG}text"))[1])
    assert [" ".join(lines) for lines in names.values()] == PEERS
    assert heights == sorted(heights)


def test_each_dot_is_the_median_of_its_method_and_size_and_its_line_the_range(picture):
    dots = marks(picture)
    lines = ranges(picture)
    drawn = [(points, peer) for points in SIZES for peer in PEERS]
    assert len(lines) == len(drawn)
    for k, (points, peer) in enumerate(drawn):
        of_peer = ratios(peer, points)
        _, x, y = dots[k]
        left, right, height = lines[k]
        assert x == pytest.approx(
            position(picture, statistics.median(of_peer)), abs=0.3
        )
        assert left == pytest.approx(position(picture, min(of_peer)), abs=0.3)
        assert right == pytest.approx(position(picture, max(of_peer)), abs=0.3)
        assert y == pytest.approx(height, abs=0.1)


def test_each_dot_stands_beside_the_name_of_its_method(picture):
    rows_of_dots = {}
    for k, (_, _, y) in enumerate(marks(picture)[: len(SIZES) * len(PEERS)]):
        rows_of_dots.setdefault(PEERS[k % len(PEERS)], []).append(y)
    for label in picture.iter(f"{SVG}text"):
        name = spoken(label)
        if name in rows_of_dots:
            heights = rows_of_dots[name]
            assert min(heights) < middle(label)[1] < max(heights) + 2, name


def test_the_size_of_a_dot_tells_the_number_of_points_as_the_legend_says(picture):
    count = len(PEERS)
    of_data = [
        [size for size, *_ in marks(picture)[k * count : (k + 1) * count]]
        for k in range(3)
    ]
    sizes = [set(group) for group in of_data]
    legend = marks(picture)[3 * count :]
    names = [
        spoken(each)
        for each in picture.findall(f".//{SVG}g[@id='legend_1']//{SVG}text")
    ]
    assert names == [f"{int(points):,}" for points in SIZES]
    assert "number of points" in [spoken(each) for each in picture.iter(f"{SVG}text")]
    assert [{size} for size, *_ in legend] == sizes
    radii = []
    for size, *_ in legend:
        outline = picture.find(f".//*[@id='{size[1:]}']").get("d")
        radii.append(float(re.match(r"M 0 (\S+)", outline)[1]))
    assert radii == sorted(set(radii))


def test_faster_is_left_of_one_and_slower_right(picture):
    one = position(picture, 1)
    for label in picture.iter(f"{SVG}text"):
        if spoken(label) == "← faster":
            assert middle(label)[0] < one
        if spoken(label) == "slower →":
            assert middle(label)[0] > one
    assert "times as long as gradient" in [
        spoken(each) for each in picture.iter(f"{SVG}text")
    ]


def test_whoever_cannot_see_the_picture_is_told_the_range_of_every_method(document):
    (image,) = document.cssselect("figure img[src$='speed.svg']")
    _, *said = image.get("alt").strip().split("\n")
    for line, peer in zip(said, PEERS, strict=True):
        told = re.fullmatch(r"(.+): from (\S+) to (\S+)[;.]", line)
        assert told[1] == peer
        assert says(told[2], min(ratios(peer)), digits=2), peer
        assert says(told[3], max(ratios(peer)), digits=2), peer


def test_the_caption_counts_the_functions_of_a_dot(document):
    (caption,) = document.cssselect("main figure figcaption")
    assert f" {len(TIMED)} functions" in text(caption)
