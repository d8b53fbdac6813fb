"""The page on how a slip travels draws, counts and links what its front matter records.

The drawing is read as a reader does: a date is where its height lies between the lines of
two years, a branch is where its line runs, a copy belongs to the branch on which it sits.
"""

import datetime
import re
from dataclasses import dataclass
from itertools import pairwise

import oracle
import pytest
from lxml.html import HtmlElement
from project import BASE_URL
from reading import page, text
from wording import day, line_at_commit, links, plain, short_commit

RECORD = oracle.sources()["travel/index.html"].record
EVENTS = RECORD["events"]
PYTHON = [copy for copy in RECORD["copies"] if "language" not in copy]
TRANSLATED = [copy for copy in RECORD["copies"] if "language" in copy]
OF_THE_BOOK = [event for event in EVENTS if event["place"] == "book"]
FIRST = OF_THE_BOOK[0]["date"]
REPORTED = OF_THE_BOOK[1]["date"]
FIXED = next(event["date"] for event in EVENTS if event.get("call") == "newer")
LEFT_THE_BOOK = next(event["date"] for event in EVENTS if event["place"] == "copies")
LAST = EVENTS[-1]["date"]
CALLS = ("older", "newer")
INK = {"older": "buggy", "newer": "correct"}
MARK = {"older": "✗", "newer": "✓"}
CLOSE = 0.3


def count(call: str) -> int:
    """How many copies in Python have a call."""
    return len([copy for copy in PYTHON if copy["call"] == call])


@pytest.fixture(scope="module")
def document(built) -> HtmlElement:
    return page(built.site / "travel/index.html")


@pytest.fixture(scope="module")
def words(document) -> str:
    return text(document.find(".//main"))


@pytest.fixture(scope="module")
def drawing(document) -> HtmlElement:
    (svg,) = document.cssselect("main figure svg")
    return svg


# The drawing


@dataclass(frozen=True)
class Axis:
    """Where the days lie: at what height a year begins, and how high a day is."""

    year: int
    top: float
    a_day: float

    def height(self, date: datetime.date) -> float:
        return self.top + self.a_day * (date - datetime.date(self.year, 1, 1)).days


def number(element: HtmlElement, name: str) -> float:
    return float(element.get(name))


def year_lines(drawing: HtmlElement) -> list[float]:
    """The heights of the thin lines, from the first to the last."""
    lines = [path.get("d") for path in drawing.cssselect("path[stroke-opacity]")]
    return [float(re.fullmatch(r"M\S+ (\S+)H\S+", line)[1]) for line in lines]


def year_labels(drawing: HtmlElement) -> list[HtmlElement]:
    return [
        each for each in drawing.iter("text") if re.fullmatch(r"20\d\d", text(each))
    ]


@pytest.fixture(scope="module")
def axis(drawing) -> Axis:
    """The axis as its first and last year tell."""
    first, *_, last = (int(text(label)) for label in year_labels(drawing))
    top, *_, bottom = year_lines(drawing)
    days = (datetime.date(last, 1, 1) - datetime.date(first, 1, 1)).days
    return Axis(first, top, (bottom - top) / days)


def strokes(drawing: HtmlElement, call: str) -> list[list[float]]:
    """The lines of a call, each by the numbers of its path."""
    (path,) = drawing.cssselect(f"g.{INK[call]} path")
    lines = re.findall("M[^M]*", path.get("d"))
    return [[float(part) for part in re.findall(r"[\d.]+", line)] for line in lines]


def branch(drawing: HtmlElement, call: str) -> float:
    """How far to the right the copies with a call have their line: where it ends."""
    _, parted = strokes(drawing, call)
    return parted[-3]


def trunk(drawing: HtmlElement) -> float:
    """How far to the right the line of the book's repository begins."""
    return strokes(drawing, "older")[0][0]


def test_every_year_has_its_line_and_its_number_and_they_go_down_the_page(
    drawing, axis
):
    years = range(FIRST.year + 1, LAST.year + 1)
    labels = year_labels(drawing)
    assert [int(text(label)) for label in labels] == list(years)
    assert axis.a_day > 0
    for year, line, label in zip(years, year_lines(drawing), labels, strict=True):
        assert line == pytest.approx(axis.height(datetime.date(year, 1, 1)), abs=CLOSE)
        assert 0 < number(label, "y") - line < 8, year


def test_the_broken_line_is_the_older_call_and_the_full_line_the_newer(drawing):
    for call in CALLS:
        (path,) = drawing.cssselect(f"g.{INK[call]} path")
        assert ("stroke-dasharray" in path.attrib) == (call == "older"), call
        assert path.get("stroke") == "var(--hue)", call


def test_the_book_has_the_older_call_until_its_fix_and_the_newer_one_to_the_end(
    drawing, axis
):
    older, newer = strokes(drawing, "older")[0], strokes(drawing, "newer")[0]
    at_fix = axis.height(FIXED)
    assert older == pytest.approx(
        [trunk(drawing), axis.height(FIRST), at_fix], abs=CLOSE
    )
    assert newer == pytest.approx(
        [trunk(drawing), at_fix, axis.height(LAST)], abs=CLOSE
    )


def test_copies_leave_the_book_when_the_first_of_them_did_and_go_on_to_the_end(
    drawing, axis
):
    for call, leaving in (("older", LEFT_THE_BOOK), ("newer", FIXED)):
        line = strokes(drawing, call)[1]
        assert line[:2] == pytest.approx(
            [trunk(drawing), axis.height(leaving)], abs=CLOSE
        )
        assert line[-1] == pytest.approx(axis.height(LAST), abs=CLOSE), call
    assert trunk(drawing) < branch(drawing, "newer") < branch(drawing, "older")


def event_dots(drawing: HtmlElement) -> list[HtmlElement]:
    return drawing.cssselect("circle[fill=currentColor]")


def test_an_event_is_a_dot_at_its_day_on_the_line_where_it_happened(drawing, axis):
    told = [event for event in EVENTS if "label" in event]
    for event, dot in zip(told, event_dots(drawing), strict=True):
        of_the_book = event["place"] == "book" or "call" in event
        line = trunk(drawing) if of_the_book else branch(drawing, "older")
        assert number(dot, "cy") == pytest.approx(axis.height(event["date"]), abs=CLOSE)
        assert number(dot, "cx") == line, event["label"]


def test_a_thin_line_leads_from_each_dot_to_the_words_of_its_event(drawing):
    told = [event for event in EVENTS if "label" in event]
    for event, dot in zip(told, event_dots(drawing), strict=True):
        leader = [float(n) for n in re.findall(r"[\d.]+", dot.getprevious().get("d"))]
        label = dot.getnext()
        assert text(label) == event["label"]
        assert leader[:2] == [number(dot, "cx"), number(dot, "cy")], event["label"]
        assert leader[-1] < number(label, "x"), event["label"]
        assert 0 < number(label, "y") - leader[-2] < 8, event["label"]


def test_words_beside_the_lines_do_not_overlap(drawing):
    beside = [number(each, "y") for each in drawing.cssselect("text[x='122']")]
    heights = sorted(beside)
    assert all(lower - upper >= 16 for upper, lower in pairwise(heights))


def copies_on_the_lines(drawing: HtmlElement) -> list[HtmlElement]:
    """The circles of copies beside the axis, in their order."""
    return [each for each in drawing.cssselect("svg > circle") if each.get("class")]


def is_ring(circle: HtmlElement) -> bool:
    """Whether one sees through: it is filled with the colour of the ground."""
    return circle.get("fill") == "var(--card)"


def test_a_copy_of_a_known_day_is_a_circle_at_that_day_on_the_line_of_its_call(
    drawing, axis
):
    dated = [copy for copy in PYTHON if "date" in copy]
    for copy, circle in zip(dated, copies_on_the_lines(drawing), strict=True):
        call = copy["call"]
        assert number(circle, "cy") == pytest.approx(
            axis.height(copy["date"]), abs=CLOSE
        )
        assert number(circle, "cx") == branch(drawing, call), copy["name"]
        assert circle.get("class") == INK[call], copy["name"]
        assert is_ring(circle) == (call == "older"), copy["name"]
        assert is_ring(circle) or circle.get("fill") == "var(--hue)", copy["name"]


def test_a_copy_is_seen_around_the_dot_of_an_event_of_the_same_day(drawing):
    (dot,) = {number(each, "r") for each in event_dots(drawing)}
    (copy,) = {number(each, "r") for each in copies_on_the_lines(drawing)}
    assert dot + 1 < copy - 0.75


def test_each_call_has_as_many_circles_at_the_foot_as_it_has_copies(drawing, axis):
    feet = {
        group.get("class"): group
        for group in drawing.cssselect("g")
        if group.find("circle") is not None
    }
    assert list(feet) == [INK[call] for call in CALLS]
    for call in CALLS:
        foot = feet[INK[call]]
        circles = foot.findall("circle")
        assert len(circles) == count(call)
        assert [is_ring(circle) for circle in circles] == [call == "older"] * count(
            call
        )
        label = (
            f"{MARK[call]} {count(call)} of {len(PYTHON)} copies have the {call} call"
        )
        assert text(foot.find("text")) == label
        for circle in circles:
            assert (
                number(circle, "cy")
                > number(foot.find("text"), "y")
                > axis.height(LAST)
            )


def test_the_lines_of_copies_are_named_where_they_run(drawing):
    for call in CALLS:
        name = f"{MARK[call]} copies with the {call} call"
        (label,) = [each for each in drawing.iter("text") if text(each) == name]
        leader = [float(n) for n in re.findall(r"[\d.]+", label.getprevious().get("d"))]
        assert leader[0] == branch(drawing, call), call
        assert 0 < number(label, "y") - leader[1] < 8, call


def test_the_drawing_names_the_book_and_says_after_how_many_days_it_was_fixed(
    drawing, axis
):
    said = {text(each): each for each in drawing.iter("text")}
    assert "the book's repository" in said
    days = said[f"after {(FIXED - FIRST).days} days"]
    assert 0 < number(days, "y") - axis.height(FIXED) < 25


def test_whoever_cannot_see_the_drawing_is_told_the_same(drawing):
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label") == (
        f"Timeline from {day(FIRST)} to {day(LAST)}. The book's repository has the older call "
        f"for {(FIXED - FIRST).days} days, until {day(FIXED)}, and the newer call from then "
        "on. Copies with the older call go their own way before that day, and go on to the "
        f"end. At the end, {count('older')} of {len(PYTHON)} copies have the older call, and "
        f"{count('newer')} of {len(PYTHON)} copies have the newer call. "
        "The dates are listed below."
    )


def test_the_caption_says_how_to_read_the_drawing(document):
    assert text(document.cssselect("main figure figcaption")[0]) == (
        "Downwards, year by year. A broken line is the older call, a full line the newer one. "
        "A ring on the broken line, or a filled circle on the full one, is a copy, at the date "
        "of the commit that was read, where that is known; a dot with words is an event. "
        "At the foot, each circle is a copy that was read."
    )


def test_everything_drawn_is_inside_the_frame(drawing):
    left, top, width, height = (float(part) for part in drawing.get("viewbox").split())
    for element in drawing.cssselect("circle, text"):
        x = number(element, "cx" if element.tag == "circle" else "x")
        y = number(element, "cy" if element.tag == "circle" else "y")
        assert left <= x <= left + width
        assert top <= y <= top + height


# The words


def after(document: HtmlElement, place: str) -> HtmlElement:
    """The first list below a heading."""
    (heading,) = document.cssselect(f"#{place}")
    return next(each for each in heading.itersiblings() if each.tag == "ul")


def test_every_event_is_listed_with_its_day_in_order(document):
    items = after(document, "what-happened-when").findall("li")
    assert [text(item) for item in items] == [
        f"{day(event['date'])}: {plain(event['what'])}" for event in EVENTS
    ]
    assert [event["date"] for event in EVENTS] == sorted(
        event["date"] for event in EVENTS
    )


def test_every_event_leads_to_its_source(document):
    for item, event in zip(
        after(document, "what-happened-when").findall("li"), EVENTS, strict=True
    ):
        shown = []
        for link in item.iter("a"):
            address = link.get("data-url", link.get("href")).replace(BASE_URL, "/")
            shown.append((text(link), re.sub("^index.html", "/travel/", address)))
        assert shown == links(event["what"]), event["date"]


def test_the_days_between_first_version_report_and_fix_are_counted(words):
    assert (
        f"The older call stood in the book's repository for {(FIXED - FIRST).days} days. "
        f"From the first report to the fix it took {(FIXED - REPORTED).days} days."
    ) in words


def test_the_days_are_those_of_the_erratum(words):
    erratum = oracle.errata()["layout"]
    assert erratum["introduced"]["date"] == FIRST
    assert erratum["reporters"][0]["date"] == REPORTED
    assert erratum["fixed"]["date"] == FIXED


def test_the_copies_are_counted_in_all_and_by_their_call(words):
    assert (
        f"a few more that were known by name: {len(PYTHON)} in Python. "
        f"{count('older')} had the older call, {count('newer')} the newer one."
    ) in words
    assert len({copy["name"] for copy in PYTHON}) == len(PYTHON)


@pytest.mark.parametrize("call", CALLS)
def test_every_copy_is_listed_under_its_call_and_leads_to_its_line(document, call):
    (heading,) = document.cssselect(f"#with-the-{call}-call")
    assert text(heading) == f"With the {call} call#"
    shown = []
    for item in after(document, f"with-the-{call}-call").findall("li"):
        (link,) = item.iter("a")
        shown.append((text(item), text(link), link.get("href")))
    expected = []
    for copy in PYTHON:
        if copy["call"] == call:
            words = f"{copy['name']}, {short_commit(copy['commit'])}"
            if "date" in copy:
                words += f", {day(copy['date'])}"
            if "what" in copy:
                words += f", {copy['what']}"
            expected.append((words, copy["name"], line_at_commit(copy)))
    assert shown == expected


def test_every_date_of_a_copy_is_said_to_programs_too(document):
    for call in CALLS:
        shown = [
            time.get("datetime")
            for time in after(document, f"with-the-{call}-call").iter("time")
        ]
        dated = [copy for copy in PYTHON if copy["call"] == call and "date" in copy]
        assert shown == [copy["date"].isoformat() for copy in dated]


def test_translations_stand_in_a_table_under_the_right_heads(document):
    (table,) = document.cssselect("#translated-along-with-the-rest ~ div table")
    assert [text(head) for head in table.iter("th")] == [
        "Translation",
        "Came along",
        "How it is there",
    ]
    rows = table.cssselect("tbody tr")
    for row, copy in zip(rows, TRANSLATED, strict=True):
        owner = copy["name"].split("/")[0]
        came_along = "yes" if copy["call"] == "older" else "no"
        cells = [text(cell) for cell in row.iter("td")]
        assert cells == [f"{copy['language']}, {owner}", came_along, copy["what"]]
        (link,) = row.iter("a")
        assert (text(link), link.get("href")) == (owner, line_at_commit(copy))


def test_translations_with_the_slip_are_counted(words):
    slipped = [copy for copy in TRANSLATED if copy["call"] == "older"]
    assert (
        f"Of {len(TRANSLATED)} such translations that compute the same field, "
        f"the slip came along into {len(slipped)}:"
    ) in words


def test_the_copies_that_the_erratum_names_are_among_them():
    copies = {(copy["name"], copy["commit"], copy["line"]) for copy in RECORD["copies"]}
    for copy in oracle.errata()["layout"]["affected"]:
        assert (copy["name"], copy["commit"], copy["line"]) in copies
