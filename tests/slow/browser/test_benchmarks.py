"""The benchmarks of what a reader waits for can be run."""

import sys

import pytest


@pytest.mark.parametrize("name", ["page", "keystroke"])
def test_a_benchmark_measures_the_site(built, name):
    done = built.run(sys.executable, "-m", f"benchmarks.{name}", "2")
    assert done.stderr == ""
    assert done.returncode in (0, 1)  # what is wanted of a time depends on the machine
    assert " ms" in done.stdout
