"""Changes: numbers that are changed in place, and slopes that are lost from sight."""

from dataclasses import replace

from gradviz_core.scripts.arrays import (
    ENTRY,
    Array,
    Each,
    Items,
    Owner,
    Slopes,
    SlopesPart,
    Value,
    moved,
    owners_of,
    unknown_part,
)


class Changes:
    """Whose numbers a script has changed in place so far."""

    def __init__(self) -> None:
        self._owners: set[Owner] = set()

    def note(self, *values: Value) -> None:
        """Note that numbers are changed in place, for every value that shares them."""
        self._owners |= owners_of(*values)

    def forget(self, owner: Owner) -> None:
        """Note that an expression gives numbers that nothing has changed yet."""
        self._owners.discard(owner)

    def as_it_is_now(self, value: Value) -> Value:
        """Return what is known of a value whose numbers may have changed since."""
        if not self._owners:
            return value
        if isinstance(value, Items):
            return replace(value, values=tuple(map(self.as_it_is_now, value.values)))
        if self._owners.isdisjoint(owners_of(value)):
            return value
        if isinstance(value, Each):
            return Each(self.as_it_is_now(value.item))
        if isinstance(value, Slopes | SlopesPart):
            return SlopesPart(value.call, ENTRY)
        return moved(value) if isinstance(value, Array) else unknown_part(value)


def lose(*values: Value) -> None:
    """Note that the result of a routine goes where it is not followed."""
    for value in values:
        if isinstance(value, Slopes):
            value.call.uses.add("elsewhere")
