"""Front matter: the fields that stand between the two lines +++ of a page.

An erratum has those of a page and, beside them, its record. What is not `Required` may
be left out.
"""

from datetime import date
from typing import Literal, Required, TypedDict

Call = Literal["older", "newer"]


class Correction(TypedDict):
    """Something that this site had wrong."""

    date: date
    what: str


class Event(TypedDict, total=False):
    """A day on the timeline of a page about copies."""

    date: Required[date]
    place: Required[Literal["book", "copies"]]
    call: Call
    label: str
    what: Required[str]


class Copy(TypedDict, total=False):
    """A copy of the script, as it was at a commit."""

    name: Required[str]
    path: Required[str]
    commit: Required[str]
    line: int
    first: date  # of its first commit
    date: date  # of its last change
    call: Required[Literal["older", "newer", "neither"]]
    comments: Literal["ko", "zh", "ja", "none"]  # the language, by its letters


class Translation(TypedDict):
    """The script in another programming language."""

    language: str
    name: str
    path: str
    commit: str
    line: int
    call: Call
    what: str


class SmallPictures(TypedDict, total=False):
    """What stands for a page in a list: files of figures/, without ending, by role."""

    correct: str
    buggy: str
    book: str


class PageRecord(TypedDict, total=False):
    """The fields that every page may have."""

    title: Required[str]
    summary: str
    picture: SmallPictures
    corrections: list[Correction]
    events: list[Event]
    copies: list[Copy]
    named_copies: list[Copy]
    translations: list[Translation]


class Moment(TypedDict, total=False):
    """A commit, or another day on which something came or went."""

    commit: str
    date: Required[date]
    by: str
    link: str


class Reporter(TypedDict, total=False):
    """Somebody who saw it."""

    name: Required[str]
    date: date
    link: str
    what: str


class AffectedCopy(TypedDict):
    """A copy that has the older code."""

    name: str
    path: str
    commit: str
    line: int
    what: str


class Change(TypedDict):
    """A change to an erratum's page."""

    date: date
    what: str


class ErratumRecord(PageRecord, total=False):
    """The fields of an erratum."""

    order: int
    where: str
    kind: Literal["code", "numerics", "figure", "wording", "documentation"]
    severity: Literal["wrong result", "fragile", "misleading", "cosmetic", "mixed"]
    visible: Literal["yes", "no", "depends on f", "mixed"]
    status: Literal["open", "fixed upstream", "closed", "mixed"]
    resolution: str
    wrong: str
    right: str
    introduced: Moment
    fixed: Moment
    reporters: list[Reporter]
    affected: list[AffectedCopy]
    sample: str
    changes: list[Change]
