"""Seeding: one fault is put into what the product does, and no source is touched.

A fault is a function of the product that is wrapped as soon as its module has been imported.
It goes by the name of the function, so a new name is told at once: `lost` says which faults
have lost their place. What follows makes faults of the functions of seeded_faults.py:

    around(place, …)          a function or method does something else
    in_files(pattern, …)      files of the site are published with another text
    in_figures(pattern, …)    pictures of functions are drawn of another field
    after_script(part, …)     lines of JavaScript stand behind a part of a script
    in_styles(…)              rules stand behind the style sheet

A build keeps what takes long to make, and would not make it again for a fault. So each fault
says what it is in, such as "page tutorial/*": only that is made again. One that changes texts
as they are published is in nothing that is kept. One that does not say is in all but drawings.
"""

import importlib
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import partial, wraps
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from typing import Any

ALL_BUT_DRAWINGS = ""
SCRIPTS_AND_STYLES = "static"


@dataclass(frozen=True)
class Fault:
    """A fault, and the promise that is broken by it."""

    name: str
    promise: str
    place: str  # module:function or module:class.method
    change: Callable[..., Any]  # called as change(real, …) instead of what is there
    remade: str = ALL_BUT_DRAWINGS  # or a pattern of `name_of_kept`
    is_published: bool = False  # so the site is another one for sure


FAULTS: dict[str, Fault] = {}
CACHE = "gradviz_core.publish.cache"


def around(
    place: str, promise: str, remade: str = ALL_BUT_DRAWINGS, is_published: bool = False
) -> Any:
    """Make a fault of a function that is called in the place of another, which it is given."""

    def note(change: Callable[..., Any]) -> Callable[..., Any]:
        name = change.__name__.replace("_", "-")
        assert name not in FAULTS, f"two faults are called {name}"
        FAULTS[name] = Fault(name, promise, place, change, remade, is_published)
        return change

    return note


def in_files(pattern: str, promise: str) -> Any:
    """Make a fault of a function from the text of a published file to another text."""

    def note(change: Callable[[str], str]) -> None:
        @wraps(change)
        def published(real: Any, *arguments: Any) -> Any:
            for path, content in real(*arguments):
                is_meant = fnmatch(path, pattern)
                yield path, change(content.decode()).encode() if is_meant else content

        place = "gradviz_core.publish.steps:Build.draw"
        around(place, promise, is_published=True)(published)

    return note


def in_figures(pattern: str, promise: str) -> Any:
    """Make a fault of a function from the field of a picture to another field."""

    def note(change: Callable[[Any], Any]) -> None:
        @wraps(change)
        def drawn(real: Any, entries: Any) -> Any:
            drawings = real(entries)
            for path, drawing in drawings.items():
                if fnmatch(path, pattern):
                    [field] = drawing.pictures
                    drawings[path] = replace(drawing, pictures=[change(field)])
            return drawings

        place = "gradviz_core.publish.drawings:function_drawings"
        around(place, promise, remade="figures")(drawn)

    return note


def after_script(part: str, promise: str) -> Any:
    """Make a fault of a function that gives lines to stand behind a part of a script."""

    def note(lines: Callable[[], str]) -> None:
        @wraps(lines)
        def joined(real: Any, scripts: Any, joins: Any) -> Any:
            place = f"static/{part}.js"
            if place in scripts:  # a miniature may have none
                scripts = {**scripts, place: f"{scripts[place]}\n{{{lines()}}}\n"}
            return real(scripts, joins)

        place = "gradviz_core.publish.static_files:joined_scripts"
        around(place, promise, remade=SCRIPTS_AND_STYLES)(joined)

    return note


def in_styles(promise: str) -> Any:
    """Make a fault of a function that gives rules to stand behind the style sheet."""

    def note(rules: Callable[[], str]) -> None:
        @wraps(rules)
        def styled(text: str) -> str:
            return text + rules()

        in_files("static/site.css", promise)(styled)

    return note


def exchanged(text: str, one: str, other: str) -> str:
    """A text in which two words change places."""
    between = "\N{OBJECT REPLACEMENT CHARACTER}"
    return text.replace(one, between).replace(other, one).replace(between, other)


# Putting a fault in


def seed(fault: Fault) -> None:
    """Wrap what a fault is about, whenever its module is imported."""
    module, _, name = fault.place.partition(":")
    changes = {module: lambda imported: wrap(imported, name, fault.change)}
    if not fault.is_published:
        change_of_cache = partial(make_again, fault)
        changes[CACHE] = combined(changes.get(CACHE), change_of_cache)
    sys.meta_path.insert(0, Finder(changes))


def make_again(fault: Fault, cache: Any) -> None:
    """Keep what a fault is in under keys of its own: what was kept is without the fault."""
    if fault.remade == ALL_BUT_DRAWINGS:
        # The code is one of the things that decide, with the packages in use.
        package = f"fault-{fault.name}.dist-info"
        wrap(cache, "installed_packages", lambda real: [*real(), package])
        return

    def key_of(real: Any, *deciding: Any) -> str:
        is_in = fnmatch(name_of_kept(*deciding), fault.remade)
        return real(*deciding, fault.name) if is_in else real(*deciding)

    wrap(cache, "key_of", key_of)


def name_of_kept(*deciding: Any) -> str:
    """Name what is kept under the key of all this: `page check/index.html`, `text feed.xml`.

    Other things go by their kind, a picture by what it shows.
    """
    match deciding:
        case "page", _, [(address, _), *_], _:
            return f"page {address}"
        case "text", _, str(path), _:
            return f"text {path}"
        case "figures", _:
            return "figures"
        case "static", *_:
            return SCRIPTS_AND_STYLES
        case [picture, *_], _, _, bool():
            return f"drawing of {type(picture).__name__}"
    return ""


def combined(first: Any, second: Any) -> Any:
    """One change after the other, of which the first may be missing."""

    def both(module: Any) -> None:
        if first:
            first(module)
        second(module)

    return both


def wrap(owner: Any, name: str, change: Callable[..., Any]) -> None:
    """Let a change be called in the place of a function, or of a class's method."""
    *classes, name = name.split(".")
    for each in classes:
        owner = getattr(owner, each)
    real = inspect.getattr_static(owner, name)
    is_of_class = isinstance(real, classmethod)
    function = real.__func__ if is_of_class else real

    @wraps(function)
    def changed(*arguments: Any, **named: Any) -> Any:
        return change(function, *arguments, **named)

    setattr(owner, name, classmethod(changed) if is_of_class else changed)


class Finder(MetaPathFinder):
    """Finds modules as Python does, and changes some of them after they were imported."""

    def __init__(self, changes: dict[str, Callable[[Any], None]]) -> None:
        self.changes = changes

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        """Give the module's own loader, which then runs the change, too."""
        if name not in self.changes:
            return None
        spec = PathFinder.find_spec(name, path, target)
        assert spec
        assert spec.loader
        execute = spec.loader.exec_module

        def execute_and_change(module: Any) -> None:
            execute(module)
            self.changes[name](module)

        spec.loader.exec_module = execute_and_change  # type: ignore[method-assign]
        return spec


def lost(fault: Fault) -> str:
    """Say what a fault is about and is not there, or nothing."""
    module, _, name = fault.place.partition(":")
    try:
        owner = importlib.import_module(module)
        for each in name.split("."):
            owner = getattr(owner, each)
    except (ImportError, AttributeError) as error:
        return f"there is no {fault.place} ({error}). Fix: name what does it now"
    return ""
