"""Imported: routines of libraries, of the book, and of files that are read together."""

from collections.abc import Iterator, Mapping

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.names import Imports
from gradviz_core.scripts.routines.routine import Routine, unknown_routine
from gradviz_core.scripts.trials import (
    LIST,
    MANY_POINTS,
    NOT_FLAT,
    ONE_NUMBER,
    POINT,
    ROWS,
    SEVERAL_FOR_A_POINT,
    SEVERAL_VALUES,
    UNCLEAR,
)

STOPS_OF_THE_BOOK = frozenset(
    [LIST, ONE_NUMBER, MANY_POINTS, NOT_FLAT, SEVERAL_VALUES, SEVERAL_FOR_A_POINT]
)

# The routines of files that are read together, by module name.
Modules = Mapping[str, Mapping[str, Routine]]


def library_routine(full_name: str) -> Routine | None:
    """Return a routine of a library by its full name, or None if there is none."""
    entry = vocabulary("routines")["library"].get(full_name)
    if entry is None:
        return None
    return Routine(
        full_name.rpartition(".")[2],
        entry["takes"],
        function_parameter=entry["f"],
        array_parameter=entry["x"],
        cuts_whole_numbers=False,
        stops_at=frozenset([MANY_POINTS]) if entry["takes"] == POINT else frozenset(),
        is_followed=entry["takes"] != UNCLEAR,
        is_of_library=True,
        most_arguments=entry["arguments"],
    )


def derivative_routine(takes: str) -> Routine:
    """Return the gradient that JAX makes of a function, as a routine."""
    return Routine(
        "vmap" if takes == ROWS else "grad",
        takes,
        cuts_whole_numbers=False,
        takes_one_point=takes != ROWS,
        is_of_library=True,
    )


def imported_routine(full_name: str, modules: Modules) -> Routine | None:
    """Return what is known of a routine, given the name that a script imports."""
    module, _, name = full_name.rpartition(".")
    if "gradviz_core" in module:
        return None
    of_library = library_routine(full_name)
    if of_library is not None:
        return of_library
    last = module.rpartition(".")[2]
    takes = vocabulary("routines")["book"].get(last, {}).get(name)
    if last in modules and name in modules[last]:
        return modules[last][name]
    if takes and last not in modules:
        return Routine(name, takes, stops_at=STOPS_OF_THE_BOOK)
    usual_name: str = vocabulary("routines")["usual_name"]
    return unknown_routine(name) if takes or name == usual_name else None


def imported_routines(imports: Imports, modules: Modules) -> dict[str, Routine]:
    """Return the routines that a script imports, by the names it gives them."""
    usual_name: str = vocabulary("routines")["usual_name"]
    routines = {usual_name: unknown_routine(usual_name)}  # of a fragment
    for name, full in imports.items():
        if name.startswith("* "):
            routines.update(_routines_of_module(full, imports, modules))
    if usual_name in imports:
        del routines[usual_name]
    for name, full in imports.items():
        routine = imported_routine(full, modules)
        if routine is not None and not name.startswith("* "):
            routines[name] = routine
    return routines


def _routines_of_module(
    module: str, imports: Imports, modules: Modules
) -> Iterator[tuple[str, Routine]]:
    """Yield the routines of a module from which a script imports everything.

    They are unknown if there is another such module, which may hide them.
    """
    last = module.rpartition(".")[2]
    others = [
        full
        for name, full in imports.items()
        if name.startswith("* ") and full != module
    ]
    libraries = vocabulary("names")["libraries"]
    is_alone = all(full in libraries for full in others)
    for name in modules.get(last, vocabulary("routines")["book"].get(last, {})):
        routine = imported_routine(f"{module}.{name}", modules)
        if routine is not None:
            yield name, routine if is_alone else unknown_routine(name)
