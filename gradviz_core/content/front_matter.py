"""Front matter: the fields that stand between the two lines +++ of a page.

An erratum has those of a page and, beside them, its record; so has a case of a slip
that symmetry hides. What is not `Required` may be left out.
"""

from datetime import date
from typing import Literal, Required, TypedDict

Call = Literal["older", "newer"]


class Correction(TypedDict):
    """Something that this site had wrong."""

    date: date
    what: str


class Event(TypedDict, total=False):
    """A day on the timeline of a page about copies: a date of its own, or `day_of`."""

    date: date
    # What has its day in the record of an erratum: introduced, fixed, or a reporter.
    day_of: str
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
    erratum: str  # the name of its file: the one whose days some events have
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


class PlotLine(TypedDict):
    """A line of the plot that stands for the page in a list, by its name there."""

    name: str


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
    lines: list[PlotLine]
    introduced: Moment
    fixed: Moment
    reporters: list[Reporter]
    affected: list[AffectedCopy]
    sample: str
    changes: list[Change]


class Lines(TypedDict):
    """Lines of somebody's code, as they are at a commit."""

    work: str  # the book or course that the code belongs to
    author: str  # as the repository gives the name
    repository: str  # owner/name on GitHub
    path: str
    lines: str  # "247, 288-290"
    commit: str  # all 40 digits; the link to the lines is made of these


class Report(TypedDict, total=False):
    """Where somebody has reported a slip; or where no report was found, and when."""

    link: str
    by: str
    date: date
    none_in: str  # "the issues of the repository"
    looked_at: date


class CaseRecord(PageRecord, total=False):
    """The fields of a case in `content/symmetry/`: a slip that its example hides."""

    order: int
    where: Required[Lines]
    handed_over: Required[str]  # the order in which the array is
    taken: Required[str]  # the order in which it is read
    hidden_by: Required[str]
    shown_by: Required[str]  # an example that shows the slip
    reported: Required[Report]
    mended: Moment
    licence: Required[str]
    changes: list[Change]


# What a translation says beside its title; all else is that of its original. Of a list,
# each table is laid over the one at its place.


class Remark(TypedDict, total=False):
    """What is said of something that happened."""

    what: str


class EventText(Remark, total=False):
    """What is said of a day on a timeline."""

    label: str


class TranslatedPage(TypedDict, total=False):
    """The fields of a page's translation."""

    title: Required[str]
    translates: str  # the beginning of the SHA-256 of the original's text
    summary: str
    corrections: list[Remark]
    events: list[EventText]
    translations: list[Remark]


class Credit(TypedDict, total=False):
    """Who did it, or what it was done with."""

    by: str


class ReporterText(Remark, total=False):
    """Somebody who saw it, if the name is no name but a description."""

    name: str


class ReportText(TypedDict, total=False):
    """Who reported a slip, or where no report was found."""

    by: str
    none_in: str


class TranslatedCase(TranslatedPage, total=False):
    """The fields of a case's translation."""

    handed_over: str
    taken: str
    hidden_by: str
    shown_by: str
    reported: ReportText
    mended: Credit
    licence: str
    changes: list[Remark]


class TranslatedErratum(TranslatedPage, total=False):
    """The fields of an erratum's translation."""

    where: str
    resolution: str
    wrong: str  # with comments in the language
    right: str
    introduced: Credit
    fixed: Credit
    reporters: list[ReporterText]
    affected: list[Remark]
    sample: str
    changes: list[Remark]
