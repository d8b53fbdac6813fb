"""Assignments: what names, attributes and entries of arrays are set to."""

import ast
from collections.abc import Sequence

from gradviz_core.scripts.arrays import (
    FLOAT,
    UNKNOWN,
    WHOLE,
    Array,
    Instance,
    Items,
    Slopes,
    SlopesPart,
    Unknown,
    Value,
    kind_of_numbers,
    owners_of,
    unknown_part,
)
from gradviz_core.scripts.walk.arithmetic import combined
from gradviz_core.scripts.walk.branches import Names
from gradviz_core.scripts.walk.changes import lose
from gradviz_core.scripts.walk.parts import unpacked
from gradviz_core.scripts.walk.walk import Walk


def assign(walk: Walk, target: ast.expr, value: Value, names: Names) -> None:
    """Set a name, several of them, an attribute or an entry to a value."""
    if isinstance(target, ast.Name):
        names.set(target.id, value)
    elif isinstance(target, ast.Tuple | ast.List):
        parts = unpacked(value, len(target.elts))
        for element, part in zip(target.elts, parts, strict=True):
            assign(walk, element, part, names)
    elif isinstance(target, ast.Starred):
        assign(walk, target.value, unknown_part(value), names)
    else:
        _store(walk, target, value, names)


def _store(walk: Walk, target: ast.expr, value: Value, names: Names) -> None:
    """Store a value in an attribute, or in an entry of an array or a list."""
    assert isinstance(target, ast.Attribute | ast.Subscript)
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        owner = names.get(target.value.id)
        if isinstance(owner, Instance):
            walk.objects.store(owner, target.attr, value)
            return
        names.set(target.value.id, unknown_part(owner))  # P.shape = …
    _change(walk, target.value, names)
    put_into(target.value, [value], names)
    lose(value)


def _change(walk: Walk, place: ast.expr, names: Names) -> None:
    """Note that an array is changed in place, and update its name here."""
    array = walk.value(place, names)
    _note_change(walk, array)
    if isinstance(place, ast.Name) and isinstance(array, Array):
        names.set(place.id, walk.changes.as_it_is_now(array))


def _note_change(walk: Walk, value: Value) -> None:
    walk.changes.note(value)
    if isinstance(value, Array) and not value.is_copy:
        walk.observations.changed.add(value.made)


def put_into(container: ast.expr, values: Sequence[Value], names: Names) -> None:
    """Let a list, or something unknown, also hold other values."""
    if not isinstance(container, ast.Name):
        return
    before = names.get(container.id)
    if isinstance(before, Items | Unknown):
        names.set(container.id, unknown_part(before, *values))


def assign_augmented(walk: Walk, statement: ast.AugAssign, names: Names) -> None:
    """Follow `x -= …`: change an array in place, and replace anything else."""
    operand = walk.value(statement.value, names)
    note_slopes(walk, statement.target, operand, names, is_augmented=True)
    target = statement.target
    if not isinstance(target, ast.Name):
        place = target.value if isinstance(target, ast.Subscript) else target
        _change(walk, place, names)
        return
    before = walk.value_of_name(target.id, names)
    if owners_of(before):  # it is changed in place
        _note_change(walk, before)
        names.set(target.id, walk.changes.as_it_is_now(before))
    else:
        names.set(target.id, combined(statement.op, before, operand))


def note_slopes(
    walk: Walk, target: ast.expr, value: Value, names: Names, is_augmented: bool = False
) -> None:
    """Note slopes written into an array: `x -= …`, `x[i] = …`."""
    if isinstance(target, ast.Subscript):
        target = target.value
    elif not is_augmented:
        return
    is_of_object = isinstance(target, ast.Name | ast.Attribute)
    array = walk.value(target, names) if is_of_object else UNKNOWN
    are_floats = isinstance(value, Array) and value.kind == FLOAT
    is_of_slopes = isinstance(value, Slopes | SlopesPart)
    if not isinstance(array, Array):
        return
    if are_floats or is_of_slopes:
        walk.observations.given_slopes.append(array)
    if kind_of_numbers([value]) != WHOLE:
        note_cut(walk, array)


def note_cut(walk: Walk, array: Value) -> None:
    """Note an array if the values written into it may be truncated."""
    if isinstance(array, Array) and array.kind == WHOLE:
        walk.observations.maybe_cut.append(array)
