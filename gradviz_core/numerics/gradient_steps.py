"""The steps of `gradient`: its own, which fit each number, or one of its caller."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from gradviz_core.numerics.grid import Floats

# The smallest step, by the type that f returns: near the cube root of its epsilon, and
# a power of two, so that x + h and x - h are exact.
SMALLEST_STEPS = {np.float64: 2.0**-17, np.float32: 2.0**-7, np.float16: 2.0**-3}

# Below this, the smallest step is used at every point; from here on it doubles with
# each power of two, as the spacing of floating-point numbers does.
NEAR = 4


@dataclass
class DefaultSteps:
    """Powers of two, for an f whose type has this smallest step.

    Parameters
    ----------
    are_smallest : bool
        Whether every number is below 4, so that each gets the smallest step.
    smallest : float, default 2**-17
        That of float64, as long as f has not returned another type.
    """

    are_smallest: bool
    smallest: float = SMALLEST_STEPS[np.float64]

    are_exact: ClassVar[bool] = True  # x - h and x + h are 2 h apart

    def at(self, x: Floats) -> Any:
        """Return the step of each number, or the one that all have."""
        if self.are_smallest:
            return np.float64(self.smallest)
        _, exponents = np.frexp(x)
        doublings = np.maximum(exponents - 2, 0)
        return np.ldexp(self.smallest, doublings)

    def coarser_for(self, values: NDArray[Any]) -> Self | None:
        """Return the steps that values of f ask for if these are too fine for them."""
        smallest = SMALLEST_STEPS.get(values.dtype.type, self.smallest)
        if smallest <= self.smallest:
            return None
        return type(self)(self.are_smallest, smallest)


@dataclass
class GivenStep:
    """The step of a caller, the same for every number, and never another one."""

    h: float

    are_exact: ClassVar[bool] = False

    def at(self, x: Floats) -> float:
        """Return the step."""
        return self.h

    def coarser_for(self, values: NDArray[Any]) -> None:
        """Return None: a caller who gives a step wants that one."""


Steps = DefaultSteps | GivenStep
