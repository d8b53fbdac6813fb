"""Site: what content/site.toml chooses, held against the registry and the pages."""

from collections.abc import Collection, Iterator

from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.registry.words import LANGUAGES, SITE_FILE
from gradviz_core.toml_source import TomlSource


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
