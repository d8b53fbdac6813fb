"""Whichever operation on files goes wrong, the old site or the new one is there, and whole.

Of equal operations in a row, such as one link after another, the first and the last go wrong.
Those between are not tried: they find and leave the folder as these do.
"""

from itertools import groupby

import pytest
from faults import Trial
from project import copied

CODES = {"error": 3, "errors": 3, "SIGINT": 130, "SIGTERM": 130, "SIGKILL": -9}


# What goes wrong while a site is there, and while the first is written. Who interrupts is heard
# in the same way, by whichever signal.
TRIALS = [("a site", what) for what in ("error", "errors", "SIGINT", "SIGKILL")]
TRIALS += [("the first site", what) for what in ("error", "SIGTERM", "SIGKILL")]


@pytest.fixture(scope="module")
def trial(request, drawn, tmp_path_factory):
    project = copied(tmp_path_factory.mktemp("trial") / "gradviz", drawn.root)
    trial = Trial(project, first=request.param == "the first site")
    yield trial
    trial.close()


def first_and_last_in_a_row(operations):
    """The numbers of these operations, counted from one."""
    numbers = set()
    number = 0
    for _, row in groupby(operations):
        numbers.add(number + 1)
        number += len([*row])
        numbers.add(number)
    return sorted(numbers)


@pytest.mark.parametrize(("trial", "what"), TRIALS, indirect=["trial"])
def test_whichever_operation_goes_wrong_the_old_or_the_new_site_is_there(trial, what):
    """`errors` are those of a disk that is gone: no operation succeeds any more."""
    numbers = first_and_last_in_a_row(trial.operations)
    codes = {trial.assert_survives(what, number) for number in numbers}
    assert {CODES[what]} <= codes <= {CODES[what], 0}
