"""Site choices: the fields of a site.toml, and whether what it says is true.

The file holds what belongs to one site: its name, its menu, the functions that it shows
first. Every page shows some of it.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, NotRequired, Required, TypedDict

from gradviz_core.errors import ContentError
from gradviz_core.registry.functions import Registry
from gradviz_core.schema import MAY_BE_BLANK, field_errors
from gradviz_core.toml_source import Keys, TomlSource, keys_of_item

WEB_ADDRESS = re.compile(r"https://[\w-]+(\.[\w-]+)+(:\d+)?(/[^\s\\]*)?")


class SiteItself(TypedDict, total=False):
    """The name of the site, where its source is, and what it says of itself."""

    name: Required[str]
    source_address: Annotated[str, MAY_BE_BLANK]
    subject: str
    description: Required[str]
    footer: Required[str]


class Link(TypedDict):
    """A link of the menu, or one that the playground offers next."""

    label: str
    url: str


class LinkGroup(TypedDict):
    """A heading in the footer of every page, and the pages listed below it."""

    title: str
    urls: list[str]


class Pair(TypedDict):
    """The fixed call, and the part of it that the buggy call lacks."""

    call: str
    transpose: str


class LinesToPaste(TypedDict):
    """The lines that a reader puts in place of a line of the script.

    `usual` stands above them where readers look for their own plot, and `unknown` is
    said of a call whose routine is not in the text that was pasted.
    """

    title: str
    usual: NotRequired[str]
    place: str
    lines: list[str]
    note: str
    unknown: NotRequired[str]


class Playground(TypedDict):
    """What the playground of one site says."""

    leads: list[Link]


class Look(TypedDict):
    """A plot on the first page, in words, before and after the fix."""

    shows: str  # the verdict on the call without .T for which the words are written
    label: str
    sentence: str
    advice: NotRequired[str]  # with the links {lines} and {script}
    mended: str
    url: str


class Chosen(TypedDict, total=False):
    """The functions that some pages show, and error messages with similar ones."""

    home: Required[list[str]]
    playground: Required[list[str]]
    still: list[str]
    card: list[str]
    messages: dict[str, list[str]]


class Symptom(TypedDict):
    """A symptom other than a plot."""

    label: str
    shown: str


class Routine(TypedDict):
    """A question that sorts readers by the routine they use, and its answers."""

    question: str
    choices: list[str]


class SiteChoices(TypedDict, total=False):
    """The tables of a site.toml."""

    site: Required[SiteItself]
    menu: list[Link]
    footer_map: list[LinkGroup]
    pair: Required[Pair]
    paste: LinesToPaste
    playground: Playground
    looks: dict[str, Look]
    chosen: Chosen
    fixes: dict[str, str]  # what to change, by the error message in `chosen`
    without_plot: dict[str, Symptom]
    routine: Routine


def form_errors(source: TomlSource) -> list[ContentError]:
    """Report every field of a site.toml that is missing, unknown or mistyped.

    With such a field, either no page can be rendered or every page is wrong.
    """
    errors = [*field_errors(source, source.data, SiteChoices)]
    if not errors:
        errors.extend(_address_errors(source))
    return errors


def choice_errors(source: TomlSource, registry: Registry) -> Iterator[ContentError]:
    """Report what a site.toml says that is not true.

    Parameters
    ----------
    source : TomlSource
        The site.toml, in which `form_errors` finds nothing.
    registry : Registry
        The functions of the site.
    """
    choices = source.data
    chosen: Mapping[str, Any] = choices.get("chosen", {})
    for place in chosen.keys() - {"messages"}:
        yield from _function_errors(source, ("chosen", place), chosen[place], registry)
    yield from _blank_messages(source, chosen.get("messages", {}))
    yield from _misspelled_entries(source, "looks", "home")
    yield from _misspelled_entries(source, "fixes", "messages")
    yield from _look_errors(source, choices.get("looks", {}), registry)
    yield from _pair_errors(source, choices["pair"])
    yield from _menu_errors(source, choices.get("menu", []))


def _address_errors(source: TomlSource) -> Iterator[ContentError]:
    """Report an address of the source that is not a web address."""
    address = source.data["site"].get("source_address")
    if address and not WEB_ADDRESS.fullmatch(address):
        what = f"source_address is {address}, which is no address of a page"
        fix = "write it as a browser shows it, from https:// on"
        yield source.error_at(("site", "source_address"), what, fix)


def _function_errors(
    source: TomlSource, keys: Keys, names: Sequence[str], registry: Registry
) -> Iterator[ContentError]:
    """Report a list of functions that is empty, or names one twice or wrongly."""
    if not names:
        yield source.error_at(keys, f"{keys[-1]} is empty", "name a function")
    for name in names:
        if name not in registry.names:
            fix = f"name one of {registry.source.path}"
            yield source.error_at(keys, f"no function is called {name}", fix)
    for name in _repeated(names):
        what = f"{name} is in this list twice"
        yield source.error_at(keys, what, "delete one of the two")


def _blank_messages(
    source: TomlSource, messages: Mapping[str, Sequence[str]]
) -> Iterator[ContentError]:
    """Report empty messages, which any text of a reader would match."""
    for message, others in messages.items():
        if not all(each.strip() for each in (message, *others)):
            place = ("chosen", "messages", message)
            yield source.error_at(place, "a message is empty", "say it, or delete it")


def _misspelled_entries(
    source: TomlSource, table: str, chosen: str
) -> Iterator[ContentError]:
    """Report each entry that seems to be meant for a chosen name that has none."""
    entries = source.data.get(table, {})
    names = source.data.get("chosen", {}).get(chosen, [])
    without_entry = [name for name in names if name not in entries]
    for entry in entries:
        near = get_close_matches(entry, without_entry, n=1)
        if entry not in names and near:
            what = f"{entry} is not in chosen.{chosen}"
            yield source.error_at((table, entry), what, f"did you mean {near[0]}?")


def _look_errors(
    source: TomlSource, looks: Mapping[str, Look], registry: Registry
) -> Iterator[ContentError]:
    """Report words about a plot whose function states no verdict, or another one.

    The build measures each verdict that is stated.
    """
    for name, look in looks.items():
        if name not in registry.functions:
            continue
        stated = registry.functions[name].verdict
        place = ("looks", name, "shows")
        if not stated:
            what = f"{registry.source.path} states no verdict of {name}"
            fix = f'add verdict = "{look["shows"]}" there, if these words are true'
            yield source.error_at(place, what, fix)
        elif stated != look["shows"]:
            what = f"the verdict on {name} is {stated}, and this says {look['shows']}"
            fix = (
                f'write shows = "{stated}", with words that fit it in all languages, '
                "or choose another function"
            )
            yield source.error_at(place, what, fix)


def _pair_errors(source: TomlSource, pair: Mapping[str, str]) -> Iterator[ContentError]:
    """Report a fixed call that is not Python, or that lacks its own transpose."""
    call, transpose = pair["call"], pair["transpose"]
    try:
        ast.parse(call, mode="eval")
    except SyntaxError as error:
        what = f"the call of the pair is not Python, {error.msg}"
        yield source.error_at(("pair", "call"), what, "correct the code")
    if transpose not in call:
        what = f"the call of the pair does not hold its transpose, {transpose!r}"
        yield source.error_at(("pair", "transpose"), what, "write it as in the call")


def _menu_errors(
    source: TomlSource, menu: Sequence[Mapping[str, str]]
) -> Iterator[ContentError]:
    """Report what two entries of the menu share, as after copying one."""
    for field in ("label", "url"):
        values = [entry[field] for entry in menu]
        for value in _repeated(values):
            last = len(values) - values[::-1].index(value)
            what = f"another entry of the menu has the {field} {value}"
            place = (*keys_of_item(("menu",), last), field)
            yield source.error_at(place, what, "correct it, or delete one of the two")


def _repeated(values: Sequence[str]) -> list[str]:
    """Return the values that stand in a list more than once."""
    return [value for value, count in Counter(values).items() if count > 1]
