"""Contents: all pages of a site, and what each may show of the others.

A page can show the front matter of every other page, but the texts only of those that
it names. So everything that decides a page is known before it is rendered.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from gradviz_core.content.entries import Entry
from gradviz_core.content.listings import LISTING
from gradviz_core.content.pages import Page, with_function_pages
from gradviz_core.content.paths import NOT_FOUND
from gradviz_core.content.site import Site
from gradviz_core.publish.navigation import in_language
from gradviz_core.publish.versions import Versions, versions_of
from gradviz_core.registry.words import ENGLISH

# A template that shows the plots of the page it is named after.
SHOWN_PAGE = re.compile(r"_([\w-]+)\.html")

# The functions of a site by their names, for every language.
EntriesIn = Mapping[str, Mapping[str, Entry]]


@dataclass(frozen=True)
class Contents:
    """The pages of a site."""

    pages: list[Page]  # all that are published
    translated_404: list[Page]  # the 404 page in other languages: sections of that page
    originals: dict[str, Page]  # the English pages, by their paths in the site
    outlines: list[Page]  # all pages, with their front matter and without their texts
    versions: Versions  # the outlines, grouped by their originals

    @classmethod
    def of(cls, site: Site, entries_in: EntriesIn) -> "Contents":
        """Join the pages that are written and those of all functions."""
        functions = {
            language: {name: entry.function for name, entry in entries.items()}
            for language, entries in entries_in.items()
        }
        pages = with_function_pages(
            [page for page in site.pages if not _is_translated_404(page)],
            functions,
            site.title_files,
            site.words,
        )
        outlines = [replace(page, body="", text="") for page in pages]
        return cls(
            pages=pages,
            translated_404=[page for page in site.pages if _is_translated_404(page)],
            originals={page.url: page for page in pages if not page.is_translation},
            outlines=outlines,
            versions=versions_of(outlines),
        )

    def original_of(self, page: Page) -> Page:
        """The page that another one translates, or itself."""
        return self.originals.get(page.original, page)

    def shown_by(self, page: Page) -> list[Page]:
        """The pages whose texts decide a page: itself, and those it shows parts of.

        A page shows the plots of another by including the template named after that.
        """
        names = sorted({*SHOWN_PAGE.findall(page.text)})
        named = [other for name in names for other in self._by_slug.get(name, [])]
        shown = in_language(named, page.language)
        sections = self.translated_404 if page.url == NOT_FOUND else []
        return [*{other.url: other for other in (page, *shown, *sections)}.values()]

    def listings_for(self, shown: Iterable[Page]) -> list[list[str]]:
        """The listings that decide a page: a translation has its original's session."""
        originals = [self.original_of(page) for page in shown if page.is_translation]
        return [
            [listing[0] for listing in LISTING.finditer(original.body)]
            for original in originals
        ]

    @cached_property
    def _by_slug(self) -> dict[str, list[Page]]:
        """The pages by the last part of their address."""
        pages: dict[str, list[Page]] = {}
        for page in self.pages:
            pages.setdefault(page.slug, []).append(page)
        return pages

    @property
    def languages(self) -> list[str]:
        """The languages that have pages."""
        return [*dict.fromkeys(page.language for page in self.pages)]


def _is_translated_404(page: Page) -> bool:
    return page.is_translation and page.original == NOT_FOUND


def entries_in_languages(site: Site, entries: Mapping[str, Entry]) -> EntriesIn:
    """Return the entries with the titles of their functions in every language."""
    entries_in: dict[str, Mapping[str, Entry]] = {}
    for language, functions in site.titles.functions.items():
        if language == ENGLISH:
            entries_in[language] = entries
            continue
        entries_in[language] = {
            name: replace(entry, function=functions[name])
            for name, entry in entries.items()
        }
    return entries_in
