"""The built site: what is in it, what a fault does, and that equal input gives equal bytes."""

import contextlib
import datetime
import hashlib
import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from html import unescape
from xml.etree import ElementTree

import numpy as np
import pytest
from markupsafe import Markup
from project import BASE_URL, ROOT, copied

from gradviz_core import FUNCTIONS, Layout, measure
from gradviz_core.publish import formats
from gradviz_core.words import WORDS

ATOM = "{http://www.w3.org/2005/Atom}"
PAGE = '+++\ntitle = "A test"\n+++\n\nSome words.\n'
RECIPES = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def recipe(language):
    """The code that CONTRIBUTING shows in a language, as it would be copied."""
    return re.search(rf"^```{language}\n(.*?)^```", RECIPES, re.MULTILINE | re.DOTALL)[1]


def test_the_contracts_files_are_there(built):
    files = built.files()
    expected = {
        "index.html", "404.html", "errata/index.html", "errata/layout/index.html",
        "tutorial/index.html", "functions/index.html", "data/functions.json", "errata.json",
        ".nojekyll", ".gitignore", "sitemap.xml", "robots.txt", "feed.xml",
    }  # fmt: skip
    expected |= {f"functions/{name}/index.html" for name in FUNCTIONS}
    for picture in ("correct", "buggy", "correct-autoscale", "buggy-autoscale"):
        for suffix in ("svg", "png"):
            expected |= {f"figures/{name}-{picture}.{suffix}" for name in FUNCTIONS}
    assert expected <= set(files)
    assert files[".gitignore"] == b"*\n!.gitignore\n"
    assert sum(name.startswith("tutorial/") for name in files) >= 4


def test_functions_json(built):
    record = json.loads(built.files()["data/functions.json"])
    assert record["grid"] == {"start": -2.0, "stop": 2.5, "step": 0.25}
    assert record["step"] == 1e-4
    by_name = {entry["name"]: entry for entry in record["functions"]}
    product = by_name["product"]
    assert (product["spelling"], product["gradient"]) == ("x[0] * x[1]", ["x[1]", "x[0]"])
    assert product["layouts"]["rows"]["verdict"] == "right"
    columns = product["layouts"]["columns"]
    assert set(columns) == {
        "argument_shape", "calls", "arrows", "nonzero", "wrong", "max_error",
        "median_length_ratio", "max_angle_deg", "verdict",
    }  # fmt: skip
    assert (columns["argument_shape"], columns["calls"], columns["wrong"]) == ([324], 1296, 323)
    assert "grid" not in product
    assert by_name["bowl"]["grid"] == {"start": -10.0, "stop": 11.0, "step": 1.0}


def test_errata_json(built):
    errata = json.loads(built.files()["errata.json"])["errata"]
    layout = next(e for e in errata if e["id"] == "layout")
    assert layout["status"] == "fixed upstream"
    assert layout["introduced"]["date"] == "2016-07-07"


def test_errata_json_has_the_whole_record(built):
    errata = json.loads(built.files()["errata.json"])["errata"]
    assert {e["id"] for e in errata} >= {"layout", "autoscale", "integer"}
    for erratum in errata:
        fields = {
            "title",
            "summary",
            "where",
            "kind",
            "severity",
            "visible",
            "status",
            "resolution",
        }
        assert fields | {"wrong", "right", "introduced", "reporters", "changes"} <= set(erratum)
    copies = next(e for e in errata if e["id"] == "layout")["affected"]
    html = built.files()["errata/layout/index.html"].decode()
    for copy in copies:
        assert len(copy["commit"]) == 40
        where = f"{copy['name']}/blob/{copy['commit']}/{copy['path']}#L{copy['line']}"
        assert f'href="https://github.com/{where}"' in html


def test_a_severity_that_may_be_mistaken_is_explained_wherever_it_is_told(built):
    files = built.files()
    for erratum in json.loads(files["errata.json"])["errata"]:
        meaning = WORDS["severity"].get(erratum["severity"])
        assert meaning or erratum["severity"] == "wrong result"
        if meaning:
            page = files[f"errata/{erratum['id']}/index.html"].decode()
            assert f"{erratum['severity']}: {meaning}</dd>" in page
            assert f"</em>, if it is {meaning}" in files["errata/index.html"].decode()


def cited(files, slug):
    html = files[f"errata/{slug}/index.html"].decode()
    (entry,) = re.findall(r"<code>(@misc.*?)</code>", html, re.DOTALL)
    assert entry.startswith(f"@misc{{gradviz-{slug},\n")
    assert entry.count("{") == entry.count("}")
    return dict(re.findall(r"^  (\w+) = \{+(.*?)\}+,$", entry, re.MULTILINE))


def test_every_erratum_says_how_to_cite_it(built, project):
    errata = json.loads(built.files()["errata.json"])["errata"]
    assert len(errata) >= 9
    assert project.build().returncode == 0
    there, here = built.files(), project.files()
    for erratum in errata:
        slug, changed = erratum["id"], erratum["changes"][-1]["date"]
        fields = cited(there, slug)
        assert (fields["title"], fields["year"]) == (erratum["title"], changed[:4])
        assert changed in fields["note"]
        assert fields.pop("url") == f"{BASE_URL}errata/{slug}/"
        assert cited(here, slug) == fields


def test_the_contents_of_an_erratum_list_all_its_sections(built):
    for erratum in json.loads(built.files()["errata.json"])["errata"]:
        html = built.files()[f"errata/{erratum['id']}/index.html"].decode()
        contents = html.partition('<nav class="contents folded"')[2].partition("</nav>")[0]
        listed = re.findall('href="#(.*?)"', contents)
        assert listed == re.findall('<h2 id="(.*?)"', html)


def test_a_title_means_nothing_to_bibtex(small):
    small.write("content/errata/odd.md", PAGE.replace("A test", "x_0 & {y}%"))
    assert small.build().returncode == 0
    html = small.files()["errata/odd/index.html"].decode()
    assert r"title = {{x\_0 \&amp; \{y\}\%}}," in html


def test_without_a_script_the_errata_are_a_table(built):
    html = built.files()["errata/index.html"].decode()
    errata = json.loads(built.files()["errata.json"])["errata"]
    (table,) = re.findall("<tbody>(.*?)</tbody>", html, re.DOTALL)
    rows = re.findall("<tr(.*?)>(.*?)</tr>", table, re.DOTALL)
    assert len(rows) == len(errata)
    for (attributes, cells), erratum in zip(rows, errata, strict=True):
        assert erratum["title"] in cells
        values = [erratum[field] for field in ("kind", "severity", "visible", "status")]
        assert re.findall("<td data-field=[^>]*>(.*?)</td>", cells) == values
        assert re.findall('data-[a-z]+="(.*?)"', attributes) == values


def test_the_sites_own_corrections_are_listed(project):
    project.replace(
        "content/corrections.md", "\n+++\n\n",
        '\n\n[[corrections]]\ndate = 2027-01-02\nwhat = \'A *number* was `"a"`.\'\n+++\n\n',
    )  # fmt: skip
    assert project.build().returncode == 0
    html = project.files()["corrections/index.html"].decode()
    assert "25 November 2026</time>: <a" in html
    assert (
        '2 January 2027</time>: A <em>number</em> was <span class="whole"><code>"a"</code></span>.'
        in html
    )


def test_two_pictures_that_are_said_to_be_equal_are(built):
    one, two = (built.files()[f"figures/errata/autoscale/mean-{k}.svg"] for k in (1, 2))
    assert one == two


def described(files, path):
    (text,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', files[path].decode(), re.DOTALL
    )
    return json.loads(text)


def test_an_erratum_describes_itself_to_catalogues(built):
    files = built.files()
    (erratum,) = [e for e in json.loads(files["errata.json"])["errata"] if e["id"] == "layout"]
    article = described(files, erratum["url"])
    assert article["headline"] == erratum["title"]
    assert article["url"] == f"{BASE_URL}errata/layout/"
    assert article["image"].removeprefix(BASE_URL) in files
    assert article["dateModified"] == erratum["changes"][-1]["date"]
    assert article["about"]["text"] == erratum["wrong"]
    assert article["about"]["correction"]["text"] == erratum["right"]
    assert article["about"]["correction"]["datePublished"] == erratum["fixed"]["date"]


def test_the_last_change_is_the_latest_wherever_it_is_written(small):
    days = ["2026-03-02", "2026-05-04", "2026-01-02"]
    changes = "".join(f'[[changes]]\ndate = {day}\nwhat = "One."\n' for day in days)
    small.write("content/errata/late.md", f'+++\ntitle = "Late"\n{changes}+++\nText.\n')
    assert small.build("--base-url", BASE_URL).returncode == 0
    article = described(small.files(), "errata/late/index.html")
    assert (article["datePublished"], article["dateModified"]) == ("2026-01-02", "2026-05-04")
    shown = re.findall('<time datetime="(.*?)"', small.files()["errata/late/index.html"].decode())
    assert shown == sorted(days)


def test_a_short_erratum_with_markup_in_its_title_describes_itself(small):
    record = 'title = "</script><b>\\"quoted\\"</b>"'
    small.write("content/errata/short.md", f"+++\n{record}\n+++\nText.\n")
    assert small.build().returncode == 0
    article = described(small.files(), "errata/short/index.html")
    assert article["headline"] == '</script><b>"quoted"</b>'
    assert "url" not in article


def test_addresses_start_at_the_base_url(built):
    urls = re.findall(r"<loc>(.*?)</loc>", built.files()["sitemap.xml"].decode())
    assert "https://example.org/repo/" in urls
    assert "https://example.org/repo/functions/product/" in urls
    assert not any("404" in url or url.endswith(".html") for url in urls)
    for url in urls:
        path = url.removeprefix("https://example.org/repo/") + "index.html"
        assert f'<link rel="canonical" href="{url}">' in built.files()[path].decode()


def atom(files):
    """The entries of the feed by their ids, once it has been held against RFC 4287."""
    feed = ElementTree.fromstring(files["feed.xml"])
    entries = feed.findall(f"{ATOM}entry")
    assert feed.tag == f"{ATOM}feed"
    assert {e.tag for e in feed} == {
        ATOM + name for name in ("id", "title", "subtitle", "updated", "author", "link", "entry")
    }
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(ATOM + name)
            assert one.text.strip() == one.text
            assert len(one) == 0
        assert element.find(f"{ATOM}id").text.startswith(BASE_URL)
        moment = datetime.datetime.fromisoformat(element.find(f"{ATOM}updated").text)
        assert moment.tzinfo == datetime.UTC
        links = {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}
        assert set(links) == ({"self", "alternate"} if element is feed else {"alternate"})
        path, _, anchor = links["alternate"].removeprefix(BASE_URL).partition("#")
        html = files[f"{path}index.html"].decode()
        assert f'id="{anchor}"' in html or not anchor
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert feed.find(f"{ATOM}id").text == f"{BASE_URL}feed.xml"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"{BASE_URL}feed.xml"
    days = [entry.find(f"{ATOM}updated").text for entry in entries]
    assert days == sorted(days, reverse=True)
    assert feed.find(f"{ATOM}updated").text == days[0]
    found = {entry.find(f"{ATOM}id").text: entry for entry in entries}
    assert len(found) == len(entries)
    return found


def test_the_feed_has_every_change_and_correction(built):
    entries = [entry.find(f"{ATOM}summary").text for entry in atom(built.files()).values()]
    errata = json.loads(built.files()["errata.json"])["errata"]
    corrections = (ROOT / "content/corrections.md").read_text("utf-8").count("[[corrections]]")
    assert len(entries) == sum(len(e["changes"]) for e in errata) + corrections
    for html in (built.files()[name] for name in ("index.html", "errata/layout/index.html")):
        assert (
            f'type="application/atom+xml" title="Errata and corrections" href="{BASE_URL}feed.xml"'
            in html.decode()
        )
    assert b"atom+xml" not in built.files()["404.html"]


def test_what_is_in_the_feed_keeps_its_id(small):
    small.build("--base-url", BASE_URL)
    before = atom(small.files())
    small.replace(
        "content/errata/layout.md", "\n+++\n\n",
        '\n\n[[changes]]\ndate = 2026-11-25\nwhat = "Again, that day."\n'
        '\n[[changes]]\ndate = 2027-01-02\nwhat = "`a < b` & *more*, at [a page](/about/)."\n+++\n\n',
    )  # fmt: skip
    assert small.build("--base-url", BASE_URL).returncode == 0
    after = atom(small.files())
    page = f"{BASE_URL}errata/layout/#changes"
    assert set(after) - set(before) == {f"{page}-2026-11-25-2", f"{page}-2027-01-02"}
    assert next(iter(after)) == f"{page}-2027-01-02"
    assert after[f"{page}-2027-01-02"].find(f"{ATOM}summary").text == "a < b & more, at a page."
    for name, entry in before.items():
        assert ElementTree.tostring(after[name]) == ElementTree.tostring(entry)


def test_links_are_relative_save_for_the_page_shown_at_any_depth(built):
    for name, content in built.files().items():
        if name.endswith(".html"):
            links = re.findall(r'\s(?:href|src)="(/[^"]*)"', content.decode())
            assert bool(links) == (name == "404.html"), (name, links)
    assert 'href="/repo/static/site.css"' in built.files()["404.html"].decode()


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://someone.github.io/site/", ["https://github.com/someone/site"]),
        ("https://someone.github.io/", ["https://github.com/someone/someone.github.io"]),
        ("https://example.org/site/", []),
    ],
)
def test_the_source_is_linked_where_the_address_tells_of_it(small, url, source):
    small.write("content/about.md", '+++\ntitle = "About"\n+++\n\n'
        '{% from "_source.html" import source %}\n{{ "[It](" ~ source ~ ")" if source else "It" }}\n')  # fmt: skip
    assert small.build("--base-url", url).returncode == 0
    links = re.findall(
        r'href="(https://github.com/[^"]*)"', small.files()["about/index.html"].decode()
    )
    assert links == 2 * source  # in the text, and at the foot


def test_without_a_base_url_one_line_says_what_is_left_out(small):
    done = small.build()
    assert done.returncode == 0
    assert not {"sitemap.xml", "robots.txt", "feed.xml"} & set(small.files())
    assert sum("--base-url" in line for line in done.stderr.splitlines()) == 1
    assert 'rel="canonical"' not in small.files()["index.html"].decode()


def test_captions_and_alt_texts_follow_the_measurement(built):
    page = built.files()["functions/product/index.html"].decode()
    assert "322 of 324 arrows have length zero" in page
    assert "2 arrows and 322 dots" in page
    scaled = built.files()["functions/mean_of_squares/index.html"].decode()
    assert f"every length is {324 // 2} times too short" in scaled
    for name, f in FUNCTIONS.items():
        rows, columns = (measure(f, f.grid, layout) for layout in Layout)
        assert (rows.argument_shape, rows.verdict) == ((2,), "right")
        assert columns.argument_shape == (rows.arrows,)
        html = built.files()[f"functions/{name}/index.html"].decode()
        assert f"f gets {rows.arrows} numbers instead of two" in html
        assert "two numbers at a time, the coordinates of one point. No arrow is wrong" in html
        left = sum(not np.isfinite(slopes).all() for slopes in rows.truth)
        told = WORDS["caption"]["left"].format(left=left, arrows=rows.arrows)
        assert [told in html, told.split(". ")[-1] in html] == [bool(left)] * 2


def facts(f, m):
    """What a measurement lets words say, worked out here and not by a template."""
    off = m.median_length_ratio or 1
    factor = WORDS["caption"]["longer" if off >= 1 else "shorter"]
    return {
        "title": f.title.lower(), "shape": Markup(f"<code>{m.argument_shape}</code>"),
        "arrows": formats.count(m.arrows), "drawn": formats.count(m.nonzero),
        "zero": formats.count(m.arrows - m.nonzero), "wrong": formats.count(m.wrong),
        "factor": factor.format(formats.short(max(off, 1 / off))),
        "max_angle": formats.short(m.max_angle_deg or 0),
        "max_error": formats.bound(m.max_error or 0),
    }  # fmt: skip


def caption(f, m):
    if m.verdict != "plausible":
        kind = "correct" if m.verdict == "right" else m.verdict
    elif m.max_angle_deg is None:
        kind = "plausible_without_angle"
    else:
        kind = "plausible_parallel" if m.max_angle_deg <= 0.1 else "plausible"
    return WORDS["caption"][kind].format(**facts(f, m))


def alternative(f, m, ending):
    kind = "correct" if m.verdict == "right" else m.verdict
    return WORDS["alt"][kind].format(**facts(f, m)) + WORDS["alt"]["negative"] * ("-" in ending)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_page_tells_of_its_own_function_and_of_each_layout_its_own(built, name):
    f = FUNCTIONS[name]
    rows, columns = (measure(f, f.grid, layout) for layout in Layout)
    html = unescape(built.files()[f"functions/{name}/index.html"].decode())
    picture = (
        r'<a href="([^"]*)"[^>]*><img src="([^"]*)" alt="([^"]*)".*?<figcaption>(.*?)</figcaption>'
    )
    found = re.findall(picture, html[: html.rindex("</section>")], re.DOTALL)
    endings = ("correct", "buggy", "correct-autoscale", "buggy-autoscale")
    for (link, source, alt, words), ending in zip(found, endings, strict=True):
        m = rows if ending.startswith("correct") else columns
        assert link == source == f"../../figures/{name}-{ending}.svg"
        assert (alt, words) == (alternative(f, m, ending), caption(f, m))
    told = re.search(r'class="outcome"><b class="verdict (\w+)">([^<]*)</b> ([^<]*)</p>', html)
    names, meanings = WORDS["verdict"]["name"], WORDS["verdict"]["meaning"]
    assert told.groups() == (columns.verdict, names[columns.verdict], meanings[columns.verdict])
    table = re.search(r'<table class="measurements">.*?<tbody>(.*?)</tbody>', html, re.DOTALL)[1]
    cells = [re.findall("<td>(.*?)</td>", row) for row in table.split("</tr>")[:-1]]
    for column, m in enumerate((rows, columns)):
        assert [re.sub("<[^>]*>", "", row[column]) for row in cells] == [
            names[m.verdict], str(m.argument_shape),
            *(formats.count(getattr(m, figure)) for figure in ("calls", "arrows", "nonzero", "wrong")),
            formats.bound(m.max_error),
            *("none" if of is None else write(of) for of, write in
              ((m.median_length_ratio, formats.short), (m.max_angle_deg, formats.bound))),
        ]  # fmt: skip


def read(cell):
    """The number that a cell shows, in powers of ten, it may be."""
    signed = cell.replace("\N{MINUS SIGN}", "-").replace("–", "nan").replace("∞", "inf")
    mantissa, _, power = signed.partition("\u00a0×\u00a010")
    return float(mantissa) * 10 ** float(
        power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0
    )


@pytest.mark.parametrize("f", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_table_behind_the_pictures_holds_every_arrow(built, f):
    rows, columns = (measure(f, f.grid, layout) for layout in Layout)
    html = built.files()[f"functions/{f.name}/index.html"].decode()
    (table,) = re.findall(r'<div id="arrows".*?<tbody>(.*?)</tbody>', html, re.DOTALL)
    lines = table.split("</tr>")[:-1]
    points = [
        re.search(r'<th scope="row">\[(.*?),\u00a0(.*?)\]</th>', line).groups() for line in lines
    ]
    cells = [re.findall("<td>([^<]*)</td>", line) for line in lines]
    shown = np.array(
        [[*map(read, point), *map(read, row)] for point, row in zip(points, cells, strict=True)]
    )
    assert shown.shape == (rows.arrows, 6)
    np.testing.assert_allclose(shown[:, :2], f.grid.points, rtol=1e-5, atol=1e-9)
    for part, measured in ((shown[:, 2:4], rows), (shown[:, 4:], columns)):
        np.testing.assert_allclose(part, measured.gradient, rtol=1e-3, atol=1e-9)


def test_a_second_build_draws_nothing_and_changes_nothing(project):
    before = project.files()
    done = project.build("-v", "--base-url", "https://example.org/repo/")
    assert done.returncode == 0
    assert "drawing" not in done.stderr
    assert project.files() == before


def test_no_cache_draws_again_and_gives_the_same_bytes(small):
    before = small.files()
    done = small.build("-v", "--no-cache", "--base-url", "https://example.org/repo/")
    again = re.findall(r"^drawing (.+)$", done.stderr, re.MULTILINE)
    assert len(again) == len({*again}) > 0
    for folder in ("figures/", "cards/"):  # of two that are equal, one is drawn
        kept = {content for name, content in before.items() if name.startswith(folder)}
        assert {before[name] for name in again if name.startswith(folder)} == kept
    assert small.files() == before


def test_check_changes_nothing_and_tells_stale_from_current(small):
    arguments = ("--check", "--base-url", "https://example.org/repo/")
    before = small.files()
    current = small.build(*arguments)
    small.replace("content/about.md", "\n\n", "\n\nOne more sentence.\n\n")
    stale, served = small.build(*arguments), small.build(*arguments, "--serve", "0")
    assert [done.returncode for done in (current, stale, served)] == [0, 1, 1]
    assert current.stderr == f"{len(pages_of(before))} pages are in {small.site}\n"
    assert stale.stderr == f"{small.site} is out of date. Fix: build it again\n" == served.stderr
    assert small.files() == before


def pages_of(files):
    return [name for name in files if name.endswith(".html")]


@pytest.mark.parametrize("closing", ["2>/dev/full", "2>&- -v", ">&- 2>&-"])
def test_a_site_is_built_though_nobody_can_be_told(small, closing):
    small.replace("content/about.md", "\n\n", "\n\nOne more sentence.\n\n")
    command = f"{shlex.quote(sys.executable)} build.py {closing}"
    assert subprocess.run(command, shell=True, cwd=small.root, check=False).returncode == 0
    assert b"One more sentence." in small.files()["about/index.html"]


def test_one_table_is_all_a_function_takes(small):
    path = small.root / "gradviz_core/functions.toml"
    path.write_text(path.read_text(encoding="utf-8") + recipe("toml"), encoding="utf-8")
    done = small.build()
    assert done.returncode == 0, done.stderr
    files = small.files()
    assert "Tilted plane" in files["functions/tilted/index.html"].decode()
    assert "/tilted/" in files["functions/index.html"].decode().replace(
        "tilted/index.html", "/tilted/"
    )
    assert {"figures/tilted-buggy.svg", "figures/tilted-correct-autoscale.png"} <= set(files)
    entry = json.loads(files["data/functions.json"])["functions"][-1]
    assert (entry["name"], entry["layouts"]["columns"]["verdict"]) == ("tilted", "sparse")


def test_a_function_may_have_no_arrow_to_compare(small):
    """Its one arrow without .T stands where none belongs, so no length has a ratio."""
    path = small.root / "gradviz_core/functions.toml"
    floor = """
[floor]
title = "Floor"
tex = '\\max(x_1, \\frac{1}{2})'
spelling = "np.maximum(x[1], 0.5)"
gradient = ["0", "(1 + np.sign(x[1] - 0.5)) / 2"]
note = "One arrow, and not where one belongs."
grid = [0, 2, 1]
verdict = "plausible"
"""
    path.write_text(path.read_text(encoding="utf-8") + floor, encoding="utf-8")
    done = small.build()
    assert done.returncode == 0, done.stderr
    entry = json.loads(small.files()["data/functions.json"])["functions"][-1]
    assert entry["layouts"]["columns"]["median_length_ratio"] is None


@pytest.mark.parametrize("field", ["wrong", "right"])
def test_an_erratum_may_show_one_line_alone(small, field):
    small.write("content/errata/half.md", f'+++\ntitle = "Half"\n{field} = "f(x)"\n+++\nText.\n')
    done = small.build()
    assert done.returncode == 0, done.stderr
    page = small.files()["errata/half/index.html"].decode()
    assert page.count("<code>f(x)</code>") == 1
    assert "The names are those of this page" in page


def test_one_file_is_all_an_erratum_takes(small):
    small.write("content/errata/other.md", recipe("markdown"))
    done = small.build()
    assert done.returncode == 0, done.stderr
    files = small.files()
    assert "What the code does, what was meant" in files["errata/other/index.html"].decode()
    assert 'href="other/index.html"' in files["errata/index.html"].decode()
    assert [e["id"] for e in json.loads(files["errata.json"])["errata"]].count("other") == 1


def test_sources_deleted_leave_nothing_behind(small):
    small.write("content/errata/other.md", PAGE)
    small.build()
    (small.root / "content/errata/other.md").unlink()
    small.build()
    assert "errata/other/index.html" not in small.files()


@pytest.fixture(scope="module")
def broken(model, tmp_path_factory):
    """A miniature with a site, to which each fault is added and taken away again."""
    copy = copied(tmp_path_factory.mktemp("broken") / "gradviz", model.root)
    shutil.copytree(model.site, copy.site)
    return copy


def test_all_faults_are_told_in_one_run(broken):
    before = broken.files()
    paths = [
        broken.write("content/a.md", PAGE + "{{ one }}\n\n{{ two }} [x](/three/)\n"),
        broken.write("content/b.md", "+++\ntitle = 1\nfour = 4\n+++\n"),
        broken.write("content/c.md", PAGE + "[y](/b/) 5.5\n"),
    ]
    done = broken.build()
    for path in paths:
        path.unlink()
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "content/a.md:6", "content/a.md:8", "content/a.md:8", "content/b.md:2", "content/b.md:3", "content/c.md:6",
    ]  # fmt: skip
    assert broken.files() == before


REGISTRY = "gradviz_core/functions.toml"
TABLE = recipe("toml").splitlines()


@pytest.fixture
def registry(broken):
    """The registry of a project with a site of its own, put back after the test."""
    path = broken.root / REGISTRY
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


def with_table(registry, row, text):
    """Put in a table with one line changed, among others, and give the number of its first line."""
    before, heading, after = registry.read_text(encoding="utf-8").partition("[plane]\n")
    table = [*TABLE, "", ""]
    table[row] = text
    registry.write_text(before + "\n".join(table) + heading + after, encoding="utf-8")
    return before.count("\n") + 1


def told_places(done):
    return [line.split(": ")[0] for line in done.stderr.splitlines()]


def place(small, name, text):
    lines = (small.root / name).read_text(encoding="utf-8").splitlines()
    return f"{name}:{lines.index(text) + 1}"


def test_all_faults_of_the_registry_are_told_with_those_of_pages_and_no_other(broken, registry):
    broken.replace(REGISTRY, 'gradient = ["1", "2"]', 'gradient = ["1", "3"]')
    broken.replace(REGISTRY, 'spelling = "x[0] * x[1]"', 'spelling = "x[0] * x[2]"')
    broken.replace(REGISTRY, "tex = '\\sin(x_0 x_1)'", "tex = '\\sin(x_0 x_1'\ngrid = [1]")
    with_table(registry, 2, "tex = 'x_'")
    expected = [
        place(broken, REGISTRY, 'spelling = "x[0] * x[2]"'), place(broken, REGISTRY, "grid = [1]"),
        place(broken, REGISTRY, "tex = 'x_'"), place(broken, REGISTRY, 'gradient = ["1", "3"]'),
    ]  # fmt: skip
    page = broken.write(
        "content/bad.md", PAGE + "{{ product.calls }} {{ sine_of_product.rows.nonzero }}\n"
    )
    before = broken.files()
    done = broken.build()
    page.unlink()
    assert told_places(done) == ["content/bad.md:6", *expected], done.stderr
    assert broken.files() == before


def test_a_registry_that_cannot_be_read_hides_no_fault_of_a_page_and_adds_none(broken, registry):
    line = with_table(registry, 0, "[tilted")
    page = broken.write("content/bad.md", PAGE + "[a](/nowhere/) {{ produkt }}\n")
    done = broken.build()
    page.unlink()
    assert told_places(done) == 2 * ["content/bad.md:6"] + [f"{REGISTRY}:{line}"], done.stderr
    assert "produkt" in done.stderr
    assert "nowhere" in done.stderr


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        (REGISTRY, b"# \xff\n", f"{REGISTRY}:1: the text is not UTF-8"),
        (REGISTRY, b"loose = 1\n", f"{REGISTRY}:1: loose is int, not table"),
        ("gradviz_core/words.toml", b'[site]\nname = "x\n', "gradviz_core/words.toml:2: this is not TOML"),
        ("gradviz_core/words.toml", b"[site]\nname\n", "gradviz_core/words.toml:2: this is not TOML"),
        ("gradviz_core/grammar.toml", b"[meant]\nX\n", "gradviz_core/grammar.toml:2: this is not TOML"),
    ],
)  # fmt: skip
def test_a_file_of_the_package_at_fault_is_told_with_the_faults_of_pages(
    broken, name, raw, expected
):
    path = broken.root / name
    kept = path.read_bytes()
    path.write_bytes(raw + kept if name == REGISTRY else raw)
    page = broken.write("content/bad.md", PAGE + "It is 2.25 off.\n")
    before = broken.files()
    done = broken.build()
    command = [sys.executable, "-m", "gradviz_core", "x[0]"]
    own = subprocess.run(command, cwd=broken.root, capture_output=True, text=True, check=False)
    page.unlink()
    path.write_bytes(kept)
    first, second = done.stderr.splitlines()
    assert done.returncode == 1
    assert first.startswith("content/bad.md:6: ")
    assert second.startswith(expected)
    spoken = name == "gradviz_core/words.toml"  # by a command whose spelling is right
    assert own.returncode == (1 if spoken else 0)
    assert own.stderr == (second + "\n" if spoken else "")
    assert broken.files() == before


def test_the_library_tells_what_is_wrong_with_a_function_that_is_missing(broken, registry):
    line = with_table(registry, 1, "title = 3")
    code = "from gradviz_core import FUNCTIONS as f; f['product']; f['tilted']"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=broken.root, capture_output=True, text=True, check=False)
    last = done.stderr.splitlines()[-1]
    assert last.startswith(
        f"gradviz_core.errors.ContentErrors: {REGISTRY}:{line + 1}: title is int"
    )


def test_a_fault_in_the_script_to_take_away_is_told_at_its_line(small):
    path = small.root / "templates/download.py.txt"
    path.write_text(path.read_text() + "{{ nothing_of_the_kind }}\n")
    done = small.build()
    assert done.returncode == 1
    assert re.match(r"templates/download\.py\.txt:\d+: .*nothing_of_the_kind", done.stderr)
    assert len(done.stderr.splitlines()) == 1


def test_a_template_at_fault_hides_no_fault_of_a_page(small):
    small.write("content/formula.md", PAGE + "$\\nosuch$\n")
    small.replace("templates/base.html", "{{ content }}", "{{ content }}{{ nosuch }}")
    told = small.build().stderr
    assert "content/formula.md:6: formula: the TeX" in told
    assert "templates/base.html:74: 'nosuch' is undefined" in told


def test_what_a_template_tears_is_told_once_and_of_the_template(small):
    typed = """<footer class="colophon">
<center>x</center><div><b>y
<a href="/nowhere/">z</a> <p onclick="x()">z
<p style="color: red">"""
    small.write("content/own.md", PAGE + "<div>a</div>\n\n<div>b\n")
    small.replace("templates/base.html", '<footer class="colophon">', typed)
    base = (small.root / "templates/base.html").read_text(encoding="utf-8")
    first = base[: base.index("<center>")].count("\n") + 1
    told = [line.partition(". Fix: ")[0] for line in small.build().stderr.splitlines()]
    assert told == [
        "content/own.md:8: div is not closed, or too late",
        *(
            f"templates/base.html:{first + below}: {what}"
            for below, what in (
                (0, "a page may not hold center"),
                (0, "b is not closed, or too late"),
                (0, "div is not closed, or too late"),
                (1, "p may not have the attribute onclick"),
                (1, "p may not stand in p"),
                (1, "the link /nowhere/ leads nowhere"),
                (2, "p may not have the attribute style"),
                (2, "p may not stand in p"),
            )
        ),
    ]


def test_a_missing_template_is_a_fault_of_the_content(small):
    (small.root / "templates/erratum.html").unlink()
    done = small.build()
    assert done.returncode == 1
    assert "erratum.html" in done.stderr


def test_code_is_shown_as_typed(small):
    small.write("content/code.md", PAGE + "`{{7*7}}` and\n\n```\n{% raw %} {{ 8*8 }}\n```\n")
    assert small.build().returncode == 0
    html = small.files()["code/index.html"].decode()
    assert "{{7*7}}" in html
    assert "{% raw %} {{ 8*8 }}" in re.sub("<[^>]*>", "", html)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(small):
    small.build()
    before = small.files()
    path = small.root / "content/about.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert small.build().returncode == 0
    assert small.files() == before


def test_check_makes_no_folder(small, tmp_path):
    assert small.build("--check", "--out", str(tmp_path / "deep" / "new")).returncode == 1
    assert list(tmp_path.glob("deep*")) == []
    assert not list(small.root.glob(".site*"))


def test_an_empty_or_new_folder_is_taken(small, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / ".gitignore").write_text("x")
    for out in (empty, tmp_path / "new" / "deep"):
        assert small.build("--out", str(out)).returncode == 0
        assert (out / "index.html").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--jobs", "0"],
        ["--nonsense"],
        ["x"],
        ["--serve", "99999999"],
        ["--serve", "-5"],
        *(
            ["--base-url", url]
            for url in (
                "example.org",
                "https://[::1",
                "ftp://x.org",
                "https://x.org/?q",
                "https://x.org/#f",
                "https://a b.org",
                "https://u:p@x.org",
                'https://x.org/"><script>',
                "https://x.org//y/",
                "https://x.org/../y/",
                "https://x..org/",
                f"https://{40 * 'a'} /",  # told at once
            )
        ),
    ],
    ids=str,
)
def test_wrong_usage_exits_with_2(small, arguments):
    done = small.build(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_address_without_tls_is_an_address(small):
    assert small.build("--base-url", "http://example.org").returncode == 0
    assert "<loc>http://example.org/about/</loc>" in small.files()["sitemap.xml"].decode()


def test_a_python_that_asserts_nothing_is_refused(small):
    before = small.files()
    done = small.build(PYTHONOPTIMIZE="1")
    assert done.returncode == 2
    assert done.stderr.endswith("and python run without -O\n")
    assert small.files() == before


def test_every_flag_is_accepted(small):
    assert small.build("--jobs", "2", "-q", "-v", "--no-cache", "--check").returncode == 1


@pytest.mark.parametrize("left", ["old", "new", "both"])
def test_what_a_killed_build_left_is_put_right(small, left):
    before = small.files()
    if left in {"old", "both"}:
        small.site.rename(small.root / ".site.gradviz-old")
    if left in {"new", "both"}:
        (small.root / ".site.gradviz-new").mkdir()
        (small.root / ".site.gradviz-new/half").write_text("written")
    small.write("content/bad.md", "no front matter")
    assert small.build().returncode == 1
    assert small.files() == before
    assert not (small.root / ".site.gradviz-new").exists()
    assert not (small.root / ".site.gradviz-old").exists()


def test_a_missing_package_says_what_to_type(small):
    script = "import sys; sys.modules['markdown'] = None; import runpy; sys.argv = ['build.py']; runpy.run_path('build.py', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=small.root,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert "markdown" in done.stderr
    assert "make site" in done.stderr
    assert "Traceback" not in done.stderr


def digest(files):
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


@pytest.mark.skipif(not os.environ.get("SOAK"), reason="on the miniature in test_reproducible")
def test_equal_sources_give_equal_bytes_whatever_the_surroundings(built, tmp_path):
    other = copied(tmp_path / "elsewhere" / "deep", built.root)
    shutil.rmtree(other.root / ".cache")
    old = os.umask(0o077)
    try:
        done = other.build(
            "--base-url", "https://example.org/repo/",
            TZ="Asia/Tokyo", PYTHONHASHSEED="7", LC_ALL="C", HOME="/nonexistent", USER="nobody",
        )  # fmt: skip
    finally:
        os.umask(old)
    assert done.returncode == 0, done.stderr
    assert digest(other.files()) == digest(built.files())
    modes = {p.stat().st_mode & 0o777 for p in other.site.rglob("*") if p.is_file()}
    assert modes == {0o644}
    assert {p.stat().st_mode & 0o777 for p in other.site.rglob("*") if p.is_dir()} == {0o755}


def test_no_path_of_the_machine_is_published(built):
    for name, content in built.files().items():
        assert str(built.root).encode() not in content, name


def test_a_terminal_shows_what_is_being_drawn(small):
    for path in (small.root / ".cache").iterdir():
        path.unlink()
    ours, theirs = pty.openpty()
    done = subprocess.Popen([sys.executable, "build.py"], cwd=small.root, stderr=theirs)
    os.close(theirs)
    written = b""
    with contextlib.suppress(OSError):  # how a terminal ends on Linux
        while chunk := os.read(ours, 65536):
            written += chunk
    os.close(ours)
    assert done.wait() == 0
    assert written.count(b"\r\x1b[Kdrawing figures/") > 20
    assert b"drawing figures/product-buggy.svg" in written


@pytest.mark.parametrize("name", ["product-correct.svg", "product-buggy.svg"])
def test_the_pictures_of_the_readme_are_those_of_the_site(built, name):
    kept = (ROOT / "docs" / name).read_bytes()
    assert kept == built.files()[f"figures/{name}"], f"cp site/figures/{name} docs/"


def code_lines(script):
    inside = False
    for line in map(str.strip, script.split("\n")):
        inside = inside or line.startswith("/*")
        if line and not inside and not line.startswith("//"):
            yield line.partition(" // ")[0].rstrip()
        inside = inside and not line.endswith("*/")


def test_scripts_are_published_without_comments_and_margins(built):
    files = built.files()
    for path in (built.root / "templates" / "static").glob("*.js"):
        source = path.read_text(encoding="utf-8")
        served = files[f"static/{path.name}"].decode().split("\n")
        assert served == [*code_lines(source), ""], path.name
        assert len(served) > 0.75 * source.count("\n")  # most of a script is code
