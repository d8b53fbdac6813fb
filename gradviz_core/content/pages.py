"""Pages: one page before it is rendered, and the pages that need no file.

A translation stands beside its original and holds what people read of its front matter.
All else, such as dates, links and code, it has from its original.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gradviz_core.content.paths import file_at, folder_of_language, path_to
from gradviz_core.errors import ContentError
from gradviz_core.registry.functions import Function
from gradviz_core.registry.words import ENGLISH, Words, hash_of_text
from gradviz_core.texts import TextFile
from gradviz_core.toml_source import Keys, TomlSource, tables_in

# Kinds of pages about pictures of their own, which their cards show, too.
KINDS_WITH_CARDS = ("symmetry", "case")


class Order(NamedTuple):
    """Where a page is listed: the pages of a site are sorted by it."""

    section: str = ""
    number: str = ""  # in the name of its file: "02-" for a step of the tutorial
    order: int = 0  # in its front matter


@dataclass(frozen=True)
class Page:
    """One page before rendering."""

    source: str  # path of its file relative to the repository, for errors
    url: str = ""  # path of what it becomes, relative to the site
    kind: str = ""  # which template renders it
    order: Order = field(default_factory=Order)
    # Its front matter: a PageRecord, an ErratumRecord or a CaseRecord.
    record: dict[str, Any] = field(default_factory=lambda: {"title": ""})
    # Its Markdown, below blank lines for the front matter, so that line numbers hold.
    body: str = ""
    text: str = ""  # its whole file
    language: str = ENGLISH  # its ISO 639 code
    tag: str = ENGLISH  # its language, as HTML names it
    # Whether nothing is wrong with its record. Where something is, a missing field is
    # not reported again by whatever needs it.
    has_record: bool = True

    @property
    def original(self) -> str:
        """The path of the page that it translates, or its own."""
        if self.language == ENGLISH:
            return self.url
        return self.url.partition("/")[2]

    @property
    def path(self) -> str:
        """The path by which its original is named: errata/layout, or about."""
        return path_to(self.original).removesuffix("/")

    @property
    def is_translation(self) -> bool:
        """Whether it is in a language other than English."""
        return self.language != ENGLISH

    @property
    def folder(self) -> str:
        """The folder of its language in the site, "ko/", or "" for English."""
        return folder_of_language(self.language)

    @property
    def could_be_read(self) -> bool:
        """Whether its file could be read; if not, its text is empty."""
        return bool(self.text)

    @property
    def hash(self) -> str:
        """The hash by which a translation names the text it was made from."""
        return hash_of_text(self.text)

    @property
    def slug(self) -> str:
        """The name of the page in its address."""
        return self.url.removesuffix("/index.html").rpartition("/")[2]

    @property
    def picture_path(self) -> str:
        """The path by which its pictures are named: errata/layout, or index for home.

        Pictures serve all languages, so it is that of the original.
        """
        return self.original.removesuffix(".html").removesuffix("/index")

    @property
    def card(self) -> str:
        """The path of the picture that is shown where the page is shared."""
        return f"cards/{self.picture_path}.png"

    @property
    def has_card_of_its_own(self) -> bool:
        """Whether its card shows a pair of its own, and not the pair of a function."""
        pair = self.record.get("picture", {})
        return self.kind in KINDS_WITH_CARDS and {"correct", "buggy"} <= pair.keys()

    @property
    def title(self) -> str:
        """The title of the page."""
        return str(self.record["title"])

    @property
    def front_matter(self) -> str:
        """The TOML above its Markdown, each field at its line of the file.

        For the page of a function this is the whole file of functions.
        """
        return self.text.removeprefix("+++").partition("\n+++\n")[0]

    def error_at(self, keys: Keys, what: str, fix: str) -> ContentError:
        """Make an error at the line of a field of its front matter."""
        return TomlSource(self.front_matter, self.source).error_at(keys, what, fix)

    def missing_field_error(self, keys: Keys, field: str) -> ContentError:
        """Make an error of a field that a table of its record lacks, and pages show."""
        tables = dict(tables_in(self.record))
        name = tables[keys].get("name") or (keys[-1] if keys else "the page")
        what = f"{name} has no {field}, and a page shows it"
        return self.error_at((*keys, field), what, f"add {field} = …")


def with_function_pages(
    pages: Collection[Page],
    functions: Mapping[str, Mapping[str, Function]],
    files: Mapping[str, TextFile],
    words: Mapping[str, Words],
) -> list[Page]:
    """Return all pages, with one for every function whose page is not written.

    Such pages are made in English and in each language that has titles for functions.

    Parameters
    ----------
    pages : collection of Page
        The pages that are written; those of other functions are left out.
    functions : mapping
        The functions that have a page: by language, then by name.
    files : mapping of str to TextFile
        The files of their titles, by language.
    words : mapping of str to Words
        What the interface says, by language.
    """
    by_url = {page.url: page for page in pages}
    for language, file in files.items():
        folder = folder_of_language(language)
        for name, function in functions[language].items():
            url = file_at(f"{folder}functions/{name}/")
            page = by_url.pop(url, None) or Page(
                file.path,
                url,
                "function",
                record={"title": function.title, "summary": function.note},
                text=file.text,
                language=language,
                tag=words[language]["language"]["tag"],
            )
            by_url[url] = page  # at the end, in the order of the registry
    return [
        page
        for page in by_url.values()
        if page.kind != "function" or page.slug in functions[ENGLISH]
    ]
