"""What is said of speed is what was measured, and it can be measured again."""

import json

from project import ROOT

from benchmarks import gradient, plot

KEPT = json.loads(gradient.RESULTS.read_text(encoding="utf-8"))


def fields(value):
    """The names in a value, at every depth."""
    return (
        {name: fields(part) for name, part in value.items()}
        if isinstance(value, dict)
        else None
    )


def test_the_plot_is_that_of_the_results():
    for language, words in {"": {}, **plot.WORDS}.items():
        name = f"speed.{language}.svg".replace("..", ".")
        kept = (plot.STATIC / name).read_text(encoding="utf-8")
        assert plot.plot(KEPT, words) == kept, "python -m benchmarks.plot"


def test_one_turn_gives_what_the_page_shows(monkeypatch):
    monkeypatch.chdir(ROOT)  # whose revision is named
    results = gradient.measure(turns=1, sizes=(324,))
    KEPT["times"] = {"324": KEPT["times"]["324"]}
    assert fields(results) == fields(KEPT)
