"""What is served beside the pages: scripts and styles that do what their sources do."""

import colorsys
import json
import re
import shutil
import subprocess
import tomllib
from functools import cache

import pytest
from lxml.html import HtmlElement
from project import ROOT
from pygments.lexers import CssLexer, JavascriptLexer
from pygments.token import Comment, Whitespace
from reading.pages import every_page, with_class
from reading.records import every_record

from gradviz_core.registry.vocabulary import whole_vocabulary

SOURCES = ROOT / "templates/static"
LISTS = tomllib.loads((SOURCES.parent / "scripts.toml").read_text(encoding="utf-8"))


def parts_of(name: str) -> list[str]:
    """The parts of a list, those of the lists that it names among them."""
    if name not in LISTS:
        return [name]
    return [part for each in LISTS[name] for part in parts_of(each)]


JOINED = {name: parts_of(name) for name in LISTS if name.startswith("static/")}
PARTS = {f"static/{part}.js" for parts in JOINED.values() for part in parts}
SCRIPTS = {p.relative_to(ROOT / "templates").as_posix() for p in SOURCES.rglob("*.js")}
SERVED = sorted({*JOINED, *(SCRIPTS - PARTS)})
OTHERS = sorted(p.name for p in SOURCES.iterdir() if p.is_file() and p.suffix != ".js")
COLOURS = tomllib.loads(
    (ROOT / "gradviz_core/registry/colours.toml").read_text("utf-8")
)
# What a script gets from the registry: it stands in no source below templates/static.
REGISTRY = re.compile(r"^globalThis\.gradviz\.(?:vocabulary|words) = .*;\n", re.M)
STRICT = '"use strict";'  # at the top of every script
THEMES = ("light", "dark")
BLUE = (190, 215)
ORANGE = (20, 45)


def tokens(text: str, lexer=JavascriptLexer) -> list[str]:
    """The parts of a text in their order, without comments and the space between parts."""
    found = []
    for kind, words in lexer().get_tokens(text):
        is_between = kind in Comment or kind in Whitespace or not words.strip()
        if not is_between:
            found.append(words)
    return found


def coloured(text: str) -> str:
    """A text with the colours that it names."""

    def colour(named: re.Match[str]) -> str:
        section, name, *theme = named[1].split(".")
        light, dark = COLOURS[section][name]
        in_theme = {"light": light, "dark": dark}
        return in_theme[theme[0]] if theme else f"light-dark({light}, {dark})"

    return re.sub(r"colour\(([\w.-]+)\)", colour, text)


# Scripts


@cache
def tokens_of_source(part: str) -> list[str]:
    """The tokens of a script below templates, after those of its directive."""
    directive, semicolon, *rest = tokens(
        (ROOT / "templates" / part).read_text(encoding="utf-8")
    )
    assert directive + semicolon == STRICT
    return rest


@pytest.mark.parametrize("name", SERVED)
def test_a_served_script_is_its_source_without_comments_and_margins(built, name):
    served = (built.site / name).read_text(encoding="utf-8")
    parts = [f"static/{part}.js" for part in JOINED.get(name, ())] or [name]
    parts = [part for part in parts if not part.startswith("static/registry/")]
    script = REGISTRY.sub("", served)
    expected = [each for part in parts for each in tokens_of_source(part)]
    assert tokens(script) == [*tokens(STRICT), *expected]
    kinds = {kind for kind, _ in JavascriptLexer().get_tokens(served)}
    assert not any(kind in Comment for kind in kinds)
    lines = served.splitlines()
    assert [line for line in lines if not line or line != line.strip()] == []


def test_the_reader_of_scripts_comes_with_the_vocabulary(built):
    served = (built.site / "static/reader.js").read_text(encoding="utf-8")
    [vocabulary] = re.findall(r"globalThis\.gradviz\.vocabulary = (.*);\n", served)
    assert json.loads(vocabulary) == whole_vocabulary()


def test_every_served_script_can_be_read_by_a_browser(built):
    node = shutil.which("node")
    assert node, "Scripts are read by node. Fix: sudo apt-get install nodejs"
    read_all = (
        "for (const path of process.argv.slice(1))"
        " new vm.Script(fs.readFileSync(path, 'utf8'), {filename: path})"
    )
    scripts = [built.site / name for name in SERVED]
    done = subprocess.run(
        [node, "-e", read_all, *scripts], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", OTHERS)
def test_whatever_is_no_script_is_served_as_it_is(built, name):
    source = (SOURCES / name).read_bytes()
    if name.endswith(".svg"):
        source = coloured(source.decode("utf-8")).encode("utf-8")
    assert (built.site / "static" / name).read_bytes() == source


# Which page loads which script


# What only these pages do, by themselves.
AT_ONCE = "//script[not(ancestor::template)]/@src"
PAGES_WITH_SCRIPTS = {
    "index.html",
    "errata/index.html",
    "symptoms/index.html",
    "playground/index.html",
}


def features(document: HtmlElement, original: str) -> frozenset[str]:
    """What a page has that needs a script."""
    found = {"page"}
    if original in PAGES_WITH_SCRIPTS:
        found.add(original)
    if document.find(".//math") is not None:
        found.add("formula")
    if with_class(document.find(".//main"), "picture") and (
        original != "playground/index.html"
    ):
        found.add("picture")
    if document.xpath("//template[@data-part='turning']"):
        found.add("turning arrows")
    if document.xpath("//template//script"):
        found.add("later scripts")
    if document.xpath("//input[@type='file']"):
        found.add("file")
    if with_class(document, "comparer"):
        found.add("comparer")
    if with_class(document.find(".//main"), "trace"):
        found.add("trace")
    has_code = with_class(document, "to-paste") or with_class(document, "paste")
    if has_code or original == "playground/index.html":  # where mends are found
        found.add("paste")
    return frozenset(found)


def parts_at(address: str) -> list[str]:
    """The parts of the script at an address, which is one itself if it is not joined."""
    place = address[address.index("static/") :]
    return JOINED.get(place, [place])


@pytest.fixture(scope="module")
def loaded(built) -> dict[str, tuple[frozenset[str], set[str]]]:
    """What each page has that needs a script, and the parts of those it loads at once."""
    return {
        url: (
            features(document, every_record()[url].original),
            {part for src in document.xpath(AT_ONCE) for part in parts_at(src)},
        )
        for url, document in every_page(built.site).items()
    }


def test_a_page_loads_a_script_for_each_thing_that_it_shows_and_no_other(loaded):
    """A thing needs the parts that each page with it loads, and no page without it."""
    everything = set().union(*(shown for shown, _ in loaded.values()))
    assert everything == {
        *("page", "formula", "picture", "comparer", "trace", "paste", "file"),
        *("later scripts", "turning arrows"),
        *PAGES_WITH_SCRIPTS,
    }
    scripts_of = {}
    for thing in everything:
        with_it = [scripts for shown, scripts in loaded.values() if thing in shown]
        without = [scripts for shown, scripts in loaded.values() if thing not in shown]
        scripts_of[thing] = set.intersection(*with_it) - set().union(*without)
        assert scripts_of[thing], thing
    for url, (shown, scripts) in loaded.items():
        assert scripts == set().union(*(scripts_of[thing] for thing in shown)), url


# The style sheet


@pytest.fixture(scope="module")
def sheet(built) -> str:
    return (built.site / "static/site.css").read_text(encoding="utf-8")


def test_the_served_style_sheet_is_all_its_parts_without_comments(sheet):
    parts = [path.read_text("utf-8") for path in sorted((SOURCES / "css").iterdir())]
    assert tokens(sheet, CssLexer) == tokens(coloured("\n".join(parts)), CssLexer)
    assert "/*" not in sheet


@pytest.fixture(scope="module")
def colours(sheet) -> dict[str, tuple[str, str]]:
    """Every colour by its name, for a light and a dark theme."""
    found = {}
    root = sheet.partition("@media")[0]
    for name, light, dark in re.findall(
        r"--([\w-]+):\s*light-dark\(\s*(#\w+),\s*(#\w+)\s*\)", root
    ):
        found[name] = (light, dark)
    return found


def hue_and_light(colour: str) -> tuple[float, float]:
    """The hue of a colour in degrees, and how light it is, from 0 to 1."""
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    hue, light, _ = colorsys.rgb_to_hls(red, green, blue)
    return 360 * hue, light


def value_in(sheet: str, selector: str, name: str) -> str:
    """The value that the last rule for a selector alone, or among others, gives a name."""
    values = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        if selector in [each.strip() for each in selectors.split(",")]:
            values += re.findall(rf"(?:^|[\s;]){name}:\s*([^;]+);", body)
    return values[-1]


def test_every_colour_has_a_value_for_either_theme(sheet, colours):
    in_sheet = re.findall(
        r"--([\w-]+):\s*(?:light-dark\(|#)", sheet.partition("@media")[0]
    )
    assert set(in_sheet) == set(colours)
    for light, dark in colours.values():
        assert re.fullmatch("#[0-9a-f]{6}", light)
        assert re.fullmatch("#[0-9a-f]{6}", dark)


def test_every_name_that_the_sheet_uses_is_defined(built, sheet):
    used = set(re.findall(r"var\((--[\w-]+)", sheet))
    defined = set(re.findall(r"(--[\w-]+)\s*:", sheet))
    for name in SERVED:
        script = (built.site / name).read_text(encoding="utf-8")
        defined |= set(re.findall(r'setProperty\("(--[\w-]+)"', script))
    assert used <= defined


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_correct_is_blue_and_what_is_not_orange(colours, theme):
    k = THEMES.index(theme)
    for role, (least, most) in (("correct", BLUE), ("buggy", ORANGE)):
        for name in (role, f"{role}-ink", f"{role}-tint"):
            hue, _ = hue_and_light(colours[name][k])
            assert least <= hue <= most, name


def test_a_part_of_a_page_has_the_colour_of_its_role(sheet):
    for role in ("correct", "buggy"):
        assert value_in(sheet, f".{role}", "--hue") == f"var(--{role}-ink)"
        assert value_in(sheet, f".{role}", "--tint") == f"var(--{role}-tint)"
    assert value_in(sheet, ".verdict.right", "--hue") == "var(--correct-ink)"
    assert value_in(sheet, ".verdict", "--hue") == "var(--buggy-ink)"


def test_a_copy_with_the_newer_call_is_a_filled_circle_on_a_phone_too(sheet):
    assert value_in(sheet, ".vertical .dots.correct i", "background") == "var(--hue)"


def test_the_light_theme_is_dark_on_light_and_the_dark_one_light_on_dark(colours):
    for ground in ("paper", "card", "well"):
        light, dark = (hue_and_light(colour)[1] for colour in colours[ground])
        assert light > 0.9, ground
        assert dark < 0.2, ground
    for ink in ("ink", "quiet", "link"):
        light, dark = (hue_and_light(colour)[1] for colour in colours[ink])
        assert light < 0.45, ink
        assert dark > 0.55, ink


def test_the_button_for_a_theme_shows_the_theme_that_it_names(sheet):
    for theme in THEMES:
        assert value_in(sheet, f'[data-theme="{theme}"]', "color-scheme") == theme
    assert value_in(sheet, ":root", "color-scheme").endswith(
        ("light dark", "only light")
    )


@pytest.mark.parametrize("role", ["correct", "buggy"])
def test_the_arrows_of_a_picture_have_the_colours_of_the_page_around_it(
    built, colours, role
):
    picture = (built.site / f"figures/product-{role}.svg").read_text(encoding="utf-8")
    light, dark = picture.split("@media (prefers-color-scheme: dark)")
    other = {"correct": "buggy", "buggy": "correct"}[role]
    for rules, k in ((light, 0), (dark.partition("</style>")[0], 1)):
        assert colours[role][k] in rules
        assert colours["card"][k] in rules
        assert colours[other][k] not in rules


def test_the_mark_of_the_site_is_blue(built, colours):
    mark = (built.site / "static/favicon.svg").read_text(encoding="utf-8")
    assert colours["correct"][0] in mark
