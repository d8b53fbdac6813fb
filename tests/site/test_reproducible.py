"""Equal sources give equal bytes, whatever else differs: here much of it at once.

tests/slow builds a larger project, and the whole site, in other surroundings, and with settings.
"""

import os
import socket
import sys
from pathlib import Path

import pytest
from project import REGISTRY, copied, reduce
from surroundings import (
    CLOCK,
    MACHINE,
    NAMES,
    ORDER,
    PROCESSORS,
    assert_equal_bytes,
    built_otherwise,
    elsewhere,
    masked,
    told_of,
)  # fmt: skip

SHOWING = """
```pycon
>>> points = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
```

{% set s = page | session %}
{{ pair("plane") }} {{ trace("plane") }} {{ figure("own", *fields(s.points, s.points)) }}

| a | b |
|---|---|
| $x^2$ | *c* |
"""


@pytest.fixture(scope="module")
def source(model, tmp_path_factory):
    """A project that has every page to render and some figures of each kind to draw."""
    project = copied(tmp_path_factory.mktemp("source") / "gradviz", model.root)
    reduce(project)
    project.replace(REGISTRY, "[plane]\n", "[plane]\ngrid = [-1, 3, 1]\n")
    project.replace("templates/base.html", "<main", "<!-- edited --><main")
    project.append("content/about.md", SHOWING)
    return project


@pytest.fixture(scope="module")
def reference(source, tmp_path_factory):
    """The files of that project, built here and now."""
    return built_otherwise(source, tmp_path_factory.mktemp("reference")).files()


def test_another_machine_user_place_and_time_change_no_byte(
    source, reference, tmp_path
):
    with masked(0o077):
        project = built_otherwise(
            source, tmp_path, "--jobs", "1", first=MACHINE + CLOCK + ORDER + PROCESSORS.format(1),
            name="für uns/a b'c/{{ x }}/other-root", **elsewhere(tmp_path),
            TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0",
            PYTHONHASHSEED="0", SOURCE_DATE_EPOCH="1",
        )  # fmt: skip
    assert_equal_bytes(project, reference)
    # Neither a name, nor a path or a user of a machine, not even in what a picture says of itself.
    real = {
        socket.gethostname(),
        os.uname().release,
        str(Path.home()),
        f"{sys.prefix}{os.sep}lib",
    }
    real = {word for word in real if len(word) > 4} | {
        os.sep + tmp_path.parts[1] + os.sep
    }
    assert told_of(project, {*NAMES, *real}) == set()
