"""Site: what content/site.toml chooses, held against the registry and the pages."""

import re
from collections.abc import Collection, Iterable, Iterator

from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.registry.words import LANGUAGES, SITE_FILE
from gradviz_core.toml_source import PACKAGE, TomlSource

# A line with an address; `page` is that of a finding, typed without its first slash.
ADDRESS = re.compile(r'(?:url|page) = "([^"]*)"')


def chosen_errors(functions: Collection[str]) -> Iterator[ContentError]:
    """Report every chosen function that is not registered."""
    if not SITE_FILE.exists():
        return
    source = TomlSource.read(SITE_FILE)
    for place, names in source.data.get("chosen", {}).items():
        for name in names:
            if name not in functions:
                what = f"no function is called {name}"
                fix = "name one of gradviz_core/registry/functions.toml"
                yield source.error_at(("chosen", place), what, fix)


def shared_addresses(sources: Iterable[TomlSource]) -> dict[str, tuple[str, int]]:
    """Return the addresses that many pages show, each with its file and line.

    They are those of the menu, of the footer and of findings. A later source is of
    another language, and repeats the addresses of an earlier one.
    """
    addresses: dict[str, tuple[str, int]] = {}
    for source in sources:
        for number, line in enumerate(source.text.split("\n"), 1):
            if typed := ADDRESS.fullmatch(line):
                address = "/" + typed[1].removeprefix("/")
                addresses.setdefault(address, (source.path, number))
    return addresses


def address_sources() -> list[TomlSource]:
    """Return the files in which those addresses are typed."""
    of_languages = [
        SITE_FILE.with_suffix(f".{language}.toml") for language in LANGUAGES
    ]
    files = [SITE_FILE, *of_languages, PACKAGE / "scripts/messages.toml"]
    return [TomlSource.read(file) for file in files if file.exists()]


def title_errors(pages: Collection[Page]) -> Iterator[ContentError]:
    """Report every title in a language that is for no page, or is no text.

    A language may have titles of pages that it has not translated, in the table
    `[titles]` of its site.toml, by their paths.
    """
    paths = {page.path for page in pages}
    for language in LANGUAGES:
        file = SITE_FILE.with_suffix(f".{language}.toml")
        if not file.exists():
            continue
        source = TomlSource.read(file)
        for path, title in source.data.get("titles", {}).items():
            if path not in paths:
                what = f"no page has the path {path}"
                fix = "name one by its folder, such as errata/layout"
                yield source.error_at(("titles", path), what, fix)
            elif not isinstance(title, str):
                what = f"the title of {path} is no text"
                yield source.error_at(("titles", path), what, 'write it as "…"')
