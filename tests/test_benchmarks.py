"""What is said of speed is what was measured: the report follows from the kept results."""

import json

from project import ROOT

from benchmarks import report


def test_the_report_and_the_plot_follow_from_the_results():
    results = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    kept = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    assert "\n".join(report._lines(results)) == kept, "python -m benchmarks.report"
    plot = (ROOT / "templates" / "static" / "speed.svg").read_text(encoding="utf-8")
    assert report._plot(results["times"]) == plot, "python -m benchmarks.report"
