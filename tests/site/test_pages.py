"""The gate for paths and the reading of pages by themselves: where each goes, and what is refused."""

import contextlib
import os
import re
import time

import pytest
from gradviz_core.publish.prose import NUMBER
from hypothesis import given
from hypothesis import strategies as st

from gradviz_core.content.pages import (
    ALLOWED,
    LARGEST_PAGE,
    MOST_BRACKETS,
    Page,
    load,
    static,
)
from gradviz_core.publish import pages as module
from gradviz_core.publish.links import LEFT
from gradviz_core.registry.functions import FUNCTIONS

PAGE = '+++\ntitle = "A"\n+++\n\nWords.\n'
FUNCTION = next(iter(FUNCTIONS))
PLAIN = "this is not a plain file. Fix: put the file itself here"
PORTABLE = "this name is not portable. Fix: use a-z, 0-9, - and a known ending, as in two-words.md"


@pytest.fixture
def loaded(tmp_path):
    """What comes of a content/ of these files: pages by their paths, and faults as they are told."""

    def load_files(files):
        for name, text in files.items():
            path = tmp_path / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        pages, errors = load(tmp_path)
        return {page.source.removeprefix("content/"): page for page in pages}, [
            *map(str, errors)
        ]

    return load_files


@pytest.fixture
def korean(monkeypatch):
    monkeypatch.setitem(module.LANGUAGES, "ko", {})


# --- where a page goes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "url", "kind", "slug"),
    [
        ("index.md", "index.html", "home", "index.html"),
        ("404.md", "404.html", "page", "404.html"),
        ("about.md", "about/index.html", "page", "about"),
        ("playground/index.md", "playground/index.html", "playground", "playground"),
        ("playground/more.md", "playground/more/index.html", "page", "more"),
        ("errata/index.md", "errata/index.html", "errata", "errata"),
        ("errata/a-b_2.md", "errata/a-b_2/index.html", "erratum", "a-b_2"),
        ("errata/404.md", "errata/404/index.html", "erratum", "404"),
        ("errata/more/a.md", "errata/more/a/index.html", "page", "a"),
        ("tutorial/02-routine.md", "tutorial/routine/index.html", "step", "routine"),
        ("tutorial/routine.md", "tutorial/routine/index.html", "step", "routine"),
        ("tutorial/2-routine.md", "tutorial/2-routine/index.html", "step", "2-routine"),
        ("tutorial/index.md", "tutorial/index.html", "tutorial", "tutorial"),
        ("other/index.md", "other/index.html", "page", "other"),
        ("functions/index.md", "functions/index.html", "functions", "functions"),
        (
            f"functions/{FUNCTION}.md",
            f"functions/{FUNCTION}/index.html",
            "function",
            FUNCTION,
        ),
        ("com.md", "com/index.html", "page", "com"),
        ("com10.md", "com10/index.html", "page", "com10"),
        ("console/a.md", "console/a/index.html", "page", "a"),
    ],
)
def test_a_name_says_where_a_page_goes_and_what_it_is(loaded, name, url, kind, slug):
    pages, errors = loaded({name: PAGE})
    assert errors == []
    page = pages[name]
    assert (page.url, page.kind, page.slug, page.language) == (url, kind, slug, "en")
    assert (page.original, page.source) == (url, f"content/{name}")


@pytest.mark.parametrize(
    ("url", "card"),
    [
        ("index.html", "cards/index.png"), ("404.html", "cards/404.png"),
        ("a/b/index.html", "cards/a/b.png"),
    ],
)  # fmt: skip
def test_a_page_has_a_card_and_its_translation_the_same(url, card):
    assert Page("", url, "", (), {}).card == card
    assert Page("", f"ko/{url}", "", (), {}, language="ko").card == card


def test_pages_stand_in_their_order(loaded):
    ordered = '+++\ntitle = "A"\norder = {}\n+++\n'
    expected = [
        "a.md", "errata/index.md", "index.md", "tutorial/index.md", "z/index.md", "zz.md",
        "a/b/c.md", "a0/b.md", "errata/e.md", "errata/f.md", "errata/d.md", "errata/b.md",
        "errata/c.md", "errata/a.md", "tutorial/c.md", "tutorial/02-b.md", "tutorial/10-a.md",
    ]  # fmt: skip
    numbers = dict(zip("fdbca", (0, 8, 9, 10, 11), strict=True))
    files = dict.fromkeys(reversed(expected), PAGE)
    files |= {
        f"errata/{name}.md": ordered.format(number) for name, number in numbers.items()
    }
    pages, errors = loaded(files)
    assert errors == []
    assert [*pages] == expected


def test_a_translation_goes_beside_its_original_and_takes_over_what_it_leaves_out(
    loaded, korean
):
    original = '+++\ntitle = "A"\nsummary = "S"\norder = 7\nkind = "code"\n+++\n'
    files = {
        "errata/a.md": original,
        "errata/a.ko.md": '+++\ntitle = "K"\norder = 1\n+++\n',
    }
    files |= {"index.md": PAGE, "index.ko.md": PAGE, "tutorial/01-b.ko.md": PAGE}
    pages, errors = loaded(files | {"tutorial/01-b.md": PAGE})
    assert errors == []
    korean = pages["errata/a.ko.md"]
    assert (korean.url, korean.original) == (
        "ko/errata/a/index.html",
        "errata/a/index.html",
    )
    assert (korean.language, korean.kind, korean.slug) == ("ko", "erratum", "a")
    assert korean.order == pages["errata/a.md"].order == ("errata", "", 7)
    assert korean.record == {"title": "K", "summary": "S", "order": 1, "kind": "code"}
    assert korean.title == "K"
    assert pages["errata/a.md"].record["title"] == "A"
    assert (pages["index.ko.md"].url, pages["index.ko.md"].kind) == (
        "ko/index.html",
        "home",
    )
    assert pages["tutorial/01-b.ko.md"].url == "ko/tutorial/b/index.html"


def test_a_page_is_its_record_and_its_words_at_their_lines(loaded):
    text = '+++\ntitle = "A"\nsummary = "B"\n\n+++\n\nOne.\n+++\nTwo.\n'
    page = loaded({"a.md": text})[0]["a.md"]
    assert page.record == {"title": "A", "summary": "B"}
    assert page.text == text
    assert page.body == "\n\n\n\n\n\nOne.\n+++\nTwo.\n"
    assert page.body.split("\n")[6:] == text.split("\n")[6:]


def test_a_page_may_end_with_its_record(loaded):
    pages, errors = loaded({"a.md": b'+++\ntitle = "A"\n+++'})
    assert (pages["a.md"].title, errors) == ("A", [])


def test_a_mark_and_windows_line_ends_change_nothing(loaded):
    plain = loaded({"a.md": PAGE})[0]["a.md"]
    assert (
        loaded({"a.md": b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode()})[0][
            "a.md"
        ]
        == plain
    )


def test_a_page_may_be_as_large_as_it_may(loaded):
    whole = PAGE.ljust(LARGEST_PAGE, "x")
    assert loaded({"a.md": whole})[1] == []
    (error,) = loaded({"a.md": whole + "x"})[1]
    assert error == "content/a.md: the page has 40,001 bytes. Fix: split it"


# --- what is refused -------------------------------------------------------------------------

NAMES = [
    "A.md", "a b.md", "ä.md", "a.txt", "a.MD", "a", ".md", ".a.md", "a..md", "a--b.md", "-a.md", "a-.md",
    "a_.md", "a.kor.md", "a.KO.md", "a.ko.de.md", "a\\b.md", "a:b.md", "a.md ", "a\n.md",
    "con.md", "nul.md", "aux.md", "prn.md", "com1.md", "lpt9.md", "01-con.md", "con.ko.md",
    "A/b.md", "a b/c.md", "con/a.md", "a/nul/b.md", "lpt1/a.md", "a./b.md", ".git/a.md", "a.b/c.md",
    "ａ.md", "e\u0301.md", "\u00e9.md", "ſ.md", "a/..md", "a\u200b.md", "٣.md",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_not_portable_is_refused(loaded, name):
    pages, errors = loaded({name: PAGE, "b.md": PAGE})
    assert [*pages] == ["b.md"]
    told = name.replace("\n", " ")  # a message is one line
    assert errors == [f"content/{told}: {PORTABLE}"]


@pytest.mark.parametrize(
    "kind", ["link", "broken link", "link to a folder", "loop", "fifo"]
)
def test_what_is_no_file_is_refused_and_never_followed(loaded, tmp_path, kind):
    (tmp_path / "content").mkdir()
    path = tmp_path / "content" / "a.md"
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "b.md").write_text(PAGE)
    if kind == "fifo":
        os.mkfifo(path)
    else:
        targets = {"link": secret / "b.md", "link to a folder": secret, "loop": path}
        path.symlink_to(targets.get(kind, secret / "none"))
    pages, errors = loaded({"b.md": PAGE})
    assert [*pages] == ["b.md"]
    assert errors == [f"content/a.md: {PLAIN}"]


@pytest.mark.parametrize("folder", ["link", "file", "nothing"])
def test_what_should_hold_the_pages_is_a_folder(tmp_path, folder):
    (tmp_path / "elsewhere").mkdir()
    content = tmp_path / "content"
    if folder == "link":
        content.symlink_to("elsewhere")
    elif folder == "file":
        content.write_text(PAGE)
    (error,) = load(tmp_path)[1]
    assert str(error) == f"content: {PORTABLE if folder == 'file' else PLAIN}"


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"a.md": PAGE, "a/index.md": PAGE},
         "content/a.md: content/a/index.md has the same address. Fix: rename one"),
        ({"t/01-a.md": PAGE, "t/02-a.md": PAGE},
         "content/t/02-a.md: content/t/01-a.md has the same address. Fix: rename one"),
        ({"functions/none.md": PAGE},
         "content/functions/none.md: no function is called none. Fix: name one of FUNCTIONS"),
        ({"a.md": PAGE, "a.xx.md": PAGE},
         "content/a.xx.md: the interface has no words in xx. Fix: add gradviz_core/registry/strings/words.xx.toml"),
        ({"a.ko.md": PAGE},
         "content/a.ko.md: there is no page a/index.html of which this is a translation. Fix: name it as the original is named"),
    ],
)  # fmt: skip
def test_a_page_that_has_no_place_is_refused(loaded, korean, files, error):
    assert loaded(files)[1] == [error]


FIELDS = ", ".join(module.FIELDS["page"])
NO_RECORD = 'the page has no front matter between two lines +++. Fix: begin it with +++, title = "…" and +++ again'


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", f":1: {NO_RECORD}"), ("Words.\n", f":1: {NO_RECORD}"), ("+++\n", f":1: {NO_RECORD}"),
        ('+++\ntitle = "A"\n', f":1: {NO_RECORD}"), ('title = "A"\n+++\n', f":1: {NO_RECORD}"),
        ('+++\ntitle = "A"\n++', f":1: {NO_RECORD}"), (f"\n{PAGE}", f":1: {NO_RECORD}"),
        (f" {PAGE}", f":1: {NO_RECORD}"), (PAGE.replace("+++", "---"), f":1: {NO_RECORD}"),
        ("+++\n+++\n", f":1: {NO_RECORD}"), ('+++\ntitle = "A"\n+++\n+++\n', f":1: {NO_RECORD}"),
        ("+++\n\n+++\n", ":1: the page has no title. Fix: add title = …"),
        ('+++\ntitle = ""\n+++\n', ":2: the page has no title. Fix: add title = …"),
        ("+++\ntitle = 1\n+++\n", ':2: title is int, not str. Fix: write title = "…"'),
        ("+++\n\ntitle = A\n+++\n", ':3: this is not TOML: Invalid value. Fix: write fields as key = "value"'),
        ('+++\ntitle = "A"\nkind = "code"\n+++\n', f":3: unknown field kind. Fix: use one of {FIELDS}"),
        (b'+++\ntitle = "\xe4"\n+++\n', ":2: the text is not UTF-8. Fix: save it as UTF-8"),
        (PAGE.encode("utf-16"), ":1: the text is not UTF-8. Fix: save it as UTF-8"),
        (PAGE + "a\u202eb", ":6: there is a hidden character, U+202E. Fix: delete it"),
        (PAGE + "\0", ":6: there is a hidden character, U+0000. Fix: delete it"),
        (PAGE + "a\u034fb", ":6: there is a hidden character, U+034F. Fix: delete it"),
        (PAGE + "\u3164\u2800", ":6: there is a hidden character, U+2800. Fix: delete it"),
        (PAGE + "&#x1160;", ":6: there is a hidden character, U+1160. Fix: delete it"),
        (PAGE + r'{{ "\u202e" }}', ":6: there is a hidden character, U+202E. Fix: delete it"),
        (PAGE + r"a\U000e0061b", ":6: there is a hidden character, U+E0061. Fix: delete it"),
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_read_is_refused_at_its_line(loaded, text, error):
    assert loaded({"a.md": text, "b.md": PAGE})[1] == [f"content/a.md{error}"]


@pytest.mark.parametrize("bracket", [*"[<{", "\n#", "\n=", "\n-", "\n*", "\n_"])
def test_a_page_may_open_as_many_brackets_as_it_may(loaded, bracket):
    whole = PAGE + "X" * 3 * MOST_BRACKETS + "[<{" + bracket * (MOST_BRACKETS - 3)
    assert loaded({"a.md": whole})[1] == []
    (error,) = loaded({"a.md": whole + bracket})[1]
    assert (
        error == "content/a.md: the page has 2,001 brackets and headings. Fix: split it"
    )


def test_all_faults_of_a_record_and_of_all_pages_are_told(loaded):
    files = {
        "a.md": "+++\ntitle = 1\nsumary = 2\n+++\n",
        "B.md": PAGE,
        "c.md": "Words.\n",
    }
    pages, errors = loaded(files)
    assert [error.partition(": ")[0] for error in errors] == [
        "content/B.md", "content/a.md:2", "content/a.md:3", "content/c.md:1",
    ]  # fmt: skip
    assert errors[2].endswith("unknown field sumary. Fix: did you mean summary?")
    assert pages.keys() == {
        "a.md",
        "c.md",
    }  # both have their places, and links to them lead there


def test_only_an_erratum_has_the_fields_of_one(loaded):
    record = '+++\ntitle = "A"\nstatus = "open"\n+++\n'
    assert loaded({"errata/a.md": record})[1] == []
    assert len(loaded({"a.md": record})[1]) == 1


@given(st.text() | st.text("abcon1-_.\\A: \t\n~", max_size=9))
def test_whatever_a_file_is_called_it_lands_inside_the_site_or_nowhere(
    tmp_path_factory, name
):
    root = tmp_path_factory.mktemp("named")
    path = root / "content" / f"{name.replace('/', '').replace(chr(0), '')}.md"
    path.parent.mkdir()
    with contextlib.suppress(OSError):  # a longer name than this machine has
        path.write_text(PAGE)
    pages, errors = load(root)
    assert len(pages) + len(errors) == len([*path.parent.iterdir()])
    for page in pages:
        assert re.fullmatch(r"([a-z0-9][a-z0-9_-]*/)*(index|404)\.html", page.url)
        assert ".." not in page.card


# --- files that are published as they are ----------------------------------------------------


def test_static_files_are_published_as_they_are_and_scripts_without_comments(tmp_path):
    folder = tmp_path / "templates" / "static" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.pdf").write_bytes(b"\0\xff // x\n")
    (folder.parent / "b.css").write_bytes(b"/* kept */\n  p {}\n")
    script = "// gone\n/* gone\n   too */\n  let a = '// kept'; // gone\n  let d = 'so // kept'; // gone\n\n\tb(); /* kept */\nc(/x//2);\n"
    (folder.parent / "c.js").write_bytes(script.encode())
    (folder / "e.js").write_bytes("  'größer';".encode())
    files, _, errors = static(tmp_path)
    assert errors == []
    assert files == {
        "static/deep/a.pdf": b"\0\xff // x\n",
        "static/b.css": b"/* kept */\n  p {}\n",
        "static/c.js": "let a = '// kept';\nlet d = 'so // kept';\nb(); /* kept */\nc(/x//2);\n",
        "static/deep/e.js": "'größer';",
    }


@pytest.mark.parametrize(
    "name",
    [
        "A.js", "con.js", "a/nul.css", "con/a.css", "a b.css", "a.", ".a", "a--b.js", "\u00e9.svg",
        "a", "deep/a", "a.mathml", "a.rng", "a.xsd", "a.hta", "a.mjs", "a.html", "a.htm", "a.xhtml", "a.xht", "a.shtml", "a.xml", "a.xsl", "a.xslt", "a.svgz",
    ],
)  # fmt: skip
def test_a_file_whose_name_is_not_portable_is_not_published(tmp_path, name):
    path = tmp_path / "templates" / "static" / name
    path.parent.mkdir(parents=True)
    path.write_text("a")
    (tmp_path / "templates" / "Part of a page.html").write_text("a")
    files, templates, errors = static(tmp_path)
    assert [*map(str, errors)] == [f"templates/static/{name}: {PORTABLE}"]
    assert files == {}
    # Only the site has addresses of its own: the name of a template is nobody's.
    assert [(t.source, t.text, t.url) for t in templates] == [
        ("templates/Part of a page.html", "a", "")
    ]


@pytest.mark.parametrize(
    "name", ["static/a.js", "static/a.css", "a.html", "deep/a.txt", "a.xml"]
)
def test_a_text_that_is_not_utf_8_is_told_at_its_line(tmp_path, name):
    path = tmp_path / "templates" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"a\n\xe9\n")
    *_, errors = static(tmp_path)
    told = "2: the text is not UTF-8. Fix: save it as UTF-8"
    assert [*map(str, errors)] == [f"templates/{name}:{told}"]


@pytest.mark.parametrize("kind", ["link", "broken link", "link to a folder", "fifo"])
def test_nothing_but_plain_files_is_published(tmp_path, kind):
    folder = tmp_path / "templates" / "static"
    folder.mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_text("secret")
    (folder / "z.txt").write_text("z")
    if kind == "fifo":
        os.mkfifo(folder / "a")
    else:
        name = {"link": "secret/key", "link to a folder": "secret"}.get(kind, "none")
        (folder / "a").symlink_to(tmp_path / name)
    files, _, errors = static(tmp_path)
    assert [*map(str, errors)] == [f"templates/static/a: {PLAIN}"]
    assert files == {"static/z.txt": b"z"}


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("<script>alert(1)</script>", "<script"), ("<svg:script/>", ":script"),
        ('<g onload="f()"/>', 'onload="'), ('<g\nonclick = "f()"/>', 'onclick = "'),
        ('<a href="java&#115;cript:f()">a</a>', 'href="'), ("<a x:href = 'https://a.b/'/>", "href = '"),
        ('<set attributeName="href" to="https://a.b/"/>', 'href"'),
        ('<set attributeName="h&#114;ef"/>', 'href"'),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>', "<!ENT"),
        ('<!DOCTYPE svg SYSTEM "https://example.org/a.dtd">', "<!DOCTYPE svg SYSTEM"),
        ('<style>@\\import "https://example.org/a.css";</style>', "\\"),
        ('<g xmlns="http://www.w3.org/1999/xhtml"/>', "1999/xhtml"),
        ("<style>@import 'https://a.b/'</style>", "@import"),
        ("<style>g { fill: url(https://a.b/) }</style>", "url("),
        ("<style>g { mask-image: image-set('https://a.b/' 1x) }</style>", "image-set"),
        (r"<style>@\69mport 'https://a.b/'</style>", "\\"),
        ('<!DOCTYPE svg [<!ATTLIST svg onload CDATA "f()">]>', "<!ATT"),
        ('<?xml-stylesheet type="text/xsl" href="#s"?>', "<?xml-s"),
        ('<g xmlns:x="http://www.w3.org/1999/XSL/Transform"/>', "1999/XSL"),
        ('<image href="data:image/svg+xml,%3Csvg/%3E"/>', 'href="'),
    ],
)  # fmt: skip
def test_a_picture_that_does_or_fetches_anything_is_not_published(tmp_path, part, told):
    folder = tmp_path / "templates" / "static"
    folder.mkdir(parents=True)
    (folder / "a.svg").write_text(f"<svg>\n<desc>A plot</desc>\n{part}\n</svg>")
    *_, (error,) = static(tmp_path)
    line = 4 if "\n" in part else 3
    assert str(error) == (
        f"templates/static/a.svg:{line}: a picture may not hold {told}. Fix: leave it out"
    )


def test_a_picture_as_programs_write_it_is_published(tmp_path):
    folder = tmp_path / "templates" / "static"
    folder.mkdir(parents=True)
    parts = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">',
        '<use xlink:href="#a" clip-path="url(#b)"/><use href = "#a"/>',
        "<style>g { fill: url( '#c' ) }</style><dc:description>A prescription; on = off</dc:description>",
        '<image xlink:href="data:image/png;base64,iVBORw0KGgo="/><text>Only = one, x@im.edu</text>',
    )
    (folder / "a.svg").write_text("\n".join(parts))
    files, _, errors = static(tmp_path)
    assert errors == []
    assert files.keys() == {"static/a.svg"}


FRAGMENTS = [
    "#", "# ", "\n#<b>", "<a href", "<a href>", "<a href ", "[ ", "[&nbsp;", "[](", "&#62;", "> ", "`",
    "~", "* ", "|-", "1 ", "10", "1,", "1.", "1 of ", "10<sup>", "$", "\n", " ",
]  # fmt: skip


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_page_of_one_fragment_is_looked_through_within_two_seconds(fragment):
    text = (fragment * LARGEST_PAGE)[: LARGEST_PAGE - 1] + "x"
    started = time.process_time()
    for pattern in (NUMBER.pattern, LEFT.pattern, *ALLOWED["typed"]):
        for _ in re.finditer(pattern, text, re.MULTILINE):
            pass
    assert time.process_time() - started < 2
