"""What RESULTS.md says of the builders, and of this project's site as it grows."""

from collections.abc import Iterable
from typing import Any

ENGINE, HUGO, ELEVENTY = "gradviz", "Hugo, a figure script", "Eleventy, a figure script"
SPHINX, GALLERY = "Sphinx, sphinx-gallery", "MkDocs, mkdocs-gallery"
MATERIAL = "MkDocs, mkdocs-gallery, as in its manual"
PELICAN = "Pelican, a figure script"
STAGES = {
    "cold": "from nothing",
    "nothing": "nothing changed",
    "page": "a sentence edited",
    "module": "what draws edited",
}
PEERS = {  # what each does better than this project's engine
    SPHINX: "Makes a page, a thumbnail, a notebook and a download of every script, and can link "
    "what a script calls to its manual. Cross-references, an index, a search, books as PDF, and "
    "many extensions and themes.",
    GALLERY: "Makes a page, a thumbnail and a notebook of every script. Set up by a dozen lines; "
    "many plugins and themes.",
    MATERIAL: "The same, with a theme that suits any screen, and a search.",
    PELICAN: "Articles with dates, tags, authors, drafts and feeds; reStructuredText as well; "
    "plugins and themes.",
    HUGO: "One program with nothing to install beside it, made for thousands of pages. "
    "Taxonomies, menus, feeds, image processing, and many themes.",
    ELEVENTY: "Many template languages, data from any source, and plugins in the language of the "
    "web.",
}


def lines(results: dict[str, Any]) -> Iterable[str]:
    """The part of RESULTS.md that follows from what has been measured."""
    if "builders" in results:
        yield from _builders(results["builders"])
    if "drawing" in results:
        yield from _drawing(results["drawing"])
    if "growth" in results:
        yield from _growth(results["growth"])
    if "languages" in results:
        yield from _languages(results["languages"])


def _builders(measured: dict[str, Any]) -> Iterable[str]:
    times, redrawn = measured["times"], measured["redrawn"]
    yield from (
        "# How fast is the site built?",
        "",
        f"Measured by `make bench` on {measured['date']}, on {measured['cores']} cores, with "
        f"{_versions(measured)}.",
        "",
        f"All make the same {measured['figures']} figures, as SVG, and {measured['pages']} pages "
        f"of Markdown. In each of {measured['turns']} turns all of them build from nothing, then "
        "all build again with nothing changed, then after a sentence was added to a page, then "
        "after an edit of the module that all figures are drawn by. A time is the median over the "
        "turns, and half of the turns lie in the range behind it. In bold: how many times as long "
        "as ours, so below 1 it was faster.",
        "",
        "All have bare templates, and no search, downloads or feeds where these can be turned "
        f"off. {MATERIAL}, has the theme, the search and the downloads that go with it there. "
        "Programs and libraries are installed, and Python has compiled them, ours as the others'. "
        "A figure script draws a figure when the script of that figure has changed; it does not "
        "look at what is imported, which one more line could make it do.",
        "",
        f"| | {' | '.join(STAGES.values())} | figures redrawn by then |",
        "|---" * (len(STAGES) + 2) + "|",
    )
    for name, row in times.items():
        cells = (_against(row[stage], times[ENGINE][stage]) for stage in STAGES)
        yield f"| {name} | {' | '.join(cells)} | {redrawn[name]} of {measured['figures']} |"
    for gallery in (GALLERY, MATERIAL):
        shares = (
            f"{words} {times[ENGINE][stage]['median'] / times[gallery][stage]['median']:.2f}"
            for stage, words in STAGES.items()
        )
        yield from ("", f"Ours in parts of the time of {gallery}: {', '.join(shares)}.")
    site = (
        f"{words} {_time(measured['site'][stage])}"
        for stage, words in STAGES.items()
        if stage in measured["site"]
    )
    yield from (
        "",
        f"The real site of this project, in the same turns: {', '.join(site)}.",
    )
    yield from (
        "",
        "## What the other builders do better",
        "",
        "| | better |",
        "|---|---|",
    )
    for name, better in PEERS.items():
        yield f"| {name} | {better} |"
    yield ""


def _drawing(measured: dict[str, Any]) -> Iterable[str]:
    yield from (
        "# How fast is a figure drawn?",
        "",
        f"Measured by `make bench` on {measured['date']}, on {measured['cores']} cores, with "
        f"{_versions(measured)}. All draw {measured['figures']} quiver plots as SVG in memory, in "
        f"each of {measured['turns']} turns: matplotlib once with a new figure for each, and once, "
        "as a bare limit, with one figure whose arrows alone are exchanged. Those have no dark "
        "scheme, and a path for each arrow. They are a few lines in a script of yours.",
        "",
        "| | time of a figure | gzipped, mean | at most |",
        "|---|---|---|---|",
    )
    for name, time in measured["times"].items():
        ratio = time["median"] / measured["times"][ENGINE]["median"]
        low, median, high = (
            f"{time[key] * 1e3:.3g}" for key in ("low", "median", "high")
        )
        weight = (
            f"{measured['weights'][name][key] / 1e3:.1f} kB" for key in ("mean", "most")
        )
        cell = f"{median} ms ({low} to {high}), **{ratio:.3g}**"
        yield f"| {name} | {cell} | {' | '.join(weight)} |"
    yield ""


def _growth(measured: dict[str, Any]) -> Iterable[str]:
    yield from (
        "# How does it grow?",
        "",
        f"Measured by `make bench-growth` on {measured['date']}, on {measured['cores']} cores, "
        f"with {_versions(measured)}. The site of this project, its registry filled up with "
        f"generated functions, built from nothing; medians over the turns, {measured['turns']}. A "
        "figure's time is that of the whole build, its pages and measurements included, divided "
        "by the number of figures.",
        "",
        "| functions | figures | pages | from nothing | time of a figure | nothing changed "
        "| a sentence edited | peak memory | size of the site |",
        "|---" * 9 + "|",
    )
    for count, row in measured["sites"].items():
        yield (
            f"| {int(count):,} | {row['figures']:,} | {row['pages']:,} | {_time(row['cold'])} | "
            f"{row['cold']['median'] / row['figures'] * 1e3:.1f} ms | {_time(row['nothing'])} | "
            f"{_time(row['page'])} | {row['memory'] / 1e6:,.0f} MB | {row['bytes'] / 1e6:,.0f} MB |"
        )
    few, many = (r["cold"]["median"] / r["figures"] for r in measured["sites"].values())
    yield from (
        "",
        f"A figure takes {many / few:.2f} times as long as on the smaller site.",
        "",
    )


def _languages(measured: dict[str, Any]) -> Iterable[str]:
    one, all_of_them = measured["sites"]["one"], measured["sites"]["all"]
    yield from (
        "# What do languages cost?",
        "",
        f"Measured by `make bench-growth` on {measured['date']}, on {measured['cores']} cores, "
        f"with {_versions(measured)}. The site of this project in English alone, "
        f"{one['pages']} pages, and in all its languages, {all_of_them['pages']}, built in turns "
        f"with two processes. The time is that of the processors; medians over the turns, "
        f"{measured['turns']}. In bold: how many times as much as in English alone. Together, "
        f"all processes had at most {all_of_them['memory'] / 1e6:,.0f} MB.",
        "",
        "| | English alone | all languages |",
        "|---" * 3 + "|",
    )
    for stage in ("cold", "nothing", "page"):
        times = f"{_time(one[stage])} | {_against(all_of_them[stage], one[stage])}"
        yield f"| {STAGES[stage]} | {times} |"
    yield ""


def _versions(measured: dict[str, Any]) -> str:
    return ", ".join(
        f"{name} {version}" for name, version in measured["versions"].items()
    )


def _time(time: dict[str, float]) -> str:
    return f"{time['median']:.3g} s ({time['low']:.3g} to {time['high']:.3g})"


def _against(time: dict[str, float], ours: dict[str, float]) -> str:
    return f"{_time(time)}, **{time['median'] / ours['median']:.3g}**"
