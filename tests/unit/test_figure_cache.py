"""A figure is drawn again if anything that decides its bytes has changed, and only then."""

from dataclasses import replace

import numpy as np
import oracle
import pytest

from gradviz_core.figures.fields import Field
from gradviz_core.publish import drawings
from gradviz_core.publish.cache import Cache
from gradviz_core.publish.drawings import Drawing

POINTS = oracle.grid_points(0, 2, 1)
FIELD = Field(POINTS, POINTS, (-1.0, 3.0), 1.0, "correct")
BUGGY = replace(FIELD, role="buggy")
NAME = "figures/a.svg"


@pytest.fixture
def draw(tmp_path):
    """What draws with one cache, and says what it has drawn."""
    cache = Cache(tmp_path)

    def drawn(drawing, name=NAME):
        names = []
        drawn.content = drawings.figure(cache, name, drawing, names.append)
        return names

    assert drawn(Drawing([FIELD])) == [NAME]
    return drawn


def test_an_equal_figure_is_not_drawn_again(draw):
    assert draw(Drawing([replace(FIELD, points=POINTS.copy())])) == []
    assert draw.content.startswith(b"<?xml")


@pytest.mark.parametrize(
    "change",
    [
        {"points": POINTS + 0.5},
        {"arrows": np.nextafter(POINTS, 9)},
        {"limits": (-1.0, 3.5)},
        {"scale": 2.0},
        {"scale": None},
        {"role": "buggy"},
    ],
    ids=str,
)
def test_a_changed_field_is_drawn(draw, change):
    assert draw(Drawing([replace(FIELD, **change)])) == [NAME]


def test_changed_words_or_another_field_beside_the_first_are_drawn(draw):
    drawings = [
        Drawing([FIELD, FIELD], ["One", "Two"]),
        Drawing([FIELD, FIELD], ["One", "Other"]),
        Drawing([FIELD, BUGGY], ["One", "Two"]),
        Drawing([FIELD, FIELD], ["One", "Two"], "A title"),
        Drawing([FIELD, FIELD], ["One", "Two"], "Another"),
    ]
    for drawing in drawings:
        assert draw(drawing) == [NAME]
        assert draw(drawing) == []


def test_another_kind_of_file_is_drawn(draw):
    assert draw(Drawing([FIELD]), "figures/a.png") == ["figures/a.png"]
    assert draw.content.startswith(b"\x89PNG")


@pytest.fixture
def install(monkeypatch):
    """Let other packages be installed, and what has been looked up before be forgotten."""

    def installed(packages):
        monkeypatch.setattr(drawings, "installed_packages", lambda: packages)
        forget()

    yield installed
    forget()


def forget():
    for value in vars(drawings).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


@pytest.mark.parametrize("library", ["numpy", "matplotlib"])
def test_another_version_of_what_draws_draws_again(draw, install, library):
    installed = drawings.installed_packages()
    others = [name for name in installed if not name.startswith(f"{library}-")]
    assert len(others) < len(installed)
    install([*others, f"{library}-0.dist-info"])
    assert draw(Drawing([FIELD])) == [NAME]


def test_another_version_of_what_does_not_draw_draws_nothing(draw, install):
    install([*drawings.installed_packages(), "other-0-info"])
    assert draw(Drawing([FIELD])) == []


def test_a_failed_drawing_is_not_kept(tmp_path):
    cache = Cache(tmp_path / "new")
    endless = Drawing([replace(FIELD, limits=(np.nan, 1.0))])
    with pytest.raises(ValueError, match=r"finite|limits|NaN"):
        drawings.figure(cache, NAME, endless, print)
    assert not (tmp_path / "new").exists()
