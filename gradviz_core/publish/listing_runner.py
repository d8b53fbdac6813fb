"""Listing runner: one block of a session, run by doctest."""

import ast
import builtins
import doctest
import re
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gradviz_core.content.listings import ListingKind
from gradviz_core.errors import ContentError
from gradviz_core.publish.highlighting import highlight
from gradviz_core.publish.limits import TimeLimitReached

# An ellipsis stands for any text; True is not 1.
COMPARISON = doctest.ELLIPSIS | doctest.DONT_ACCEPT_TRUE_FOR_1

# How many characters of an output a message repeats: a loop may print megabytes.
LONGEST_OUTPUT = 1000


def listing_errors(
    listing: re.Match[str], line: int, source: str, namespace: dict[str, Any]
) -> Iterator[ContentError]:
    """Run a block of a page; report where the output it shows is not the actual one.

    Parameters
    ----------
    listing : re.Match
        The block, as `LISTING` finds it.
    line : int
        The line of its fence.
    source : str
        The path of the page's file, for errors.
    namespace : dict of str to object
        The names that the session has defined so far; the block adds its own.
    """
    if error := _syntax_error(listing):
        what = f"this is not Python, {error.msg}"
        yield ContentError(source, line + (error.lineno or 1), what, "correct the code")
        return
    if language := highlight(listing).unknown_language:
        what = f"there is no language called {language}"
        yield ContentError(source, line, what, "name another, or none")
    name = f"{source}:{line}"
    try:
        examples = _examples(listing, name)
    except ValueError as error:
        what = f"the session cannot be read, {error}"
        yield ContentError(source, line + 1, what, "write it as Python prints it")
        return
    for example in examples:
        test = doctest.DocTest([example], {}, name, source, line, None)
        # DocTest copies its namespace, but a function of the page has to see the names
        # that later blocks define.
        test.globs = namespace
        line_of_example = line + example.lineno + 1
        if what := _drift_at(source, line_of_example, example, test):
            fix = "show what is printed, or mend the code"
            yield ContentError(source, line_of_example, what, fix)


def _syntax_error(listing: re.Match[str]) -> SyntaxError | None:
    """Return the error in Python that is not run here, but that readers paste."""
    kind = ListingKind.of(listing["kind"])
    if not kind.is_python_to_paste or ">>>" in listing["code"]:
        return None
    try:
        ast.parse(listing["code"])
    except SyntaxError as error:
        return error
    return None


def _examples(listing: re.Match[str], name: str) -> list[doctest.Example]:
    """Return the examples in a block.

    Raises
    ------
    ValueError
        If doctest cannot read it, or a pycon block holds text that is neither code nor
        output.
    """
    pieces = doctest.DocTestParser().parse(listing["code"], name)
    loose = "".join(piece for piece in pieces if isinstance(piece, str)).strip()
    if loose and "pycon" in listing["kind"]:
        raise ValueError(f"{loose} belongs to nothing that is run")
    return [piece for piece in pieces if isinstance(piece, doctest.Example)]


def _drift_at(
    source: str, line: int, example: doctest.Example, test: doctest.DocTest
) -> str:
    """Describe the drift of an example; a time limit names its file and line."""
    try:
        return _drift(example, test)
    except TimeLimitReached as reached:
        reached.source = source
        reached.line = line
        raise


def _drift(example: doctest.Example, test: doctest.DocTest) -> str:
    """Run one example; describe how its output differs from the one shown."""
    if example.options:
        return "a comment tells doctest how to compare"
    with _builtins_restored() as changed_builtins:
        failure = _failure_of(test)
    if changed_builtins:
        return f"the session changes the built-in {', '.join(changed_builtins)}"
    if isinstance(failure, doctest.DocTestFailure):
        shown = _without_frames(failure.example.want)
        printed = _without_frames(failure.got)
        return f"the page shows {shown}, the session prints {printed}"
    if isinstance(failure, doctest.UnexpectedException):
        raised = failure.exc_info[1]
        if isinstance(raised, TimeLimitReached):
            raise raised from None
        return f"the session raises {_last_line_of(raised)}"
    if failure:
        return f"the session breaks what runs it: {_last_line_of(failure)}"
    return ""


def _failure_of(test: doctest.DocTest) -> Exception | None:
    """Run a test; return the exception that doctest raises or runs into."""
    runner = doctest.DebugRunner(optionflags=COMPARISON)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            runner.run(test, clear_globs=False)
    except Exception as failure:
        return failure
    return None


@contextmanager
def _builtins_restored() -> Iterator[list[str]]:
    """Undo changes to built-in names, and list the names that were changed."""
    own = vars(builtins)
    before = own.copy()
    before.pop("_", None)  # the value printed last
    changed: list[str] = []
    try:
        yield changed
    finally:
        after = own.copy()
        own.update(before)  # first, because the code below needs them
        changed.extend(
            name for name, value in before.items() if after.get(name) is not value
        )


def _last_line_of(error: BaseException | None) -> str:
    return traceback.format_exception_only(error)[-1]


def _without_frames(output: str) -> str:
    """Return a traceback's last line or an output, cut off if it is long."""
    output = re.sub(r"(?ms)^Traceback.*?\n(?=\S)", "", output).strip()
    if len(output) > LONGEST_OUTPUT:
        output = f"{output[:LONGEST_OUTPUT]} …"
    return output or "nothing"
