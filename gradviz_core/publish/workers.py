"""Workers: tasks shared out among processes."""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")
FEWEST = (
    16  # tasks for a process: a smaller share is done sooner by the one that is there
)


def run(
    tasks: Mapping[str, Callable[[], Value]], jobs: int
) -> Iterator[tuple[str, Value]]:
    """What tasks give that keep it, each process doing its part; those that fail are done again."""
    items, children, parent = [*tasks.items()], list[int](), os.getpid()
    cut = max(len(items) // jobs + 1, FEWEST)
    for start in range(cut, len(items), cut):
        children.append(os.fork())
        if not children[-1]:
            try:
                os.closerange(3, 256)  # no lock is held for a build that was killed
                for _, task in items[start : start + cut]:
                    if os.getppid() == parent:  # else it has been ended
                        task()
            finally:
                os._exit(0)
    for count, (name, task) in enumerate(items):
        while count == cut and children:
            os.waitpid(children.pop(), 0)
        yield name, task()
