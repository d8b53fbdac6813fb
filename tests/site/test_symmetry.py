"""The pages on symmetry show what is so: pictures, cases, the table, and the two lines.

The lines are taken from the page, as a reader takes them, and put into scripts of our own.
"""

import re
from urllib.parse import quote

import numpy as np
import oracle
import pytest
from matplotlib.figure import Figure
from reading.numbers import significant
from reading.page_texts import filled
from reading.pages import file_of, one, page, squeezed, text
from reading.records import day, plain, short_commit
from reading.slips import SLIPS
from reading.words import said, word

INDEX = "symmetry/index.html"
CASES = oracle.cases()
FIELDS = (
    *("where", "author", "handed_over", "taken", "hidden_by", "shown_by"),
    *("reported", "mended", "licence"),
)
AXIS = np.arange(-2, 2.5, 0.25)
X, Y = np.meshgrid(AXIS, AXIS)
HEIGHTS = (X**2 + Y**2, X**2 + Y**2, X + 2 * Y, Y + 2 * X)
SHADES = 9
SIDE = 90


@pytest.fixture(scope="module")
def index(built):
    return page(built.site / INDEX)


@pytest.fixture(scope="module")
def case_pages(built):
    """The page of each case, by its slug."""
    return {slug: page(built.site / f"symmetry/{slug}/index.html") for slug in CASES}


# The pattern


def small_pictures(index):
    return index.cssselect(".quartet figure")


def shades_in(svg):
    """The number of the shade at the middle of each cell of a small picture."""
    size = len(AXIS)
    across = (np.arange(size) + 0.5) * SIDE / size
    found = np.full((size, size), -1)
    for shade, path in re.findall(r'class="shade-(\d)" d="([^"]*)"', svg):
        for rectangle in re.findall(r"M[^z]*z", path):
            x0, y0, x1, y1, x2 = map(float, re.findall(r"[\d.]+", rectangle))
            assert x2 == x0
            is_within = (across > x0) & (across < x1)
            is_within = is_within & ((across < y0) & (across > y1))[:, None]
            found[is_within] = int(shade)
    return found[::-1]  # the first row of an array lies at the bottom


def test_the_pattern_shows_each_array_and_its_transpose(built, index):
    figures = small_pictures(index)
    roles = ["book", "book", "correct", "buggy"]  # equal heights are in one colour
    assert [figure.get("class") for figure in figures] == roles
    for figure, heights in zip(figures, HEIGHTS, strict=True):
        file = file_of(built.site, INDEX, one(figure, "./img").get("src"))
        found = shades_in((built.site / file).read_text(encoding="utf-8"))
        low, high = heights.min(), heights.max()
        parts = (heights - low) / (high - low) * SHADES
        is_certain = np.abs(parts - parts.round()) > 1e-9
        expected = np.clip(parts.astype(int), 0, SHADES - 1)
        assert (found == expected)[is_certain].all(), file


def test_a_case_stands_in_the_list_with_pictures_of_its_own(index):
    items = index.cssselect("ul.cases > li")
    assert len(items) == len(CASES)
    for item in items:
        slug = one(item, ".//h3/a").get("href").removesuffix("/index.html")
        for image in item.xpath(".//img"):
            assert image.get("src").startswith(f"../small/symmetry/{slug}/"), slug


def test_the_alternative_texts_of_the_pattern_tell_the_corners(index):
    [drawing] = [each for each in filled(INDEX).drawings if each.are_small]
    figures = small_pictures(index)
    for figure, heights, label in zip(figures, HEIGHTS, drawing.labels, strict=True):
        corners = {
            name: significant(heights[at])
            for name, at in {
                "lower_left": (0, 0),
                "lower_right": (0, -1),
                "upper_left": (-1, 0),
                "upper_right": (-1, -1),
            }.items()
        }
        is_highest = heights == heights.max()
        expected = said(
            "alt.heights_titled",
            title=label.replace("`", ""),
            highest=significant(heights.max()),
            across="x0",
            up="x1",
            x0=significant(X[is_highest].mean()),
            x1=significant(Y[is_highest].mean()),
            **corners,
        )
        assert squeezed(one(figure, "./img").get("alt")) == expected


def test_a_small_picture_has_colours_for_both_themes(built, index):
    source = one(small_pictures(index)[0], "./img").get("src")
    svg = (built.site / file_of(built.site, INDEX, source)).read_text(encoding="utf-8")
    light, dark = re.search(r"<style>(.*?)@media[^{]*\{(.*)\}</style>", svg).groups()
    for style in (light, dark):
        fills = re.findall(r"\.shade-\d\{fill:(#[0-9a-f]{6})\}", style)
        assert len(fills) == len({*fills}) == SHADES
    assert light != dark


# The table


def cells_of(index, number):
    table = index.xpath("//main//table")[number]
    return [[text(cell) for cell in row] for row in table.xpath(".//tr")]


def test_each_cell_of_the_table_is_what_shows_the_slip(index):
    """Of the text of the page, filled in with what our own slips draw."""
    rows = [
        [plain(cell).strip() for cell in row.strip("|\n").split("|")]
        for row in re.findall(r"^\|.*\|$", filled(INDEX).markdown, re.MULTILINE)
        if not re.fullmatch(r"[|-]+", row)
    ]
    table = cells_of(index, 0)
    assert len(table) == len(SLIPS) + 1
    bare = [[re.sub("[\ue001\ue002]", "", cell) for cell in row] for row in rows]
    assert table == bare[: len(table)]


# The two lines


def listing(index, number):
    """What a reader copies."""
    blocks = index.xpath("//main//*[contains(@class, 'to-paste')]//pre")
    return "".join(blocks[number].itertext())


# Scripts with a place for the lines; of each, whether an array is the other way round.
SCRIPTS = {
    "slopes in their order": (False, """
X, Y = np.meshgrid(x, y)
Z = f(X, Y)
dy, dx = np.gradient(Z, y, x)
quiver(X, Y, dx, dy)"""),
    "slopes downhill, with an ij grid": (False, """
X, Y = np.meshgrid(x, y, indexing="ij")
dx, dy = np.gradient(f(X, Y), x, y)
quiver(X, Y, dx, dy)"""),
    "heights in a loop over rows": (False, """
Z = np.zeros((len(y), len(x)))
for j, b in enumerate(y):
    for i, a in enumerate(x):
        Z[j, i] = f(a, b)
contourf(x, y, Z)"""),
    "an image of an ij grid, transposed": (False, """
X, Y = np.meshgrid(x, y, indexing="ij")
imshow(f(X, Y).T, origin="lower")"""),
    "one point after the other": (False, """
Z = np.array([f(a, b) for b in y for a in x]).reshape(len(y), len(x))
pcolormesh(x, y, Z)"""),
    "slopes by hand": (False, """
X, Y = np.meshgrid(x, y)
h = 1e-4
U = (f(X + h, Y) - f(X - h, Y)) / (2 * h)
V = (f(X, Y + h) - f(X, Y - h)) / (2 * h)
quiver(X, Y, U, V)"""),
    "slopes as they come": (True, """
X, Y = np.meshgrid(x, y)
dx, dy = np.gradient(f(X, Y))
quiver(X, Y, dx, dy)"""),
    "slopes as they come, with steps": (True, """
X, Y = np.meshgrid(x, y)
dx, dy = np.gradient(f(X, Y), y, x)
quiver(X, Y, dx, dy)"""),
    "slopes transposed": (True, """
X, Y = np.meshgrid(x, y)
dx, dy = np.gradient(f(X, Y), y, x)
quiver(X, Y, dx.T, dy.T)"""),
    "slopes of an ij grid on an xy grid": (True, """
A, B = np.meshgrid(x, y, indexing="ij")
dx, dy = np.gradient(f(A, B), x, y)
quiver(*np.meshgrid(x, y), dx, dy)"""),
    "an image of an ij grid": (True, """
X, Y = np.meshgrid(x, y, indexing="ij")
imshow(f(X, Y), origin="lower")"""),
    "an image upside down": (True, """
X, Y = np.meshgrid(x, y)
imshow(f(X, Y))"""),
    "contours of a loop": (True, """
Z = np.array([[f(a, b) for b in y] for a in x])
contourf(x, y, Z)"""),
    "the loop the other way round": (True, """
Z = np.array([f(a, b) for a in x for b in y]).reshape(len(y), len(x))
pcolormesh(x, y, Z)"""),
    "one step for both": (True, """
X, Y = np.meshgrid(x, y)
dy, dx = np.gradient(f(X, Y), x[1] - x[0])
quiver(X, Y, dx, dy)"""),
    "steps exchanged": (True, """
X, Y = np.meshgrid(x, y)
dy, dx = np.gradient(f(X, Y), x[1] - x[0], y[1] - y[0])
quiver(X, Y, dx, dy)"""),
    "f with its coordinates exchanged": (True, """
X, Y = np.meshgrid(y, x)
contourf(x, y, f(X, Y))"""),
    "arrows at exchanged places": (True, """
X, Y = np.meshgrid(x, y)
dy, dx = np.gradient(f(X, Y), y, x)
quiver(Y, X, dx, dy)"""),
}  # fmt: skip


def told_at_the_corners(index):
    """What the page says to look for: at each corner, from the lower left, then the right."""
    _, heights, arrows = cells_of(index, 1)
    pairs = [tuple(map(int, re.findall(r"\d+", cell))) for cell in arrows[1:]]
    return [int(cell) for cell in heights[1:]], pairs


def at_corners(names, axes):
    """What a plot shows at its corners, by what was given to matplotlib and how it is drawn."""
    if axes.images:
        [image] = axes.images
        shown = np.asarray(image.get_array())
        shown = shown if image.origin == "lower" else shown[::-1]
    elif "drawn" in names and names["drawn"][0] == "quiver":
        X, Y, U, V = (np.ravel(array) for array in names["drawn"][1])
        corners = []
        for b in (Y.min(), Y.max()):
            for a in (X.min(), X.max()):
                [at] = np.flatnonzero((a == X) & (b == Y))
                corners.append((U[at], V[at]))
        is_in_place = (X.max(), Y.max()) == (names["x"].max(), names["y"].max())
        return corners if is_in_place else []
    else:
        shown = np.asarray(names["drawn"][1][-1])
    return [shown[0, 0], shown[0, -1], shown[-1, 0], shown[-1, -1]]


def looks_right(script, lines, told):
    """Whether a reader who has put in the lines sees what the page says."""
    axes = Figure().add_subplot()
    names = {"np": np}

    def drawing(kind):
        def draw(*arguments, **options):
            names["drawn"] = (kind, arguments)
            return getattr(axes, kind)(*arguments, **options)

        return draw

    for kind in ("quiver", "contourf", "imshow", "pcolormesh"):
        names[kind] = drawing(kind)
    try:
        exec(lines + script, names)
    except (TypeError, ValueError):
        return False
    heights, arrows = told
    found = at_corners(names, axes)
    expected = arrows if names["drawn"][0] == "quiver" else heights
    return len(found) == 4 and np.allclose(found, expected, atol=1e-6)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_two_lines_show_a_slip_and_raise_no_alarm_without(index, name):
    is_slip, script = SCRIPTS[name]
    found = looks_right(script, listing(index, 0), told_at_the_corners(index))
    assert found != is_slip


def test_the_two_lines_are_those_that_the_build_has_run(index):
    session = oracle.sources()[INDEX].text
    for line in listing(index, 0).splitlines():
        assert f">>> {line}" in session


def data(index):
    names = {"np": np}
    np.random.seed(1)  # noqa: NPY002 - the lines draw from there
    exec(listing(index, 1), names)
    return names["x"], names["y"]


def test_the_two_lines_of_data_leave_the_upper_left_empty(index):
    x, y = data(index)
    counts, _, _ = np.histogram2d(x, y, bins=30)
    assert not counts.T[18:, :12].any()
    assert counts[18:, :12].any()


def test_their_main_direction_rises_as_a_column_and_falls_as_a_row(index):
    values, vectors = np.linalg.eig(np.cov(*data(index)))
    largest = values.argmax()
    assert vectors[:, largest].prod() > 0 > vectors[largest].prod()


# The cases


def test_the_page_lists_the_cases_in_their_order_with_what_hides_and_shows_each(index):
    found = []
    for item in index.xpath("//main//ul[@class='cases']/li"):
        link = one(item, ".//h3/a")
        found.append((text(link), link.get("href"), [text(p) for p in item.iter("p")]))
    expected = []
    for slug, record in CASES.items():
        told = [
            said("join.label", label=word(f"case.{field}"), text=plain(record[field]))
            for field in ("hidden_by", "shown_by")
        ]
        expected.append((record["title"], f"{slug}/index.html", told))
    assert found == expected


def facts_of(document):
    """What stands in the record of a case: by label, the element with it."""
    rows = document.cssselect(".record dl > div")
    return {text(one(row, "./dt")): one(row, "./dd") for row in rows}


@pytest.mark.parametrize("slug", CASES)
def test_a_record_has_its_facts_under_their_labels(case_pages, slug):
    record = CASES[slug]
    found = facts_of(case_pages[slug])
    expected = [
        word(f"case.{name}") for name in FIELDS if name != "mended" or name in record
    ]
    assert [*found] == expected
    for name in ("handed_over", "taken", "hidden_by", "shown_by", "licence"):
        assert text(found[word(f"case.{name}")]) == plain(record[name])
    assert text(found[word("case.author")]) == record["where"]["author"]


def lines_at_commit(where):
    """The address on GitHub of each of the lines: those of a notebook in its plain text."""
    path = quote(where["path"])
    file = f"https://github.com/{where['repository']}/blob/{where['commit']}/{path}"
    plain_text = "?plain=1" if path.endswith(".ipynb") else ""
    for lines in where["lines"].split(", "):
        first, _, last = lines.partition("-")
        yield f"{file}{plain_text}#L{first}" + (f"-L{last}" if last else "")


@pytest.mark.parametrize("slug", CASES)
def test_a_record_leads_to_the_lines_at_their_commit(case_pages, slug):
    where = CASES[slug]["where"]
    fact = facts_of(case_pages[slug])[word("case.where")]
    addresses = [quote(link.get("href"), safe=":/?=#%") for link in fact.iter("a")]
    repository = f"https://github.com/{where['repository']}"
    assert addresses == [*lines_at_commit(where), repository]
    words = text(fact)
    for part in (where["work"], where["path"], short_commit(where["commit"])):
        assert part in words
    for lines in where["lines"].split(", "):
        assert lines.replace("-", "–") in words


@pytest.mark.parametrize("slug", CASES)
def test_a_record_tells_who_reported_it_or_that_nobody_was_found(case_pages, slug):
    report = CASES[slug]["reported"]
    fact = facts_of(case_pages[slug])[word("case.reported")]
    if "link" in report:
        link = one(fact, "./a")
        assert link.get("href") == report["link"]
        assert text(link) == report.get("by", report["link"])
        if "date" in report:
            assert day(report["date"]) in text(fact)
    else:
        place, when = plain(report["none_in"]), day(report["looked_at"])
        assert text(fact) == said("case.not_found", place=place, day=when)


@pytest.mark.parametrize(
    "slug", [s for s, record in CASES.items() if "mended" in record]
)
def test_a_record_tells_when_it_was_mended_and_by_which_commit(case_pages, slug):
    mended = CASES[slug]["mended"]
    fact = facts_of(case_pages[slug])[word("case.mended")]
    assert text(fact).startswith(day(mended["date"]))
    if "commit" in mended:
        assert short_commit(mended["commit"]) in text(fact)
    assert plain(mended.get("by", "")) in text(fact)
