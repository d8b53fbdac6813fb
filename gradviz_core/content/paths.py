"""Paths: from the name of a file in content/ or templates/ to its place in the site.

content/errata/layout.md becomes errata/layout/index.html, its translation layout.ko.md
ko/errata/layout/index.html; the number in front of tutorial/02-routine.md orders the
steps. Names must be the same file on every system, and a page must not be able to
publish what lies outside the folder: links and special files are refused.
"""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gradviz_core.errors import ContentError
from gradviz_core.registry.words import ENGLISH

# Names that Windows takes for devices, whatever their ending.
DEVICE = r"(?:con|prn|aux|nul|(?:com|lpt)\d)(?![\w-])"
PORTABLE = rf"(?!{DEVICE}|[\w-]{{65}})[a-z0-9]+(?:[-_][a-z0-9]+)*"

# content/FOLDER/…/NN-SLUG.LANGUAGE.md
PAGE_FILE = re.compile(
    rf"content/(?P<folders>(?:(?!index/|404/){PORTABLE}/)*)"
    rf"(?P<number>\d\d-)?+(?P<slug>{PORTABLE})(?:\.(?P<language>[a-z]{{2}}))?\.md",
    re.ASCII,
)

# The file of the site as a whole, one for each language; it is not a page.
SITE_FILE = re.compile(r"content/site(?:\.[a-z]{2})?\.toml")

# Files that are published unchanged. A browser opens none of them as a page.
STATIC_ENDING = (
    "css|js|json|txt|csv|py|webmanifest|ico|woff|woff2|pdf"
    "|svg|png|jpg|jpeg|gif|webp|avif"
)
STATIC_FILE = rf"static/(?:{PORTABLE}[/.])*{PORTABLE}\.(?:{STATIC_ENDING})"
TEMPLATE_FILE = re.compile(
    rf"templates/(?:(?P<published>{STATIC_FILE})|(?!static/).+)", re.DOTALL
)

# The file that a path ending in a slash leads to.
INDEX = "index.html"

# The 404 page: a host shows it at every unknown address. Its translations are not pages
# of their own but sections of this one.
NOT_FOUND = "404.html"


def folder_of_language(language: str) -> str:
    """Return the folder of a language in the site, "ko/", or "" for English."""
    return "" if language == ENGLISH else f"{language}/"


def file_at(path: str) -> str:
    """Return the file of the site to which a path leads: `a/` to `a/index.html`."""
    return f"{path}{INDEX}" if path.endswith("/") or not path else path


def path_to(file: str) -> str:
    """Return the path that leads to a file of the site: `a/` to `a/index.html`."""
    return file.removesuffix(INDEX)


class PagePath(NamedTuple):
    """What the name of a page's file says."""

    source: str  # relative to the repository
    section: str  # its folders, "errata"
    number: str  # "02-", which orders it among its siblings, or ""
    slug: str  # "layout"
    language: str  # "ko", or "" for English

    @property
    def url(self) -> str:
        """The path of the page in the site."""
        parts = [self.language, *self.section.split("/"), self.slug]
        parts = [part for part in parts if part]
        if self.slug == "404" and not self.section:
            return "/".join([*parts[:-1], NOT_FOUND])
        if self.slug == "index":
            parts.pop()
        return "/".join([*parts, INDEX])


def page_paths(root: Path, errors: list[ContentError]) -> Iterator[PagePath]:
    """Find the pages below content/; add what else lies there to `errors`."""
    for name in _portable_files(root / "content", PAGE_FILE, errors):
        yield PagePath(
            source=name.string,
            section=name["folders"].rstrip("/"),
            number=name["number"] or "",
            slug=name["slug"],
            language=name["language"] or "",
        )


def template_paths(
    root: Path, errors: list[ContentError]
) -> Iterator[tuple[str, str | None]]:
    """Find the files below templates/, each with the path at which it is published."""
    for name in _portable_files(root / "templates", TEMPLATE_FILE, errors):
        yield name.string, name["published"]


def _portable_files(
    folder: Path, names: re.Pattern[str], errors: list[ContentError]
) -> Iterator[re.Match[str]]:
    for path in sorted(_all_below(folder)):
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            continue
        source = path.relative_to(folder.parent).as_posix()
        if SITE_FILE.fullmatch(source):
            continue
        if not stat.S_ISREG(mode):
            what = "this is not a plain file"
            errors.append(ContentError(source, None, what, "put the file itself here"))
        elif name := names.fullmatch(source):
            yield name
        else:
            what = "this name is not portable"
            fix = "use a-z, 0-9, - and a known ending, as in two-words.md"
            errors.append(ContentError(source, None, what, fix))


def _all_below(folder: Path) -> Iterator[Path]:
    """Find all that lies below a folder.

    A folder that cannot be read stops the build: without its pages, the site would lose
    them and say nothing.
    """

    def refuse(error: OSError) -> None:
        if isinstance(error, PermissionError):
            raise error

    for top, folders, files in os.walk(folder, onerror=refuse):
        for name in (*folders, *files):
            yield Path(top, name)
