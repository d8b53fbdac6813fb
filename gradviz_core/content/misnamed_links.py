"""Misnamed links: links with the title of one page that lead to another."""

import re
from collections.abc import Collection, Iterator, Mapping

from gradviz_core.content.listings import CODE, COMMENT
from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.registry.words import ENGLISH, are_tables
from gradviz_core.texts import blank, line_at
from gradviz_core.toml_source import TomlSource, keys_of_item

# A link to a page of the site, or to a place in it; a picture is none.
LINK = re.compile(r"(?<!!)\[(?P<text>[^]\[]+)\]\(/(?P<path>[^)#\s]*)(?:#[^)\s]*)?\)")
MARKUP = re.compile(r"[*_`]")


class Titles:
    """The pages of a site, by what they are called in each language."""

    def __init__(self, pages: Collection[Page]) -> None:
        self._paths: dict[tuple[str, str], str] = {}
        for page in pages:
            if page.has_record:
                self._paths[page.language, _plain(page.title)] = page.path

    def path_of_another(self, text: str, path: str, language: str) -> str | None:
        """The page of which a text is the title, if a link to `path` misleads by it.

        A page may be called by the title of its section. A file is no page.
        """
        if "." in path.rsplit("/", 1)[-1]:
            return None
        titled = self._paths.get((language, _plain(text)))
        if not titled or f"{path.rstrip('/')}/".startswith(f"{titled}/"):
            return None
        return titled


def _plain(text: str) -> str:
    return " ".join(MARKUP.sub("", text).casefold().split())


def misnamed_links(pages: Collection[Page]) -> Iterator[ContentError]:
    """Report each link with the title of a page to which it does not lead."""
    titles = Titles(pages)
    for page in pages:
        text = blank(CODE, blank(COMMENT, page.text))
        for link in LINK.finditer(text):
            titled = titles.path_of_another(link["text"], link["path"], page.language)
            if titled:
                line = line_at(text, link.start())
                yield ContentError(page.source, line, *_fault(link["path"], titled))


def misnamed_menus(
    pages: Collection[Page], site_sources: Mapping[str, TomlSource]
) -> Iterator[ContentError]:
    """Report each entry of a menu with the title of a page to which it does not lead.

    The entries of a translation lead where those at their places in English do. One
    that leads to no page is reported elsewhere.
    """
    if ENGLISH not in site_sources:
        return
    titles = Titles(pages)
    paths_of_pages = {page.path for page in pages}
    entries = site_sources[ENGLISH].data.get("menu", [])
    paths = [entry.get("url", "").removeprefix("/") for entry in entries]
    for language, source in site_sources.items():
        own = source.data.get("menu", [])
        if not are_tables(own):
            continue  # its shape is reported elsewhere
        for count, (entry, path) in enumerate(zip(own, paths, strict=False), 1):
            if path.rstrip("/") not in paths_of_pages:
                continue
            label = str(entry.get("label", "")) if isinstance(entry, dict) else ""
            if titled := titles.path_of_another(label, path, language):
                place = (*keys_of_item(("menu",), count), "label")
                yield source.error_at(place, *_fault(path, titled))


def _fault(path: str, titled: str) -> tuple[str, str]:
    what = f"this is the title of /{titled}/, and leads to /{path}"
    return what, "correct the words, or the address"
