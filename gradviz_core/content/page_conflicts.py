"""Page conflicts: what a page may not say because of what other pages say."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gradviz_core.content.pages import Page
from gradviz_core.content.record_days import days_after_site, last_day
from gradviz_core.errors import ContentError
from gradviz_core.toml_source import tables_in


def conflicts(pages: Collection[Page]) -> Iterator[ContentError]:
    """Report what no two pages may share, and days that others contradict.

    Parameters
    ----------
    pages : collection of Page
        All pages, each translation completed from its original.
    """
    for trait in UNIQUE_TRAITS:
        yield from _repetitions(trait, pages)
    yield from _late_days(pages)
    yield from _days_of_commits(pages)
    yield from _commits_of_copies(pages)


@dataclass(frozen=True)
class _UniqueTrait:
    """Something that no two pages may have in common.

    Attributes
    ----------
    of : callable
        Returns the trait of a page, or None if other pages may share it.
    what : str
        What is wrong with the second page that has the trait, after the path of the
        first. Fields of the second page's record fill its holes.
    fix : str
        What to do about it.
    field : str
        The field of the front matter at which the error stands; "" for the whole file.
    """

    of: Callable[[Page], Any]
    what: str
    fix: str
    field: str = ""


def _number_in_name(page: Page) -> Any:
    """The number of a step of the tutorial, within its section."""
    section, number, _ = page.order
    return None if page.is_translation or not number else (section, number)


def _order_of(page: Page) -> Any:
    """The place of an erratum, or of a case, among the others of its kind."""
    order = page.record.get("order")
    return None if page.is_translation or order is None else (page.kind, order)


def _title_of(page: Page) -> Any:
    if not page.has_record:
        return None
    return page.language, " ".join(page.title.casefold().split())


def _lines_of(page: Page) -> Any:
    """The lines in a repository that a case is about."""
    if page.kind != "case" or page.is_translation or not page.has_record:
        return None
    where = page.record["where"]
    return where["repository"], where["path"], where["lines"]


# The lists of copies in the records of pages.
COPIES = ("affected", "copies", "named_copies", "translations")

UNIQUE_TRAITS = [
    _UniqueTrait(_number_in_name, "has the same number", "rename one of them"),
    _UniqueTrait(
        _order_of,
        "has the same order, {order}",
        "give one of them another number",
        field="order",
    ),
    _UniqueTrait(
        _title_of,
        "has the same title",
        "say what is different in this page",
        field="title",
    ),
    _UniqueTrait(
        _lines_of,
        "is about the same lines",
        "name those of this case",
        field="where",
    ),
]


def _repetitions(
    trait: _UniqueTrait, pages: Collection[Page]
) -> Iterator[ContentError]:
    """Report every page that shares a trait with a page before it."""
    sources: dict[Any, str] = {}
    for page in pages:
        value = trait.of(page)
        if value in sources:
            what = f"{sources[value]} {trait.what.format_map(page.record)}"
            if trait.field:
                yield page.error_at((trait.field,), what, trait.fix)
            else:
                yield ContentError(page.source, None, what, trait.fix)
        elif value is not None:
            sources[value] = page.source


def _late_days(pages: Collection[Page]) -> Iterator[ContentError]:
    """Report every day later than the last change that any page records.

    Such a day may stand on a page that records no change itself.
    """
    if not all(page.has_record for page in pages):
        return  # the last change may be that of a page which cannot be read
    originals = [page for page in pages if not page.is_translation]
    last = last_day(page.record for page in originals)
    if last is None:
        return  # a new site
    for page in originals:
        for place, day in days_after_site(last, page.record):
            what = f"{day} is later than the last change of the site, {last}"
            fix = "correct the day, or add [[changes]]"
            yield page.error_at(place, what, fix)


def _days_of_commits(pages: Collection[Page]) -> Iterator[ContentError]:
    """Report every day of a commit that is another one on most pages that name it."""
    moments = [
        (page, field, page.record[field])
        for page in pages
        if page.has_record and not page.is_translation
        for field in ("introduced", "fixed", "mended")
        if "commit" in page.record.get(field, {})
    ]
    days: dict[str, Counter[date]] = defaultdict(Counter)
    for _, _, moment in moments:
        days[moment["commit"]][moment["date"]] += 1
    for page, field, moment in moments:
        [(usual, _)] = days[moment["commit"]].most_common(1)
        if moment["date"] != usual:
            what = f"{moment['date']} is not the day of this commit elsewhere, {usual}"
            fix = "correct one of the two days"
            yield page.error_at((field, "date"), what, fix)


def _commits_of_copies(pages: Collection[Page]) -> Iterator[ContentError]:
    """Report every copy that is shown at another commit before."""
    shown: dict[tuple[str, str], tuple[str, str]] = {}
    for page in pages:
        if page.is_translation or not page.has_record:
            continue
        for keys, copy in tables_in(page.record):
            if not keys or keys[0] not in COPIES:
                continue
            file = copy["name"].casefold(), copy["path"]
            source, commit = shown.setdefault(file, (page.source, copy["commit"]))
            if commit != copy["commit"]:
                what = f"{source} shows this file at {commit}"
                fix = "name one commit in both"
                yield page.error_at((*keys, "commit"), what, fix)
