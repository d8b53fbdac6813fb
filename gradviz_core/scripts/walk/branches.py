"""Branches: what names stand for on each path through a script, and on all of them."""

from collections.abc import Sequence
from dataclasses import replace

from gradviz_core.scripts.arrays import (
    UNKNOWN,
    Array,
    Slopes,
    SlopesPart,
    Unknown,
    Value,
    moved,
    unknown_part,
    without_numbers,
)


class Names:
    """What names stand for in a branch or a function, on top of the scope around it."""

    def __init__(self, around: "Names | None" = None) -> None:
        self.around = around
        self.own: dict[str, Value | None] = {}  # None: forgotten

    def get(self, name: str) -> Value | None:
        """Return what a name stands for, or None if that is unknown."""
        scope: Names | None = self
        while scope is not None:
            if name in scope.own:
                return scope.own[name]
            scope = scope.around
        return None

    def all(self) -> dict[str, Value | None]:
        """Return what all names stand for."""
        names: dict[str, Value | None] = {}
        scope: Names | None = self
        while scope is not None:
            names = scope.own | names
            scope = scope.around
        return names

    def changes_of(self, outer: "Names") -> dict[str, Value | None]:
        """Return the names set since an outer scope, with what they stand for."""
        changes: dict[str, Value | None] = {}
        scope = self
        while scope is not outer and scope.around is not None:
            changes = scope.own | changes
            scope = scope.around
        return changes

    def set(self, name: str, value: Value | None) -> None:
        """Let a name stand for a value, or for something unknown."""
        self.own[name] = value

    def forget(self, name: str) -> None:
        """Forget what a name stands for, but not whose numbers it may share."""
        self.own[name] = either_of(None, self.get(name))


def either_of(one: Value | None, other: Value | None) -> Value | None:
    """Return what is known of a value that is one of two; None means forgotten."""
    unknown = unknown_part(one, other)
    if one is None or other is None:
        return None if unknown is UNKNOWN else unknown
    return _common_to([one, other]) or unknown


def either_return(one: Value | None, other: Value | None) -> Value | None:
    """Return what is known of the result of two returns; None means no return."""
    return one or other if one is None or other is None else either_of(one, other)


def _common_to(values: Sequence[Value]) -> Value | None:
    """Return what these values have in common, or None if that is nothing."""
    if any(isinstance(value, Array) and value.is_moved for value in values):
        values = [moved(value) for value in values]
    if any(value != values[0] for value in values):
        values = [without_numbers(value) for value in values]
    first, *others = values
    if any(value != first for value in others) or isinstance(first, Unknown):
        return None
    if isinstance(first, Array):
        mades = {value.made for value in values if isinstance(value, Array)}
        return first if len(mades) == 1 else replace(first, made=None)
    return first


def are_alike(one: Value | None, other: Value | None) -> bool:
    """Whether two values are the same from one iteration of a loop to the next."""
    if isinstance(one, Slopes | SlopesPart) and isinstance(other, Slopes | SlopesPart):
        is_of_one_line = one.call.node is other.call.node
        return is_of_one_line and replace(one, call=other.call) == other
    if one is None or other is None:
        return False
    return without_numbers(one) == without_numbers(other)
