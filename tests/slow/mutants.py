"""Whether at least nine in ten mutants of each module died, of what mutmut tells.

Usage: mutmut results --all true | python tests/slow/mutants.py
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

ENOUGH = 0.9


def counted(lines: Iterable[str]) -> dict[str, Counter[bool]]:
    """How many mutants of each module died, and how many did not."""
    modules: dict[str, Counter[bool]] = defaultdict(Counter)
    for line in filter(str.strip, lines):
        mutant, _, fate = line.strip().rpartition(": ")
        # One that never ends would be noticed, too.
        modules[mutant.rpartition(".")[0]][fate in ("killed", "timeout")] += 1
    return modules


def main() -> str | None:
    """Print the share of each module, and give what is wrong with one."""
    shares = {
        module: (c[True], c.total()) for module, c in sorted(counted(sys.stdin).items())
    }
    for module, (dead, total) in shares.items():
        print(f"{dead:5} of {total:4} mutants of {module} died, {dead / total:.1%}")
    if shares and all(dead >= ENOUGH * total for dead, total in shares.values()):
        return None
    return "Of the mutants of a module too few died. Fix: write a test for what mutmut results shows"


if __name__ == "__main__":
    sys.exit(main())
