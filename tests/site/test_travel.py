"""The page on how a slip travels: what it counts, what it draws, and where its links lead."""

import datetime
import re
import tomllib
from itertools import pairwise

import pytest
from project import ROOT


def record(name):
    _, matter, _ = (ROOT / "content" / name).read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(matter)


@pytest.fixture(scope="module")
def page(built):
    return built.files()["travel/index.html"].decode()


COPIES = [copy for copy in record("travel.md")["copies"] if "language" not in copy]
EVENTS = record("travel.md")["events"]


def test_the_counts_are_those_of_the_copies(page):
    older = sum(copy["call"] == "older" for copy in COPIES)
    assert f"{len(COPIES)} in Python.\n{older} had the older call, {len(COPIES) - older}" in page
    assert len({copy["name"] for copy in COPIES}) == len(COPIES)
    for call, count in (("older", older), ("newer", len(COPIES) - older)):
        assert f"{count} of {len(COPIES)} copies have the {call} call" in page


def test_the_days_are_those_of_the_erratum(page):
    erratum = record("errata/layout.md")
    first, fixed = erratum["introduced"]["date"], erratum["fixed"]["date"]
    reported = erratum["reporters"][0]["date"]
    assert {first, reported, fixed} <= {event["date"] for event in EVENTS}
    assert f"for {(fixed - first).days} days" in page
    assert f"it took {(fixed - reported).days} days" in page


def test_each_copy_is_linked_at_its_commit(page):
    for copy in record("travel.md")["copies"]:
        assert re.fullmatch("[0-9a-f]{40}", copy["commit"])
        where = f"{copy['name']}/blob/{copy['commit']}/{copy['path']}#L{copy['line']}"
        assert page.count(f'href="https://github.com/{where}"') == 1
        assert page.count(f"<code>{copy['commit'][:7]}</code>") == (copy in COPIES)
    few = record("errata/layout.md")["affected"]
    assert {(copy["name"], copy["commit"]) for copy in few} <= {
        (copy["name"], copy["commit"]) for copy in record("travel.md")["copies"]
    }


def test_the_drawing_is_to_scale_and_has_all_that_the_list_has(page):
    (svg,) = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    years = {int(y): float(at) for at, y in re.findall(r'y="([\d.]+)">(20\d\d)<', svg)}
    per_day = (years[2026] - years[2017]) / (
        datetime.date(2026, 1, 1) - datetime.date(2017, 1, 1)
    ).days
    dots = [float(y) for y in re.findall(r'<circle fill="currentColor".*?cy="([\d.]+)"', svg)]
    labelled = [event for event in EVENTS if "label" in event]
    assert len(dots) == len(labelled)
    for event, at in zip(labelled, dots, strict=True):
        days = (event["date"] - datetime.date(2017, 1, 1)).days
        assert at == pytest.approx(years[2017] - 4 + days * per_day, abs=0.3)  # 4 to the baseline
        assert f">{event['label']}</text>" in svg
    rings = re.findall(r'<circle class="(\w+)" .*?r="5.5"', svg)
    (radius,) = set(re.findall(r'<circle fill="currentColor".*?r="([\d.]+)"', svg))
    assert float(radius) + 1 < 5.5 - 0.75  # a copy is seen around the dot of its day
    dated = [copy["call"] for copy in COPIES if "date" in copy]
    assert rings == [{"older": "buggy", "newer": "correct"}[call] for call in dated]
    assert svg.count('r="6"') == len(COPIES)
    labels = sorted(float(y) for y in re.findall(r'<text [^>]*x="122" y="([\d.]+)"', svg))
    assert min(b - a for a, b in pairwise(labels)) >= 16


def test_who_cannot_see_the_drawing_is_told_the_same(page):
    ((told, drawn),) = re.findall(
        r'<svg [^>]*role="img" aria-label="(.*?)"(.*?)</svg>', page, re.DOTALL
    )
    assert "from 7 July 2016" in told
    assert "until 21 January 2019" in told
    numbers = re.findall(r">[^<\d]*(\d+ (?:days|of \d+ copies have the \w+ call))", drawn)
    assert len(numbers) == 3
    assert all(number in told for number in numbers)
