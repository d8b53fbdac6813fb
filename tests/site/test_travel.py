"""The page on how a slip travels draws, counts and links what its front matter records.

The drawing is read as a reader does: a date is where it lies between the lines of two
years, a copy has the call of the side of the line on which its circle stands.
"""

import datetime
import re
from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import oracle
import pytest
from lxml.html import HtmlElement
from project import BASE_URL
from reading import page, text
from reading.records import day, line_at_commit, links, plain, short_commit
from reading.words import said, word

from gradviz_core.publish.timeline import timeline

RECORD = oracle.sources()["travel/index.html"].record
EVENTS = RECORD["events"]
COPIES = RECORD["copies"]
NAMED = RECORD["named_copies"]
TRANSLATED = RECORD["translations"]
OF_THE_BOOK = [event for event in EVENTS if event["place"] == "book"]
FIRST = OF_THE_BOOK[0]["date"]
REPORTED = OF_THE_BOOK[1]["date"]
FIXED = next(event["date"] for event in EVENTS if event.get("call") == "newer")
LAST = EVENTS[-1]["date"]
CALLS = ("newer", "older")
GROUPS = ("inherited", "before", "after")
INK = {"older": "buggy", "newer": "correct"}
MARK = {"older": "✗", "newer": "✓"}
CLOSE = 0.3
# Of the two lines of the heading of a group, the one that no other heading has.
HEADING_LINE = {"inherited": 0, "before": 1, "after": 1}


def group_of(copy: dict) -> str:
    """Where a copy belongs by its first commit, which it may have from the book."""
    if copy["first"] == FIRST:
        return "inherited"
    return "after" if copy["first"] > FIXED else "before"


DRAWN = [copy for copy in COPIES if copy["call"] in CALLS and "first" in copy]
NUMBERS = Counter((group_of(copy), copy["call"]) for copy in DRAWN)
YOUNG = [copy for copy in COPIES if "first" in copy and copy["first"] > FIXED]


def with_call(call: str, copies: list[dict]) -> int:
    return len([copy for copy in copies if copy["call"] == call])


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
    """Where the days lie: how far to the right a year begins, and how wide a day is."""

    year: int
    left: float
    a_day: float

    def place(self, date: datetime.date) -> float:
        return self.left + self.a_day * (date - datetime.date(self.year, 1, 1)).days


def number(element: HtmlElement, name: str) -> float:
    return float(element.get(name))


def numbers(path: str) -> list[float]:
    return [float(part) for part in re.findall(r"-?[\d.]+", path)]


def years(drawing: HtmlElement) -> list[tuple[int, float, float]]:
    """Each year, where its thin line stands, and where its number does."""
    found = []
    for label in drawing.cssselect("g.numbers text"):
        left, *_ = numbers(label.getprevious().get("d"))
        found.append((int(text(label)), left, number(label, "x")))
    return found


@pytest.fixture(scope="module")
def axis(drawing) -> Axis:
    """The axis as the first and the last year that begin in it tell."""
    _, (first, left, _), *_, (last, right, _) = years(drawing)
    days = (datetime.date(last, 1, 1) - datetime.date(first, 1, 1)).days
    return Axis(first, left, (right - left) / days)


def circles(drawing: HtmlElement, call: str) -> list[tuple[float, float]]:
    """Where the copies with a call stand."""
    found = drawing.cssselect(f"g.{INK[call]} circle")
    return [(number(each, "cx"), number(each, "cy")) for each in found]


def book_lines(drawing: HtmlElement) -> dict[str, HtmlElement]:
    """The lines of the book's repository by the call that it has."""
    return {call: drawing.cssselect(f"path.{INK[call]}")[0] for call in CALLS}


def label_in(drawing: HtmlElement, words: str) -> HtmlElement:
    """The only text of the drawing with these words."""
    (label,) = [each for each in drawing.iter("text") if text(each) == words]
    return label


def test_every_year_has_its_line_where_it_begins_and_its_number_in_its_middle(
    drawing, axis
):
    shown = years(drawing)
    assert [year for year, *_ in shown] == list(range(FIRST.year, LAST.year + 1))
    assert axis.a_day > 0
    for year, left, middle in shown:
        begins = max(FIRST, datetime.date(year, 1, 1))
        ends = min(LAST, datetime.date(year, 12, 31))
        of_its_days = axis.place(begins + (ends - begins) / 2)
        assert left == pytest.approx(axis.place(begins), abs=CLOSE)
        assert middle == pytest.approx(of_its_days, abs=CLOSE)


def test_the_book_has_the_older_call_until_its_fix_and_the_newer_one_to_the_end(
    drawing, axis
):
    at = [axis.place(date) for date in (FIRST, FIXED, LAST)]
    lines = book_lines(drawing)
    for call, ends in (("older", at[:2]), ("newer", at[1:])):
        left, height, right = numbers(lines[call].get("d"))
        assert [left, right] == pytest.approx(ends, abs=CLOSE), call
        assert height == 0, call
        is_broken = "stroke-dasharray" in lines[call].attrib
        assert is_broken == (call == "older"), call


def test_a_line_from_top_to_bottom_parts_what_was_before_the_fix_from_what_was_after(
    drawing, axis
):
    (line,) = drawing.xpath("./path[not(@class) and not(@fill)]")
    x, *_ = numbers(line.get("d"))
    assert x == pytest.approx(axis.place(FIXED), abs=CLOSE)


def test_copies_with_the_newer_call_stand_above_the_line_and_others_below(drawing):
    assert all(y < -4 for _, y in circles(drawing, "newer"))
    assert all(y > 4 for _, y in circles(drawing, "older"))
    assert len(circles(drawing, "newer")) == with_call("newer", DRAWN)
    assert len(circles(drawing, "older")) == with_call("older", DRAWN)


def test_a_copy_of_its_own_history_stands_at_the_day_of_its_first_commit(drawing, axis):
    for call in CALLS:
        of_their_own = [
            copy["first"]
            for copy in DRAWN
            if copy["call"] == call and group_of(copy) != "inherited"
        ]
        shown = [x for x, _ in circles(drawing, call) if x > axis.place(FIRST)]
        expected = [axis.place(date) for date in sorted(of_their_own)]
        assert sorted(shown) == pytest.approx(expected, abs=CLOSE), call


def test_a_copy_with_the_history_of_the_book_stands_left_of_all_days(drawing, axis):
    for call in CALLS:
        shown = [x for x, _ in circles(drawing, call) if x < axis.place(FIRST)]
        assert len(shown) == NUMBERS["inherited", call], call


def test_copies_of_the_first_day_and_of_that_of_the_fix_are_drawn():
    """The days that part the groups are in the group that they end."""
    copies = [{"call": "older", "first": date} for date in (FIRST, FIXED)]
    drawn = timeline(EVENTS, copies)
    assert [drawn.count(name, "older") for name in GROUPS] == [1, 1, 0]
    a_day = datetime.timedelta(days=1)
    copies = [{"call": "newer", "first": date + a_day} for date in (FIRST, FIXED)]
    drawn = timeline(EVENTS, copies)
    assert [drawn.count(name, "newer") for name in GROUPS] == [0, 1, 1]


def test_no_circle_hides_another(drawing):
    every = [place for call in CALLS for place in circles(drawing, call)]
    for (x, y), (other_x, other_y) in combinations(every, 2):
        assert (x - other_x) ** 2 + (y - other_y) ** 2 > 10**2


def test_the_newer_call_is_a_filled_circle_and_the_older_one_a_ring(drawing):
    for call, ground in (("newer", "var(--hue)"), ("older", "var(--card)")):
        found = drawing.cssselect(f"g.{INK[call]} circle")
        assert {circle.get("fill") for circle in found} == {ground}


def test_each_group_says_how_many_it_has_of_each_call(drawing):
    shown = []
    for group in drawing.cssselect("g.correct, g.buggy"):
        (call,) = [each for each in CALLS if INK[each] == group.get("class")]
        count = len(group.findall("circle"))
        assert text(group.find("text")) == f"{MARK[call]} {count} {call}"
        shown.append((call, count))
    assert sorted(shown) == sorted(
        (call, count) for (_, call), count in NUMBERS.items()
    )


def test_on_a_narrow_screen_each_group_is_listed_with_its_numbers(document):
    items = document.cssselect("ol.vertical > li.copies")
    for name, item in zip(GROUPS, items, strict=True):
        heading = said(f"travel.heading.{name}", fixed=day(FIXED))
        assert text(item).startswith(heading), name
        for call in CALLS:
            assert f"{MARK[call]} {NUMBERS[name, call]} {call}" in text(item), name


def test_the_number_of_a_group_stands_beyond_its_circles_under_its_heading(
    drawing, axis
):
    places = {}
    for name in GROUPS:
        line = HEADING_LINE[name]
        heading = word(f"travel.group.{name}")[line].format(fixed=day(FIXED))
        places[name] = number(label_in(drawing, heading), "x")
    for group in drawing.cssselect("g.correct, g.buggy"):
        label = group.find("text")
        found = [number(circle, "cx") for circle in group.findall("circle")]
        (name,) = [name for name, x in places.items() if x == number(label, "x")]
        edges = {
            "inherited": (0, axis.place(FIRST)),
            "before": (axis.place(FIRST), axis.place(FIXED)),
            "after": (axis.place(FIXED), axis.place(LAST)),
        }
        left, right = edges[name]
        assert all(left < x < right for x in found), name
        farthest = max(abs(number(circle, "cy")) for circle in group.findall("circle"))
        assert abs(number(label, "y")) > farthest, name


def test_an_event_is_a_dot_on_the_line_at_its_day_with_its_words_above(drawing, axis):
    told = [event for event in EVENTS if "label" in event]
    dots = drawing.xpath("./circle")
    for event, dot in zip(told, dots, strict=True):
        assert number(dot, "cx") == pytest.approx(axis.place(event["date"]), abs=CLOSE)
        assert number(dot, "cy") == 0
        label = dot.getnext()
        assert text(label) == event["label"]
        assert number(dot, "cx") < number(label, "x") < number(dot, "cx") + 15
        leader = numbers(dot.getprevious().get("d"))
        assert leader[0] == number(dot, "cx"), event["label"]
        assert abs(leader[2] - number(label, "y")) < 8, event["label"]


def test_whoever_cannot_see_the_drawing_is_told_the_same(drawing):
    assert drawing.get("role") == "img"
    groups = [
        said(
            f"travel.alt_of_group.{name}",
            newer=NUMBERS[name, "newer"],
            older=NUMBERS[name, "older"],
            fixed=day(FIXED),
        )
        for name in GROUPS
    ]
    chart = said("travel.alt", first=day(FIRST), last=day(LAST), fixed=day(FIXED))
    assert drawing.get("aria-label") == " ".join([chart, *groups])


def test_the_caption_says_what_is_drawn_and_how_many_copies_are_not(document):
    undated = [c for c in COPIES if c["call"] in CALLS and "first" not in c]
    (caption,) = document.cssselect("main figure figcaption")
    neither = with_call("neither", COPIES)
    assert text(caption) == said(
        "travel.caption", neither=neither, undated=len(undated)
    )


def test_everything_drawn_is_inside_the_frame(drawing):
    left, top, width, height = (float(part) for part in drawing.get("viewbox").split())
    for element in drawing.cssselect("circle, text"):
        x = number(element, "cx" if element.tag == "circle" else "x")
        y = number(element, "cy" if element.tag == "circle" else "y")
        assert left <= x <= left + width
        assert top <= y <= top + height


# The words


def after(document: HtmlElement, place: str, tag: str) -> HtmlElement:
    """The first list or table below a heading."""
    return document.xpath(f"//*[@id='{place}']/following::{tag}")[0]


def rows(table: HtmlElement) -> list[list[str]]:
    return [[text(cell) for cell in row.iter("td")] for row in table.find("tbody")]


def test_every_event_is_listed_with_its_day_in_order(document):
    items = after(document, "what-happened-when", "ul").findall("li")
    assert [text(item) for item in items] == [
        f"{day(event['date'])}: {plain(event['what'])}" for event in EVENTS
    ]
    assert [event["date"] for event in EVENTS] == sorted(
        event["date"] for event in EVENTS
    )


def test_every_event_leads_to_its_source(document):
    items = after(document, "what-happened-when", "ul").findall("li")
    for item, event in zip(items, EVENTS, strict=True):
        shown = []
        for link in item.iter("a"):
            address = link.get("data-url", link.get("href")).replace(BASE_URL, "/")
            shown.append((text(link), address))
        assert shown == links(event["what"]), event["date"]


def test_the_days_between_first_version_report_and_fix_are_counted(words):
    for days in (FIXED - FIRST, FIXED - REPORTED):
        assert f" {days.days} days" in words


def test_the_copies_are_counted_in_all_and_by_their_call(document, words):
    assert f"an index of public code named {len(COPIES)} repositories" in words
    assert f"On {day(LAST)}, an index" in words
    counted = after(document, "the-copies-that-were-read", "ul").findall("li")
    for item, call in zip(counted, ("older", "newer", "neither"), strict=True):
        which = call if call == "neither" else f"the {call} call"
        assert text(item).startswith(f"{with_call(call, COPIES)} have {which}")
    assert len({copy["name"] for copy in COPIES + NAMED}) == len(COPIES + NAMED)


def test_the_copies_first_committed_after_the_fix_are_counted_by_their_call(words):
    assert (
        f"Of these copies, {len(YOUNG)} were first committed after the fix. "
        f"{with_call('older', YOUNG)} of them have the older call, "
        f"{with_call('newer', YOUNG)} the newer, and {with_call('neither', YOUNG)} have neither."
    ) in words


def test_every_copy_is_a_row_with_its_call_its_dates_and_a_link_to_its_line(document):
    table = after(document, "the-copies-that-were-read", "table")
    assert [text(head) for head in table.iter("th")] == [
        "Copy",
        "Call",
        "First commit",
        "Last change",
        "Read at",
    ]
    for row, copy in zip(table.find("tbody"), COPIES, strict=True):
        call = " ".join([*MARK.get(copy["call"], ""), copy["call"]])
        dates = [
            day(copy[name]) if name in copy else "not known"
            for name in ("first", "date")
        ]
        place = short_commit(copy["commit"])
        address = line_at_commit({"line": None} | copy).removesuffix("#LNone")
        assert [text(cell) for cell in row] == [copy["name"], call, *dates, place]
        (link,) = row.iter("a")
        assert link.get("href") == address
        said_to_programs = [time.get("datetime") for time in row.iter("time")]
        assert said_to_programs == [
            copy[name].isoformat() for name in ("first", "date") if name in copy
        ]


def test_the_rows_of_copies_are_in_the_order_of_their_first_commits():
    dated = [copy["first"] for copy in COPIES if "first" in copy]
    assert dated == sorted(dated)
    assert all("first" not in copy for copy in COPIES[len(dated) :])


def test_a_copy_changes_last_after_it_is_first_committed():
    for copy in COPIES:
        assert ("first" in copy) == ("date" in copy), copy["name"]
        assert "first" not in copy or FIRST <= copy["first"] <= copy["date"] < LAST


def test_copies_known_by_name_are_listed_by_their_call(document, words):
    assert f"{len(NAMED)} more copies are known by name." in words
    (paragraph,) = [p for p in document.iter("p") if "known by name" in text(p)]
    in_order = sorted(NAMED, key=lambda copy: copy["call"] == "newer")
    shown = [(text(link), link.get("href")) for link in paragraph.iter("a")]
    assert shown == [(copy["name"], line_at_commit(copy)) for copy in in_order]
    older, newer = text(paragraph).split("With the newer: ")
    assert [copy["name"] in newer for copy in in_order] == [
        copy["call"] == "newer" for copy in in_order
    ]
    assert "With the older call: " in older


def test_young_copies_are_counted_by_the_language_of_their_comments(document):
    table = after(document, "by-language", "table")
    assert [text(head) for head in table.iter("th")] == [
        "Comments",
        "Older call",
        "Newer call",
    ]
    expected = []
    for language, name in (("ko", "Korean"), ("zh", "Chinese"), ("ja", "Japanese")):
        those = [copy for copy in YOUNG if copy.get("comments") == language]
        counts = [str(with_call(call, those)) for call in ("older", "newer")]
        expected.append([name, *counts])
    assert rows(table) == expected


def test_what_copies_say_is_quoted_from_copies_of_the_list(document):
    items = after(document, "what-some-of-them-say", "ul").findall("li")
    read = {f"https://github.com/{c['name']}/blob/{c['commit']}/" for c in COPIES}
    for item in items:
        source = next(item.iter("a")).get("href")
        assert any(source.startswith(address) for address in read), source


def test_the_copy_that_shows_the_slip_has_as_many_arrows_as_numpy_says(words):
    function = oracle.functions()["sum_of_squares_indexed"]
    columns = function.measured("columns")
    assert (
        f"typed as {function.spelling}. With the older call, only {columns.nonzero} of "
        f"{columns.arrows} arrows have nonzero length."
    ) in words


def test_translations_stand_in_a_table_under_the_right_heads(document):
    table = after(document, "translated-along-with-the-rest", "table")
    assert [text(head) for head in table.iter("th")] == [
        "Translation",
        "Slip",
        "What it does",
    ]
    for row, copy in zip(table.find("tbody"), TRANSLATED, strict=True):
        owner = copy["name"].split("/")[0]
        has_slip = "yes" if copy["call"] == "older" else "no"
        cells = [text(cell) for cell in row]
        assert cells == [f"{copy['language']}, {owner}", has_slip, copy["what"]]
        (link,) = row.iter("a")
        assert (text(link), link.get("href")) == (owner, line_at_commit(copy))


def test_translations_with_the_slip_are_counted(words):
    assert (
        f"Of {len(TRANSLATED)} translations that compute the same field, "
        f"{with_call('older', TRANSLATED)} have the slip:"
    ) in words


def test_the_copies_that_the_erratum_names_are_among_them():
    every = COPIES + NAMED + TRANSLATED
    copies = {(copy["name"], copy["commit"], copy.get("line")) for copy in every}
    for copy in oracle.errata()["layout"]["affected"]:
        assert (copy["name"], copy["commit"], copy["line"]) in copies
