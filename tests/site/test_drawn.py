"""Pictures of a page's own session: what is drawn, and told, is what it has computed."""

import re
from html import unescape

import numpy as np
import pytest
from project import copied
from svg import Drawing

PAGE = """+++
title = "A test"
+++

```pycon
>>> points = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
>>> arrows = 2 * points
>>> tiny = points * 1e-239
>>> endless = np.array([[np.inf, 1], [2, np.nan]])
>>> h = np.array([1e-3, 1e-2, 1e-1])
```

{#
```pycon
>>> secret = 41 + 1
```
#}

{% set s = page | session %}
It is {{ s.secret }}.

{% call drawn("pair", *fields(s.points, s.arrows, 3 * s.arrows), labels=("One", "`Two`")) %}
Of {{ s.points | length }} *points*.
{% endcall %}

{{ drawn("flat", *fields(s.points, s.tiny, scale="auto")) }}

{{ drawn("lines", curves(s.h, s.h ** 2, [0, 1, 9], names=["a", "b"], labels=["h", "error"])) }}

{{ drawn("upper", curves(s.h, s.h, names=["a"], labels=["h", "e"] | map("upper"))) }}

{{ drawn("endless", *fields(s.points[:2], s.endless)) }}
"""


@pytest.fixture(scope="module")
def shown(model, tmp_path_factory):
    """The files of a small site with such a page."""
    project = copied(tmp_path_factory.mktemp("drawn") / "gradviz", model.root)
    project.write("content/own.md", PAGE)
    done = project.build()
    assert done.returncode == 0, done.stderr
    return project.files()


def html_of(shown):
    return shown["own/index.html"].decode()


def alternative_text(shown, name):
    found = re.search(rf'<img[^>]*/own/{name}\.svg"[^>]* alt="([^"]*)"', html_of(shown))
    return unescape(found[1])


def test_a_picture_is_told_by_its_numbers_under_its_label(shown):
    lengths = "3 of 4 arrows have nonzero length, up to"
    assert alternative_text(shown, "pair-1") == f"Quiver plot (One): {lengths} 2.83."
    assert alternative_text(shown, "pair-2") == f"Quiver plot (Two): {lengths} 8.49."
    assert "Of 4 <em>points</em>." in html_of(shown)


def test_a_pair_is_drawn_on_the_scale_of_its_first(shown):
    for k, length in ((1, 1.25 / np.sqrt(2)), (2, 3.75 / np.sqrt(2))):
        drawing = Drawing(shown[f"figures/own/pair-{k}.svg"], (-1.375, 2.375))
        _, tips = drawing.arrows
        np.testing.assert_allclose(tips[0], [1 + length, 0], atol=0.02)


def test_a_hidden_block_is_run_and_not_shown(shown):
    assert "It is 42." in html_of(shown)
    assert "secret" not in html_of(shown)


def test_what_matplotlib_cannot_turn_is_told(shown):
    text = alternative_text(shown, "flat")
    assert "up to 1.41 × 10⁻²³⁹.".replace(" × ", "\u00a0×\u00a0") in text
    assert "Drawn at automatic scale. 3 of them are too short" in text


def test_lines_over_powers_of_ten_are_told_to_a_digit(shown):
    text = alternative_text(shown, "lines")
    axes = "error, on a logarithmic scale, against h, on a logarithmic scale"
    assert text.startswith(f"Line plot of {axes}, from about 0.001 to 0.1")
    assert "a: about 10⁻⁶ at the left and about 0.01 at the right" in text
    assert "b: nothing at the left and about 9 at the right" in text
    assert "lowest with about 10⁻⁶ near 0.001" in text
    assert "lowest with about 1 near 0.01" in text


def test_labels_may_be_anything_that_can_be_read_once(shown):
    text = alternative_text(shown, "upper")
    assert "plot of E, on a logarithmic scale, against H" in text


def test_an_arrow_without_end_has_its_numbers_too(shown):
    lines = shown["figures/own/endless.csv"].decode().split("\n")
    assert lines[1:] == ["0,0,inf,1", "1,0,2,", ""]
