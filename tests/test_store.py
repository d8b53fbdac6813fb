"""Figures are kept by all that decides their bytes, and by nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from gradviz_core.layout import Grid
from gradviz_core.publish import store as module
from gradviz_core.publish.store import Store
from gradviz_core.quiver import Quiver

POINTS = Grid(0, 2, 1).points
FIELD = Quiver(POINTS, POINTS, (-1.0, 3.0), 1.0, "correct")


@pytest.fixture
def drawn(tmp_path):
    """A store with one figure, and the list of what it has drawn since."""
    names: list[str] = []
    store = Store(tmp_path, True, names.append)
    store.figure("figures/a.svg", FIELD)
    names.clear()
    return store, names


def test_a_kept_figure_is_not_drawn_again(drawn):
    store, names = drawn
    kept = store.figure("figures/a.svg", replace(FIELD, points=POINTS.copy()))
    assert names == []
    assert kept.read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(
    "change",
    [
        {"points": POINTS + 0.5}, {"arrows": np.nextafter(POINTS, 9)}, {"limits": (-1.0, 3.5)},
        {"scale": 2.0}, {"scale": None}, {"ink": "buggy"},
    ],
    ids=str,
)  # fmt: skip
def test_a_changed_field_is_drawn(drawn, change):
    store, names = drawn
    store.figure("figures/a.svg", replace(FIELD, **change))
    assert names == ["figures/a.svg"]


@pytest.mark.parametrize(
    "change", [{"heading": "Other"}, {"titles": ["One", "Other"]}, {}], ids=str
)
def test_a_changed_word_is_drawn(drawn, change):
    store, names = drawn
    words = {"heading": "One", "titles": ["One", "Two"]}
    store.figure("cards/a.png", FIELD, FIELD, **words)
    assert names == ["cards/a.png"]
    store.figure("cards/a.png", FIELD, FIELD, **words | change)
    assert len(names) == 1 + bool(change)


def test_another_field_beside_the_first_is_drawn(drawn):
    store, names = drawn
    store.figure("figures/a.svg", FIELD, FIELD)
    store.figure("figures/a.svg", FIELD, replace(FIELD, ink="buggy"))
    assert names == ["figures/a.svg", "figures/a.svg"]


def test_another_kind_of_file_is_drawn(drawn):
    store, names = drawn
    assert store.figure("figures/a.png", FIELD).suffix == ".png"
    assert names == ["figures/a.png"]


@pytest.mark.parametrize("library", ["numpy", "matplotlib"])
def test_another_version_of_what_draws_draws_again(tmp_path, drawn, monkeypatch, library):
    _, names = drawn
    real = module.version
    monkeypatch.setattr(module, "version", lambda name: "0" if name == library else real(name))
    Store(tmp_path, True, names.append).figure("figures/a.svg", FIELD)
    assert names == ["figures/a.svg"]


def test_another_drawing_source_draws_again(tmp_path, drawn, monkeypatch):
    _, names = drawn
    edited = tmp_path / "figures.py"
    edited.write_bytes(module.DRAWING.read_bytes() + b"\n")
    monkeypatch.setattr(module, "DRAWING", edited)
    Store(tmp_path, True, names.append).figure("figures/a.svg", FIELD)
    assert names == ["figures/a.svg"]


def test_a_store_told_not_to_read_draws_again(tmp_path, drawn):
    _, names = drawn
    Store(tmp_path, False, names.append).figure("figures/a.svg", FIELD)
    assert names == ["figures/a.svg"]


def test_a_failed_drawing_is_not_kept(tmp_path):
    store = Store(tmp_path / "new", True, lambda name: None)
    with pytest.raises(ValueError, match=r"finite|limits|NaN"):
        store.figure("figures/a.svg", replace(FIELD, limits=(np.nan, 1.0)))
    assert not (tmp_path / "new").exists() or not list((tmp_path / "new").iterdir())


def test_figures_out_of_use_are_dropped(drawn, tmp_path):
    store, _ = drawn
    used = store.figure("figures/b.svg", replace(FIELD, scale=3.0))
    store.prune({used})
    assert list(tmp_path.iterdir()) == [used]
