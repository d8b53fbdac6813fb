"""Site rules: what is wrong with the rendered pages as a whole.

A page by itself does not show whether its links lead anywhere, whether the picture that
represents it is drawn, or whether its translations have its ids and links.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from gradviz_core.content.pages import Page
from gradviz_core.content.site import Site
from gradviz_core.errors import ContentError
from gradviz_core.figures.curves import Curves
from gradviz_core.publish import language_rules
from gradviz_core.publish.contents import Contents
from gradviz_core.publish.document import LinksAndIds
from gradviz_core.publish.drawings import Drawing, Drawings
from gradviz_core.publish.links import LinkChecker
from gradviz_core.publish.locating import Locator
from gradviz_core.publish.page_rules import PageFault
from gradviz_core.publish.render import RenderedPage
from gradviz_core.publish.translation_rules import Comparison

Pages = Mapping[str, RenderedPage]  # by their paths in the site


def structure_errors(
    contents: Contents, pages: Pages, faulty_files: Collection[str]
) -> Iterator[ContentError]:
    """Report the ids, links and so on of originals that their translations lack.

    Nothing is compared with a page of `faulty_files`: it may have a link that no page
    should have. Neither is the page of a function that is not written in a language.
    """
    complete = _links_of_complete_pages(contents, pages)
    for page in contents.pages:
        original = contents.original_of(page)
        if original.source in faulty_files:
            continue
        is_written = page.is_translation and page.source.endswith(".md")
        if is_written and {page.url, original.url} <= complete.keys():
            present = pages[page.url].structure
            expected = pages[original.url].structure
            yield from Comparison(page, present, original, expected).errors()


def english_errors(site: Site, pages: Pages) -> Iterator[ContentError]:
    """Report each paragraph or item that a complete language leaves in English."""
    originals = {page.url: page for page in site.pages if not page.is_translation}

    def blocks_of(page: Page) -> language_rules.EnglishBlocks:
        if page.url in pages:
            return pages[page.url].english_blocks
        return language_rules.english_blocks(page)  # it is part of another page

    for page in site.pages:
        is_complete = site.words[page.language]["language"]["complete"]
        if page.is_translation and is_complete and page.original in originals:
            english = blocks_of(originals[page.original])
            yield from language_rules.english_errors(page, blocks_of(page), english)


def document_errors(
    site: Site,
    contents: Contents,
    pages: Pages,
    drawings: Drawings,
    files: Collection[str],
) -> list[ContentError]:
    """Report what is wrong in the pages, and with the links between them.

    `files` are the paths of all files of the site.
    """
    complete = _links_of_complete_pages(contents, pages)
    ids_by_path: dict[str, Collection[str] | None] = dict.fromkeys(files)
    ids_by_path.update(dict.fromkeys(page.url for page in contents.pages))
    ids_by_path.update({url: each.ids for url, each in complete.items()})
    excused = _excused_paths(contents, pages, drawings)
    checker = LinkChecker(ids_by_path, site.shared_addresses, excused)
    templates = [template for template in site.templates if not template.published]
    errors: list[ContentError] = []
    for page in contents.pages:
        if page.url not in complete:
            continue  # its own fault is reported elsewhere
        locator = Locator(page, templates)
        faults = _own_faults(page, pages[page.url].faults, site)
        errors.extend(map(locator.error, faults))
        errors.extend(checker.errors(page, complete[page.url].links, locator))
    return errors


def _own_faults(
    page: Page, faults: Iterable[PageFault], site: Site
) -> Iterator[PageFault]:
    """Leave out what stands in the note of a function, whose own page tells of it."""
    notes = [function.note for function in site.registry.functions.values()]
    is_page_of_function = page.source == site.registry.source.path
    for fault in faults:
        typed = fault.needles[0]
        # A single character may be anybody's: a sound note has code, and so backticks.
        is_of_note = len(typed) > 1 and any(typed in note for note in notes)
        if is_of_note and not is_page_of_function and typed not in page.text:
            continue
        yield fault


def _excused_paths(
    contents: Contents, pages: Pages, drawings: Drawings
) -> tuple[str, ...]:
    """Return what begins the path of each file that a reported fault leaves out."""
    unknown_pictures = [
        f"small/{name}.svg"
        for _, _, name in _unknown_pictures(contents, pages, drawings)
    ]
    return (*_folders_of_faulty_pages(contents, pages), *unknown_pictures)


def picture_errors(
    contents: Contents, pages: Pages, drawings: Drawings
) -> Iterator[ContentError]:
    """Report each picture that represents a page in lists, if there is none or another.

    A picture is drawn in the colour of its role.
    """
    for page, role, name in _unknown_pictures(contents, pages, drawings):
        what = f"no picture is called {name}"
        fix = "name a file of figures/, without its ending, as product-correct"
        yield page.error_at(("picture", role), what, fix)
    for page, role, name in _named_pictures(contents):
        # Those of functions stand in no folder.
        if "/" in name and not name.startswith(f"{page.picture_path}/"):
            what = f"{name} is a picture of another page"
            yield page.error_at(
                ("picture", role), what, "name one that this page draws"
            )
        drawn_role = _role_of(drawings.get(f"figures/{name}.svg"))
        # What stands for a page without a right and a wrong picture is called `book`.
        if role != "book" and drawn_role not in ("", role):
            what = f"{name} is drawn as {drawn_role}, and is named as {role}"
            fix = "name a picture of that role, or correct the role"
            yield page.error_at(("picture", role), what, fix)
        drawn_lines = _names_of_lines(drawings.get(f"figures/{name}.svg"))
        named_lines = [line["name"] for line in page.record.get("lines", [])]
        if named_lines and named_lines != drawn_lines:
            what = f"the lines of {name} are called {', '.join(drawn_lines)}"
            yield page.error_at(("lines",), what, "name them so, from the first")


def _names_of_lines(drawing: Drawing | None) -> list[str]:
    """Return the names of the lines of a drawn plot, from the first."""
    if drawing is None or not isinstance(drawing.pictures[0], Curves):
        return []
    return [line.name for line in drawing.pictures[0].lines]


def _role_of(drawing: Drawing | None) -> str:
    """Return the role of a drawn picture; a line plot has none."""
    if drawing is None or isinstance(drawing.pictures[0], Curves):
        return ""
    return drawing.pictures[0].role


def _unknown_pictures(
    contents: Contents, pages: Pages, drawings: Drawings
) -> Iterator[tuple[Page, str, str]]:
    """Find these pictures: the page that names one, its role there, and its name."""
    not_drawn = tuple(_folders_of_faulty_pages(contents, pages))
    for page, role, name in _named_pictures(contents):
        path = f"figures/{name}.svg"
        if path not in drawings and not path.startswith(not_drawn):
            yield page, role, name


def _named_pictures(contents: Contents) -> Iterator[tuple[Page, str, str]]:
    """Find what stands for pages in lists: each page, a role and a name."""
    for page in contents.pages:
        if not page.is_translation and page.has_record:
            for role, name in page.record.get("picture", {}).items():
                yield page, role, name


def _folders_of_faulty_pages(contents: Contents, pages: Pages) -> Iterator[str]:
    """Where the pictures of pages with a fault stand, or would stand without it."""
    for page in contents.pages:
        if pages[page.url].errors or pages[page.url].failure:
            yield f"figures/{page.picture_path}/"
            yield f"small/{page.picture_path}/"


def _links_of_complete_pages(
    contents: Contents, pages: Pages
) -> dict[str, LinksAndIds]:
    """Return the links and ids of each page that was rendered with all its text."""
    complete = {}
    for page in contents.pages:
        links_and_ids = pages[page.url].links_and_ids
        if links_and_ids and page.could_be_read:
            complete[page.url] = links_and_ids
    return complete
