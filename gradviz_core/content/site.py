"""Site: all that people wrote for a site, as one value, with all that is wrong in it.

A site is a folder with `content/`: its pages, and its choices in `site.toml`. It may
have functions of its own in `functions.toml`, a routine of its own in `book.py`, its
own `templates/`, and results of benchmarks. All else it has from this project.
"""

import importlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from gradviz_core.content.loaded_pages import load_pages, uncached
from gradviz_core.content.misnamed_links import misnamed_links, misnamed_menus
from gradviz_core.content.pages import Page
from gradviz_core.content.site_choices import choice_errors, form_errors
from gradviz_core.content.templates import Template, load_templates
from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.registry.function_titles import FunctionTitles, read_titles
from gradviz_core.registry.functions import REGISTRY, Registry, read_functions
from gradviz_core.registry.loaded_words import LoadedWords, read_words
from gradviz_core.registry.words import (
    ENGLISH,
    STRINGS,
    Words,
    interface_files,
    other_languages,
)
from gradviz_core.texts import TextFile
from gradviz_core.toml_source import REPOSITORY, TomlSource

RESULTS = "benchmarks/results.json"

# A line of TOML with one address or several, and one address.
ADDRESS_LINE = re.compile(r'(?:urls? = |source_address = (?!""))(.*)')
ADDRESS = re.compile('"([^"]*)"')

FilesByLanguage = Mapping[str, TextFile]


@dataclass(frozen=True)
class Site:
    """What people wrote for a site."""

    root: Path  # its folder
    words: Mapping[str, Words]  # of the interface and of the site, by language
    registry: Registry  # its functions
    titles: FunctionTitles  # their titles and notes, in every language
    title_files: FilesByLanguage  # the files of these
    pages: list[Page]
    templates_root: Path  # the folder in which templates/ stands
    templates: list[Template]
    own_book: TextFile | None  # its own routine, if it is not about this project's
    benchmarks: Mapping[str, Any]  # the results, which one page shows
    # Addresses that many pages show, each with the file and the line where it is typed.
    shared_addresses: Mapping[str, tuple[str, int]]
    # What each language lacks besides pages.
    untranslated: Mapping[str, list[ContentError]]
    page_errors: list[ContentError]  # what is wrong in its pages
    shared_errors: list[ContentError]  # in its templates, and results of benchmarks
    other_errors: list[ContentError]  # and elsewhere, save in the registry

    @classmethod
    def load(cls, root: Path, recall: Callable[..., Any] = uncached) -> "Site":
        """Read a site.

        Parameters
        ----------
        root : Path
            Its folder.
        recall : callable, optional
            Calls a function, or returns what it returned before for the same arguments.
            All files are read through it.

        Raises
        ------
        ContentErrors
            If the words of the interface are not TOML, or site.toml has a field that is
            missing, unknown or mistyped. With it comes what is wrong in the functions
            and in the front matter of pages, where words play no part.
        """
        site_files = _present(_site_paths(root), root)
        function_paths = _FunctionPaths.of(root)
        base = function_paths.base
        functions_file = TextFile.read(function_paths.functions, base)
        title_files = _present(function_paths.titles, base)
        try:
            texts: _Texts = recall(
                _read_texts, interface_files(), site_files, functions_file, title_files
            )
        except ContentErrors as fatal:
            errors = _errors_without_words(root, functions_file, recall)
            raise ContentErrors([*fatal.errors, *errors]) from None
        words = texts.words.languages
        pages, page_errors = load_pages(root, words, texts.registry.names, recall)
        templates_root = root if (root / "templates").is_dir() else REPOSITORY
        templates, template_errors = load_templates(templates_root)
        benchmarks, benchmark_errors = _load_benchmarks(root)
        absent = _absent(texts.words, function_paths, title_files)
        return cls(
            root=root,
            words=words,
            registry=texts.registry,
            titles=texts.titles,
            title_files={ENGLISH: functions_file, **title_files},
            pages=pages,
            templates_root=templates_root,
            templates=templates,
            own_book=_own_book(root),
            benchmarks=benchmarks,
            shared_addresses=texts.shared_addresses,
            untranslated=_untranslated(texts, absent),
            page_errors=page_errors,
            shared_errors=[*template_errors, *benchmark_errors],
            other_errors=[
                *texts.errors,
                *_title_errors(pages, texts.site_sources),
                *misnamed_menus(pages, texts.site_sources),
                *_absent_errors(pages, texts, absent),
            ],
        )

    @property
    def errors(self) -> list[ContentError]:
        """All that is wrong, in no order."""
        return [
            *self.registry.errors,
            *self.page_errors,
            *misnamed_links(self.pages),
            *self.shared_errors,
            *self.other_errors,
        ]

    @property
    def book(self) -> ModuleType:
        """The module with the routine, and its step."""
        if self.own_book:
            return _executed(self.own_book)
        return importlib.import_module("gradviz_core.book")  # which needs NumPy


@dataclass(frozen=True)
class _Texts:
    """What the TOML files of a site say."""

    site_sources: Mapping[str, TomlSource]  # site.toml, by language
    words: LoadedWords
    registry: Registry
    titles: FunctionTitles
    shared_addresses: Mapping[str, tuple[str, int]]
    errors: list[ContentError]


def _read_texts(
    files: FilesByLanguage,
    site_files: FilesByLanguage,
    functions_file: TextFile,
    title_files: FilesByLanguage,
) -> _Texts:
    """Read the words, the functions, and the titles of these."""
    site_sources = _toml_sources(site_files)
    if ENGLISH in site_sources:
        _check_form(site_sources[ENGLISH])
    interface = _toml_sources(files)
    words = read_words(interface, site_sources)
    registry = read_functions(TomlSource(functions_file.text, functions_file.path))
    others = [language for language in words.languages if language != ENGLISH]
    titles = read_titles(registry, _toml_sources(title_files), others)
    errors = [*words.errors, *titles.errors]
    if ENGLISH in site_sources:
        errors.extend(choice_errors(site_sources[ENGLISH], registry))
    addresses = shared_addresses([*site_sources.values(), *interface.values()])
    return _Texts(site_sources, words, registry, titles, addresses, errors)


def _errors_without_words(
    root: Path, functions_file: TextFile, recall: Callable[..., Any]
) -> list[ContentError]:
    """Report what can be found in functions and pages without any words."""
    registry = read_functions(TomlSource(functions_file.text, functions_file.path))
    languages = {
        language: {"language": {"tag": language}} for language in interface_files()
    }
    _, page_errors = load_pages(root, languages, registry.names, recall)
    return [*registry.errors, *page_errors]


def _check_form(source: TomlSource) -> None:
    """Raise ContentErrors if a field of a site.toml is missing, unknown or mistyped."""
    if errors := source.errors or form_errors(source):
        raise ContentErrors(errors)


def _toml_sources(files: FilesByLanguage) -> dict[str, TomlSource]:
    return {
        language: TomlSource(file.text, file.path) for language, file in files.items()
    }


def _site_paths(root: Path) -> dict[str, Path]:
    """Return the files with the words and choices of the site itself, by language."""
    paths = {ENGLISH: root / "content/site.toml"}
    for language in other_languages():
        paths[language] = root / f"content/site.{language}.toml"
    return paths


class _FunctionPaths(NamedTuple):
    """The files of a site's functions: its own, or else those of this project."""

    base: Path  # the folder from which messages name the files
    functions: Path
    titles: dict[str, Path]  # by language

    @classmethod
    def of(cls, root: Path) -> "_FunctionPaths":
        """Find the files of the site in a folder."""
        own = root / "functions.toml"
        if own.exists():
            return cls(root, own, _title_paths(root))
        return cls(REPOSITORY, REGISTRY, _title_paths(STRINGS))


def _title_paths(folder: Path) -> dict[str, Path]:
    return {
        language: folder / f"functions.{language}.toml"
        for language in other_languages()
    }


def _present(paths: Mapping[str, Path], root: Path) -> dict[str, TextFile]:
    """Read those of the files that exist."""
    return {
        language: TextFile.read(path, root)
        for language, path in paths.items()
        if path.exists()
    }


def _own_book(root: Path) -> TextFile | None:
    path = root / "book.py"
    return TextFile.read(path, root) if path.exists() else None


@cache
def _executed(file: TextFile) -> ModuleType:
    """Run a file of Python and return it as a module."""
    module = ModuleType("book")
    exec(compile(file.text, file.path, "exec"), vars(module))
    return module


def _load_benchmarks(root: Path) -> tuple[Mapping[str, Any], list[ContentError]]:
    """Read the results of the benchmarks, if there are any."""
    path = root / RESULTS
    if not path.exists():
        return {}, []
    try:
        return json.loads(path.read_text(encoding="utf-8")), []
    except json.JSONDecodeError as error:
        what = f"this is not JSON: {error.msg}"
        return {}, [ContentError(RESULTS, error.lineno, what, "type make bench")]


def shared_addresses(sources: Iterable[TomlSource]) -> dict[str, tuple[str, int]]:
    """Return the addresses that many pages show, each with its file and line.

    They are those of the menu, of the footer and of findings. Of an address that a
    translation repeats, the English file is named, which comes first.
    """
    addresses: dict[str, tuple[str, int]] = {}
    for source in sources:
        for number, line in enumerate(source.text.split("\n"), 1):
            if typed := ADDRESS_LINE.fullmatch(line):
                for address in ADDRESS.findall(typed[1]):
                    addresses.setdefault(address, (source.path, number))
    return addresses


def _title_errors(
    pages: Collection[Page], site_sources: Mapping[str, TomlSource]
) -> Iterator[ContentError]:
    """Report every title that a language has for an unknown page, or that is not text.

    A language may have titles of pages that it has not translated, in the table
    `[titles]` of its site.toml, by their paths.
    """
    paths = {page.path for page in pages}
    for source in site_sources.values():
        titles = source.data.get("titles", {})
        if not isinstance(titles, dict):
            continue  # its shape is reported elsewhere
        for path, title in titles.items():
            if path not in paths:
                what = f"no page has the path {path}"
                fix = "name one by its folder, such as errata/layout"
                yield source.error_at(("titles", path), what, fix)
            elif not isinstance(title, str):
                what = f"the title of {path} is no text"
                yield source.error_at(("titles", path), what, 'write it as "…"')


def _absent(
    words: LoadedWords, function_paths: _FunctionPaths, title_files: FilesByLanguage
) -> dict[str, list[ContentError]]:
    """Report, by language, the files that it lacks altogether."""
    absent = {language: [*errors] for language, errors in words.absent.items()}
    for language, path in function_paths.titles.items():
        if language not in title_files:
            where = path.relative_to(function_paths.base).as_posix()
            what = "the functions are not translated"
            error = ContentError(where, None, what, f"write {path.name}")
            absent.setdefault(language, []).append(error)
    return absent


def _absent_errors(
    pages: Collection[Page], texts: _Texts, absent: Mapping[str, list[ContentError]]
) -> Iterator[ContentError]:
    """Report the files that a complete language lacks, if a page is in it."""
    languages = {page.language for page in pages} | texts.titles.sources.keys()
    for language in languages:
        if texts.words.languages[language]["language"]["complete"]:
            yield from absent.get(language, [])


def _untranslated(
    texts: _Texts, absent: Mapping[str, list[ContentError]]
) -> dict[str, list[ContentError]]:
    """Collect, by language, what it lacks: whole files, words, titles of functions."""
    parts = (absent, texts.words.untranslated, texts.titles.untranslated)
    return {
        language: [error for part in parts for error in part.get(language, [])]
        for language in texts.words.languages
        if language != ENGLISH
    }
