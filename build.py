"""Build the site: `python build.py`."""

import argparse
import contextlib
import gc
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.publish import swap
from gradviz_core.publish.cache import Cache, key_of, snapshot
from gradviz_core.publish.stamp import Stamp
from gradviz_core.publish.workers import run

# What reads NumPy or templates is imported where it is used: a build with nothing to do
# needs none of it.
if TYPE_CHECKING:
    from gradviz_core.content.pages import Page
    from gradviz_core.publish.exports import Drawings
    from gradviz_core.publish.render import RenderedPage, Renderer

ROOT = Path(__file__).parent.resolve()
CODE = ("build.py", "gradviz_core")
RESULTS = "benchmarks/results.json"
SOURCES = (*CODE, "content", "templates", RESULTS)

BASE_URL = re.compile(
    r"(?ai)https?://[\w-]+(\.[\w-]+)*(:[1-9]\d{0,4})?(/(?!\.)[\w.~-]+)*/?"
)

# Most of what is made is needed until the end: to look for what is not takes long.
gc.set_threshold(100_000)

# The products here are small, so threads only start late; and no setting of this
# machine may decide how a figure looks.
os.environ.update(OPENBLAS_NUM_THREADS="1", MPLBACKEND="agg", MATPLOTLIBRC=os.devnull)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, and give the exit code: 0 done, 1 content, 2 usage, 3 environment."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _open_closed_streams()
    unchanged = "Nothing of the site was changed."
    try:
        options = _options(arguments)
        if options.untranslated:
            return _list_untranslated(options.untranslated)
        if options.serve is not None and not options.check:
            from gradviz_core.publish.preview import serve

            base_url = f"--base-url={options.base_url}"
            return serve(ROOT, SOURCES, options.out, options.serve, base_url)
        os.chdir(ROOT / "gradviz_core")  # a matplotlibrc elsewhere is none of ours
        code, message = build(options)
    except ContentErrors as errors:
        code, message = 1, str(errors)
    except ModuleNotFoundError as missing:
        code = 3
        message = f"The package {missing.name} is not installed. Fix: type make site"
    except OSError as error:
        code, message = 3, f"build.py: {error}. {unchanged}"
    except MemoryError:
        code, message = 3, f"build.py: no memory. {unchanged}"
    except KeyboardInterrupt:
        code, message = 130, f"build.py: interrupted. {unchanged}"
    if message:
        with contextlib.suppress(OSError):  # a full disk, say
            print(message, file=sys.stderr)
    return code


def _list_untranslated(language: str) -> int:
    """Print what a language lacks, and which translations are stale."""
    from gradviz_core.content.pages import load_pages
    from gradviz_core.content.untranslated import untranslated
    from gradviz_core.registry.words import ENGLISH, LANGUAGES

    others = [code for code in LANGUAGES if code != ENGLISH]
    if language not in others:
        known = ", ".join(others) or "none"
        print(f"there are no words in {language}, but in: {known}", file=sys.stderr)
        return 2
    pages, errors = load_pages(ROOT)
    if errors:
        raise ContentErrors(errors)
    for line in untranslated(pages, language):
        print(line)
    return 0


def _open_closed_streams() -> None:
    """Give a build that was started without streams something to write to."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w")
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w")


def build(options: argparse.Namespace) -> tuple[int, str]:
    """Make the whole site, check it, and only then let it take the old one's place."""
    cache = Cache(ROOT / ".cache")
    stamp = Stamp(cache)
    if options.no_cache:
        cache.prune(seconds=0)
    lock = contextlib.nullcontext() if options.check else swap.locked(options.out)
    with lock:
        sources = snapshot(ROOT, *SOURCES)
        inputs = (sources, options.base_url)
        if not stamp.is_current(inputs, options.out):
            files = _files(options, cache)
            if options.check:
                if not swap.is_same(files, options.out):
                    return 1, f"{options.out} is out of date. Fix: build it again"
            else:
                swap.publish(files, options.out)
                if snapshot(ROOT, *SOURCES) == sources:  # nothing was edited meanwhile
                    stamp.put(inputs, options.out)
                cache.prune()
    summary = "" if options.quiet else _summary(options)
    return 0, summary


def _summary(options: argparse.Namespace) -> str:
    pages = len([*options.out.rglob("*.html")])
    summary = f"{pages} pages are in {options.out}"
    if options.base_url:
        return summary
    missing = "sitemap, feed, robots.txt, cards and canonical links are left out"
    return f"no --base-url: {missing}\n{summary}"


def _files(options: argparse.Namespace, cache: Cache) -> swap.Files:
    """Measure, load, render, check, draw, export."""
    from gradviz_core.content.entries import measure_all
    from gradviz_core.content.pages import load_pages
    from gradviz_core.content.site import (
        address_sources,
        chosen_errors,
        shared_addresses,
        title_errors,
    )
    from gradviz_core.publish import exports, links, render
    from gradviz_core.publish.static_files import load_static_files
    from gradviz_core.registry.function_titles import TITLES_ERRORS
    from gradviz_core.registry.functions import FUNCTIONS, FUNCTIONS_SOURCE
    from gradviz_core.registry.words import ABSENT, LANGUAGES, WORDS_ERRORS

    code = snapshot(ROOT, *CODE)
    page_templates = _template_sources(ROOT)
    reserved = render.reserved_names(ROOT)
    entries, errors = cache.get(
        key_of("entries", code, reserved),
        lambda: measure_all(reserved),
        keep=lambda measured: not measured[1],
    )
    registry_is_sound = not errors
    # After an edit of a page there is too little to share.
    jobs = options.jobs if cache.misses else 1

    pages, page_errors = load_pages(ROOT)
    files, templates, template_errors = load_static_files(ROOT)
    errors = [*errors, *page_errors, *template_errors, *WORDS_ERRORS, *TITLES_ERRORS]
    # A function whose record is wrong is there all the same.
    errors += chosen_errors({*FUNCTIONS, *FUNCTIONS_SOURCE.headings})
    errors += title_errors(pages)

    renderer = render.Renderer(ROOT, pages, entries, options.base_url, _results())
    for language in renderer.spoken:
        if LANGUAGES[language]["language"]["complete"]:
            errors.extend(ABSENT.get(language, []))
    rendered = _rendered(renderer, cache, (code, page_templates), jobs)
    for page in rendered.values():
        errors.extend(page.errors)
        # What a page says of a function that is not sound cannot be judged.
        if page.failure and registry_is_sound:
            errors.append(page.failure)

    drawings = exports.function_drawings(entries)
    for source in renderer.pages:
        drawn = rendered[source.url].drawings
        if source.is_translation:
            errors.extend(exports.unlike_original(source, drawn, drawings))
        for path, drawing in drawn.items():
            drawings.setdefault(path, drawing)
    files[".nojekyll"] = ""
    files["data/functions.json"] = exports.functions_json(entries.values())
    files["errata.json"] = exports.errata_json(pages)
    files.update({url: page.html for url, page in rendered.items()})
    texts = _text_files(renderer, drawings)

    documents = {url: page.document for url, page in rendered.items() if page.document}
    found = {url: page.findings for url, page in rendered.items()}
    paths = {*files, *drawings, *texts}
    if registry_is_sound:
        shared = shared_addresses(address_sources())
        errors.extend(
            links.link_errors(
                renderer.pages, templates, documents, found, paths, shared
            )
        )
    if errors:
        raise ContentErrors(errors)

    files.update(_filled(texts, renderer, cache, code))
    if options.base_url:
        drawings.update(exports.card_drawings(renderer.pages, files, entries))
    if (snapshot(ROOT, *CODE), _template_sources(ROOT)) != (code, page_templates):
        cache.prune(seconds=0)  # what was kept meanwhile goes by a key not its own
    report = _reporter(options)
    figure_tasks = {
        path: partial(exports.figure, cache, path, drawing, report)
        for path, drawing in drawings.items()
    }
    plain = ((path, _encoded(content)) for path, content in files.items())
    return chain(plain, run(figure_tasks, jobs))  # drawn as they are asked for


def _rendered(
    renderer: "Renderer", cache: Cache, deciding: Any, jobs: int
) -> "dict[str, RenderedPage]":
    """Render every page, unless what it is made of was rendered before."""
    shared = key_of(
        "page",
        deciding,
        renderer.languages,
        renderer.outlines,
        renderer.base_url,
    )

    def versions(pages: Iterable["Page"]) -> "dict[str, RenderedPage]":
        rendered = {}
        for page in pages:
            parts: list[Any] = [shared, renderer.dependencies(page)]
            parts.append(renderer.original_listings(page))
            if "benchmarks" in page.text:
                parts.append(renderer.results)
            rendered[page.url] = cache.get(
                key_of(*parts),
                partial(renderer.render, page),
                lambda rendered: not rendered.errors and not rendered.failure,
            )
        return rendered

    # The versions of a page are made by one worker, which runs their session once.
    groups: dict[str, list[Page]] = {}
    for page in renderer.pages:
        groups.setdefault(page.original, []).append(page)
    tasks = {original: partial(versions, group) for original, group in groups.items()}
    rendered: dict[str, RenderedPage] = {}
    for _, made in run(tasks, jobs):
        rendered.update(made)
    return {page.url: rendered[page.url] for page in renderer.pages}


def _template_sources(root: Path) -> list[Any]:
    """Read the templates that a page may be made of."""
    templates = sorted((root / "templates").glob("*.*"))
    return [(path.name, path.read_bytes()) for path in templates]


def _text_files(
    renderer: "Renderer", drawings: "Drawings"
) -> dict[str, tuple[str, dict[str, Any]]]:
    """Each file that is filled from a template and no page: the template, its terms."""
    texts: dict[str, tuple[str, dict[str, Any]]] = {}
    for name, entry in renderer.entries.items():
        texts[f"downloads/{name}.py"] = ("download.py.txt", {"entry": entry})
    for path, drawing in drawings.items():
        if path.count("/") > 1:  # a page's own, in the folder of the page
            [picture] = drawing.pictures
            table = path.removesuffix(".svg") + ".csv"
            texts[table] = ("drawn.csv.txt", {"drawn": picture})
    if renderer.base_url:
        for language in renderer.spoken:
            terms = renderer.feed_terms(language)
            texts[f"{terms['folder']}feed.xml"] = ("feed.xml", terms)
        texts["robots.txt"] = ("robots.txt", {})
        texts["sitemap.xml"] = ("sitemap.xml", {"versions": renderer.versions})
    return texts


def _filled(
    texts: dict[str, tuple[str, dict[str, Any]]],
    renderer: "Renderer",
    cache: Cache,
    code: Any,
) -> dict[str, str]:
    """Fill each of these templates, unless that was done before."""
    shared = key_of(
        code, renderer.languages, renderer.base_url, renderer.outlines, "text"
    )
    contents = {}
    for path, (template, terms) in texts.items():
        source = (ROOT / "templates" / template).read_bytes()
        contents[path] = cache.get(
            key_of(shared, path, source, terms),
            partial(renderer.text_file, template, **terms),
        )
    return contents


def _results() -> dict[str, Any]:
    """The figures of the benchmarks, which one page shows."""
    path = ROOT / RESULTS
    try:
        results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except json.JSONDecodeError as error:
        what = f"this is not JSON: {error.msg}"
        raise ContentErrors(
            [ContentError(RESULTS, error.lineno, what, "type make bench")]
        ) from error
    return results


def _reporter(options: argparse.Namespace) -> Callable[[str], None]:
    """What says which figure is drawn, on one line where people look on."""
    is_watched = sys.stderr.isatty() and not options.quiet

    def report(path: str) -> None:
        if options.verbose:
            print(f"drawing {path}", file=sys.stderr)
        elif is_watched:
            print(f"\r\x1b[Kdrawing {path}", end="", file=sys.stderr, flush=True)

    return report


def _encoded(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("build.py", description="Build the gradviz site.")
    add = parser.add_argument
    add("--out", type=Path, default=ROOT / "site", help="folder to write")
    add("--base-url", default="", help="address of the site once published")
    add("--jobs", type=int, default=os.cpu_count() or 1, help="processes at most")
    add("--no-cache", action="store_true", help="draw every figure again")
    add("--check", action="store_true", help="change nothing; 1 if out of date")
    add("--serve", nargs="?", type=int, const=8000, metavar="PORT")
    add("--untranslated", metavar="LANGUAGE", help="list what it lacks, build nothing")
    add("-q", "--quiet", action="store_true", help="say nothing but errors")
    add("-v", "--verbose", action="store_true", help="say what is drawn")
    options = parser.parse_args(arguments)
    if options.base_url and not BASE_URL.fullmatch(options.base_url):
        parser.error("--base-url must be http:// or https://, a host, perhaps a path")
    if options.jobs < 1:
        parser.error("--jobs must be at least 1")
    if options.serve is not None and not 0 <= options.serve <= 65535:
        parser.error("--serve takes a port, from 0 to 65535")
    if not re.fullmatch("[0-9]{1,11}", os.environ.get("SOURCE_DATE_EPOCH", "0")):
        parser.error("SOURCE_DATE_EPOCH must count seconds since 1970")
    if not __debug__:
        parser.error(
            "python must run without -O: sessions of pages assert their claims"
        )
    options.out = Path(os.path.realpath(options.out.parent), options.out.name)
    try:
        swap.check_target(options.out)
    except ValueError as error:
        parser.error(str(error))
    sources = {ROOT / name for name in (*SOURCES, ".git", ".cache")}
    if sources & {options.out, *options.out.parents}:
        parser.error(f"--out {options.out} lies among the sources. Fix: name another")
    return options


if __name__ == "__main__":
    code = main()
    gc.freeze()  # to look for what could be freed would take a tenth of an edit's time
    sys.exit(code)
