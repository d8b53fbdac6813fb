"""Build the site: `python build.py`."""

import argparse
import gc
import os
import re
import signal
import sys
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from functools import partial
from itertools import chain
from pathlib import Path

from gradviz_core.errors import ContentErrors
from gradviz_core.publish import swap
from gradviz_core.publish.cache import CODE, SOURCES, Cache, key_of, snapshot
from gradviz_core.publish.workers import run

gc.set_threshold(
    100_000
)  # most of what is made is needed: to look for what is not takes long
# The products here are small: threads only start late. And no settings of this machine.
os.environ.update(OPENBLAS_NUM_THREADS="1", MPLBACKEND="agg", MATPLOTLIBRC=os.devnull)
ROOT = Path(__file__).parent.resolve()
BASE_URL = re.compile(
    r"(?ai)https?://[\w-]+(\.[\w-]+)*(:[1-9]\d{0,4})?(/(?!\.)[\w.~-]+)*/?"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, and give the exit code: 0 done, 1 content, 2 usage, 3 environment."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.stdout, sys.stderr = (
        s or Path(os.devnull).open("w") for s in (sys.stdout, sys.stderr)
    )
    try:
        options = _options(arguments)
        if options.serve is not None and not options.check:  # which changes nothing
            from gradviz_core.publish.preview import serve

            return serve(
                ROOT, options.out, options.serve, f"--base-url={options.base_url}"
            )
        os.chdir(
            ROOT / "gradviz_core"
        )  # a matplotlibrc where the build was called is none of ours
        code, words = build(options)
    except ContentErrors as errors:
        code, words = 1, str(errors)
    except ModuleNotFoundError as missing:
        code, words = (
            3,
            f"The package {missing.name} is not installed. Fix: type make site",
        )
    except (OSError, MemoryError) as error:
        code, words = (
            3,
            f"build.py: {str(error) or 'no memory'}. Nothing of the site was changed.",
        )
    except KeyboardInterrupt:
        code, words = 130, "build.py: interrupted. Nothing of the site was changed."
    with suppress(OSError):  # a full disk, say, and the site stands all the same
        print(words, end="\n" * bool(words), file=sys.stderr)
    return code


def build(options: argparse.Namespace) -> tuple[int, str]:
    """Make the whole site, check it, and only then let it take the place of the old one."""
    in_place = sys.stderr.isatty() and not options.verbose  # one line for all
    start, end = ("\r\x1b[K", "") if in_place else ("", "\n")
    told = options.verbose or (in_place and not options.quiet)
    store = Cache(
        ROOT / ".cache", lambda n: told and sys.stderr.write(f"{start}drawing {n}{end}")
    )
    if options.no_cache:
        store.prune(seconds=0)
    with nullcontext() if options.check else swap.locked(options.out):
        stands = (
            snapshot(ROOT, *SOURCES),
            options.base_url,
        )  # which have given this site
        # What is true at its end is not kept: this asks whether the site stands, the next says so.
        if store.kept(lambda: ["not yet"], stands, snapshot(options.out, ""))[-1]:
            files = _files(options, store)
            if options.check and not swap.same(files, options.out):
                return 1, f"{options.out} is out of date. Fix: build it again"
            if not options.check:
                swap.publish(files, options.out)
                edited = snapshot(ROOT, *SOURCES) != stands[0]  # while they were read
                store.kept(lambda: [edited], stands, snapshot(options.out, ""))
                store.prune()
    left_out = "no --base-url: sitemap, feed, robots.txt, cards and canonical links are left out\n"
    said = f"{len([*options.out.rglob('*.html')])} pages are in {options.out}"
    return (
        0,
        "" if options.quiet else f"{start}{'' if options.base_url else left_out}{said}",
    )


def _files(options: argparse.Namespace, store: Cache) -> swap.Files:
    """Measure, load, render, check, draw, export."""
    code = snapshot(ROOT, *CODE)
    from gradviz_core.content.entries import measured
    from gradviz_core.content.pages import load, static
    from gradviz_core.publish import (
        exports,
        links,
        prose_rules,
        render,
    )  # deferred: seldom needed

    taken = {*render.Renderer(ROOT, [], {}, "").environment.globals, *render.HERE}
    entries, errors = store.kept(partial(measured, taken), code)
    jobs = (
        options.jobs if store.made else 1
    )  # after an edit of a page there is too little to share
    pages, found = load(ROOT)
    errors = [*errors, *found, *render.FAULTS]
    if render.FAULTS:  # without words nothing can be rendered
        raise ContentErrors(
            errors + [e for page in pages for e in prose_rules.page_errors(page)]
        )
    renderer = render.Renderer(ROOT, pages, entries, options.base_url)
    known = key_of(code, options.base_url, renderer.bare)
    making = {
        p.url: partial(
            store.kept, partial(renderer.rendered, p), known, renderer.read(p)
        )
        for p in renderer.pages
    }
    made = dict(run(making, jobs))
    if (
        snapshot(ROOT, *CODE) != code
    ):  # then what was made goes by a name that is not its own
        store.prune(seconds=0)
    files, templates, found = static(ROOT)
    files |= {f"downloads/{name}.py": "" for name in entries} | {".nojekyll": ""}
    files["data/functions.json"] = exports.functions_json(entries.values())
    files["errata.json"] = exports.errata_json(pages)
    pictures = exports.figures(entries)
    for url, page in made.items():
        errors += page.errors
        files |= {url: page.html} | page.others
        pictures |= page.drawings
    documents = {url: page.document for url, page in made.items() if page.document}
    read = [*renderer.pages, *templates]
    errors += [*found, *links.link_errors(read, documents, {*files, *pictures})]
    if errors:
        raise ContentErrors(errors)
    if options.base_url:
        pictures |= exports.cards(renderer.pages, files, entries)
    plain = ((n, c.encode() if isinstance(c, str) else c) for n, c in files.items())
    drawing = {
        n: partial(store.figure, n, *p, **words) for n, (p, words) in pictures.items()
    }
    return chain(plain, run(drawing, jobs))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="build.py", description="Build the gradviz site."
    )
    parser.add_argument(
        "--out", type=Path, default=ROOT / "site", help="folder to write"
    )
    parser.add_argument(
        "--base-url", default="", help="address of the site once published"
    )
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="processes at most"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="draw every figure again"
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing; 1 if out of date"
    )
    parser.add_argument("--serve", nargs="?", type=int, const=8000, metavar="PORT")
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="say nothing but errors"
    )
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="say what is drawn"
    )
    options = parser.parse_args(arguments)
    if options.base_url and not BASE_URL.fullmatch(options.base_url):
        parser.error(
            "--base-url must be http:// or https://, a host, and perhaps a path"
        )
    if options.jobs < 1 or not 0 <= (options.serve or 0) <= 65535:
        parser.error("--jobs must be at least 1, and a port at most 65535")
    if not (
        __debug__
        and re.fullmatch("[0-9]{1,11}", os.environ.get("SOURCE_DATE_EPOCH", "0"))
    ):
        parser.error(
            "SOURCE_DATE_EPOCH must count seconds since 1970, and python run without -O"
        )
    options.out = Path(os.path.realpath(options.out.parent), options.out.name)
    try:
        swap.check_target(options.out)
        if {options.out, *options.out.parents} & {
            ROOT / n for n in (*SOURCES, ".git", ".cache")
        }:
            raise ValueError(
                f"--out {options.out} lies among the sources. Fix: name another"
            )
    except ValueError as error:
        parser.error(str(error))
    return options


if __name__ == "__main__":
    code = main()
    gc.freeze()  # to look for what could be freed would take a tenth of the time of an edit
    sys.exit(code)
