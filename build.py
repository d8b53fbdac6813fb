"""Build the site: `python build.py`."""

import argparse
import contextlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

from gradviz_core.figures.settings import without_settings_of_machine
from gradviz_core.publish import command, swap
from gradviz_core.publish.cache import Cache
from gradviz_core.publish.sources import SOURCES, Sources
from gradviz_core.publish.stamp import Stamp

ROOT = Path(__file__).parent.resolve()

BASE_URL = re.compile(
    r"(?ai)https?://[\w-]+(\.[\w-]+)*(:[1-9]\d{0,4})?(/(?!\.)[\w.~-]+)*/?"
)

LONGEST_LIMIT = 24 * 60 * 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, and give the exit code: 0 done, 1 content, 2 usage, 3 environment."""
    return command.run(lambda: _run(_options(arguments)))


def _run(options: argparse.Namespace) -> tuple[int, str]:
    """List, serve or build; give the exit code, and a message for standard error."""
    if options.untranslated:
        from gradviz_core.content.untranslated import list_untranslated

        return list_untranslated(ROOT, options.untranslated)
    if options.serve is not None and not options.check:
        from gradviz_core.publish.preview import serve

        base_url = f"--base-url={options.base_url}"
        return serve(ROOT, SOURCES, options.out, options.serve, base_url), ""
    return build(options)


def build(options: argparse.Namespace) -> tuple[int, str]:
    """Make the whole site, check it, and only then let it take the old one's place."""
    cache = Cache(ROOT / ".cache")
    if options.no_cache:
        cache.prune(seconds=0)
    lock = contextlib.nullcontext() if options.check else swap.locked(options.out)
    with without_settings_of_machine(), lock:
        sources = Sources(ROOT)
        stamp = Stamp(cache, (sources.key, options.base_url), options.out)
        if not stamp.is_current():
            files = _site_files(options, cache, sources.code)
            if options.check:
                return swap.compare(files, options.out)
            swap.publish(files, options.out)
            _update_cache(cache, sources, stamp)
    return 0, "" if options.quiet else command.summary(options.out, options.base_url)


def _site_files(options: argparse.Namespace, cache: Cache, code: str) -> swap.Files:
    """Take the steps from what people wrote to the files of the site."""
    # A build with nothing to do never comes here, and so imports no NumPy and no Jinja.
    from gradviz_core.publish.steps import Build

    steps = Build(
        cache,
        code=code,
        base_url=options.base_url,
        jobs=options.jobs,
        time_limit=options.time_limit,
        report=command.reporter(options.verbose, options.quiet),
        first=options.first,
        show=command.print_page,
    )
    site = steps.load(ROOT)
    measured = steps.measure(site)
    rendered = steps.render(site, measured)
    pages_and_static_files = steps.check(rendered)
    return steps.draw(rendered, pages_and_static_files)


def _update_cache(cache: Cache, sources: Sources, stamp: Stamp) -> None:
    """Stamp the site, unless its sources were edited while it was built."""
    edited = sources.edited()
    if not edited:
        stamp.put()
    if edited & {"gradviz_core", "templates"}:
        # What was made of other code or templates is kept under a wrong key.
        cache.prune(seconds=0)
    cache.prune_sometimes()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("build.py", description="Build the gradviz site.")
    add = parser.add_argument
    add("--out", type=Path, default=ROOT / "site", help="folder to write")
    add("--base-url", default="", help="address of the site once published")
    add("--jobs", type=int, default=os.cpu_count() or 1, help="processes at most")
    add(
        "--time-limit",
        type=float,
        default=20,
        metavar="SECONDS",
        help="what the code of a page may take; 0 sets no limit",
    )
    add("--no-cache", action="store_true", help="draw every figure again")
    add("--check", action="store_true", help="change nothing; 1 if out of date")
    add("--serve", nargs="?", type=int, const=8000, metavar="PORT")
    add("--first", default="", metavar="PAGE", help="print it once it is rendered")
    add("--untranslated", metavar="LANGUAGE", help="list what it lacks, build nothing")
    add("-q", "--quiet", action="store_true", help="say nothing but errors")
    add("-v", "--verbose", action="store_true", help="say what is drawn")
    options = parser.parse_args(arguments)
    options.out = Path(os.path.realpath(options.out.parent), options.out.name)
    try:
        _check_usage(options)
        swap.check_target(options.out)
        _check_is_no_source(options.out)
    except ValueError as error:
        parser.error(str(error))
    return options


def _check_usage(options: argparse.Namespace) -> None:
    """Raise ValueError if the options, or Python itself, are not as a build needs."""
    if options.base_url and not BASE_URL.fullmatch(options.base_url):
        raise ValueError(
            "--base-url must be http:// or https://, a host, perhaps a path"
        )
    if options.jobs < 1:
        raise ValueError("--jobs must be at least 1")
    if not 0 <= options.time_limit <= LONGEST_LIMIT:
        raise ValueError("--time-limit takes seconds, from 0 to a day")
    if options.serve is not None and not 0 <= options.serve <= 65535:
        raise ValueError("--serve takes a port, from 0 to 65535")
    if not re.fullmatch("[0-9]{1,11}", os.environ.get("SOURCE_DATE_EPOCH", "0")):
        raise ValueError("SOURCE_DATE_EPOCH must count seconds since 1970")
    if not __debug__:
        what = "python must run without -O: sessions of pages assert their claims"
        raise ValueError(what)


def _check_is_no_source(out: Path) -> None:
    """Raise ValueError if a folder to write is one to read, or lies in one."""
    sources = {ROOT / name for name in (*SOURCES, ".git", ".cache")}
    if sources & {out, *out.parents}:
        raise ValueError(f"--out {out} lies among the sources. Fix: name another")


if __name__ == "__main__":
    raise SystemExit(main())
