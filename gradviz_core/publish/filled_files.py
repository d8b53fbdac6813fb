"""Filled files: files of a site other than pages that are filled from a template."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradviz_core.content.paths import folder_of_language
from gradviz_core.publish.drawings import Drawings
from gradviz_core.publish.render import Renderer
from gradviz_core.publish.script_parts import downloaded_parts


@dataclass(frozen=True)
class FilledFile:
    """A file that is to be filled."""

    template: str  # its name
    terms: Mapping[str, Any]
    # What decides it besides its path, the functions and the front matter of all pages.
    deciding: Any = None


def filled_files(renderer: Renderer, drawings: Drawings) -> dict[str, FilledFile]:
    """Return every file that is to be filled, by its path in the site.

    Parameters
    ----------
    renderer : Renderer
        What renders the pages.
    drawings : mapping
        What is drawn on the site: the numbers of a page's own pictures stand beside
        these, as a table.
    """
    files = _tables_of_pictures(drawings)
    for language in renderer.contents.languages:
        files |= _scripts_in(language, renderer)
    if renderer.base_url:
        files |= _files_for_programs(renderer)
    return files


def _tables_of_pictures(drawings: Drawings) -> dict[str, FilledFile]:
    """Return a table of numbers for each picture that a page draws itself."""
    files = {}
    for path, drawing in drawings.items():
        is_of_page = path.startswith("figures/") and path.count("/") > 1
        if is_of_page and not drawing.is_small:
            [picture] = drawing.pictures
            table = path.removesuffix(".svg") + ".csv"
            files[table] = FilledFile("picture.csv.txt", {"picture": picture}, picture)
    return files


def _scripts_in(language: str, renderer: Renderer) -> dict[str, FilledFile]:
    """Return the words for the reader of scripts, and the scripts to download."""
    terms = {"words": renderer.site.words[language]}
    files = {f"static/words.{language}.js": FilledFile("words.js.txt", terms)}
    folder = folder_of_language(language)
    for name, entry in renderer.entries_in[language].items():
        own = {"entry": entry, "holes": downloaded_parts(entry.function)}
        script = FilledFile("download.py.txt", terms | own)
        files[f"{folder}downloads/{name}.py"] = script
    return files


def _files_for_programs(renderer: Renderer) -> dict[str, FilledFile]:
    """Return the feeds, the map of the site and robots.txt, which need its address."""
    files = {}
    for language in renderer.contents.languages:
        terms = renderer.feed_terms(language)
        files[f"{terms['folder']}feed.xml"] = FilledFile("feed.xml", terms)
    contents = renderer.contents
    terms = {"pages": contents.outlines, "versions": contents.versions}
    files["sitemap.xml"] = FilledFile("sitemap.xml", terms)
    files["robots.txt"] = FilledFile("robots.txt", {})
    return files
