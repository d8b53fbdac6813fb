"""What is told of a plot whose cause its reader still looks for: what all arrows do, or nearly all."""

import numpy as np
import oracle
import pytest
from reading.words import said, word, words

from gradviz_core.figures.fields import Field
from gradviz_core.publish.captions import appearance_alt

POINTS = oracle.grid_points(*oracle.DEFAULT_GRID)
DOWN_LEFT, UP_RIGHT, DOWN, RIGHT = [-1.0, -1.0], [1.0, 1.0], [0.0, -1.0], [1.0, 0.0]


def told_of(arrows):
    return appearance_alt(Field(POINTS, arrows, None, None, "book"), words())


def straight(way, *turned):
    """Arrows of one way, the last of them turned."""
    arrows = np.tile(way, (len(POINTS), 1))
    for k, other in enumerate(turned, 1):
        arrows[-k] = other
    return arrows


@pytest.mark.parametrize(
    ("arrows", "keys"),
    [
        (straight(DOWN_LEFT), ["all.down_left"]),
        (straight(DOWN_LEFT, UP_RIGHT), ["most.down_left"]),
        (straight(UP_RIGHT), ["all.up_right"]),
        (straight(UP_RIGHT, DOWN_LEFT), ["most.up_right"]),
        (straight(DOWN, RIGHT), ["mixed", "most.upright"]),
        (straight(RIGHT, DOWN), ["mixed", "most.level"]),
        (straight(RIGHT), ["mixed", "all.level"]),
        # Nine in ten are nearly all.
        (straight(DOWN_LEFT, *[UP_RIGHT] * 32), ["most.down_left"]),
        (straight(DOWN_LEFT, *[UP_RIGHT] * 33), ["mixed"]),
    ],
)
def test_one_arrow_turned_among_straight_ones_is_not_told_as_one_of_them(arrows, keys):
    inward = int(((POINTS * arrows).sum(axis=1) < 0).sum())
    holes = {"inward": inward, "outward": len(POINTS) - inward}
    expected = [word("appearance.field")]
    expected += [said(f"appearance.{key}", **holes) for key in keys]
    different = len(np.unique(arrows, axis=0))
    expected.append(said("appearance.few", different=different))
    assert told_of(arrows).startswith(" ".join(expected))
