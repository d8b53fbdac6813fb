"""The reading of pages and files by itself: where each goes, and at which line a fault stands.

What is said of a fault, word by word, the tables of refusals/ hold.
"""

import contextlib
import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz_core import FUNCTIONS
from gradviz_core.content.loaded_pages import load_pages
from gradviz_core.content.pages import Page
from gradviz_core.content.templates import load_templates
from gradviz_core.publish.static_files import static_files
from gradviz_core.registry.words import interface

PAGE = '+++\ntitle = "A"\n+++\n\nWords.\n'
FUNCTION = next(iter(FUNCTIONS))
WORDS = {language: interface(language) for language in ("en", "ja", "ko")}


def titled(names):
    """A page for each of these names, with a title of its own."""
    return {name: PAGE.replace('"A"', f'"Page {name}"') for name in names}


@pytest.fixture
def loaded(tmp_path):
    """What comes of a content/ of these files: pages by their paths, and faults as they are told."""

    def load_files(files):
        for name, text in files.items():
            path = tmp_path / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        pages, errors = load_pages(tmp_path, WORDS, FUNCTIONS)
        return {page.source.removeprefix("content/"): page for page in pages}, [
            *map(str, errors)
        ]

    return load_files


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
    assert Page("", url).card == card
    assert Page("", f"ko/{url}", language="ko").card == card


def test_pages_stand_in_their_order(loaded):
    ordered = '+++\ntitle = "{}"\norder = {}\n+++\n'
    expected = [
        "a.md", "errata/index.md", "index.md", "tutorial/index.md", "z/index.md", "zz.md",
        "a/b/c.md", "a0/b.md", "errata/e.md", "errata/f.md", "errata/d.md", "errata/b.md",
        "errata/c.md", "errata/a.md", "tutorial/c.md", "tutorial/02-b.md", "tutorial/10-a.md",
    ]  # fmt: skip
    numbers = dict(zip("fdbca", (0, 8, 9, 10, 11), strict=True))
    files = titled(reversed(expected))
    files |= {
        f"errata/{name}.md": ordered.format(name, number)
        for name, number in numbers.items()
    }
    pages, errors = loaded(files)
    assert errors == []
    assert [*pages] == expected


def test_a_translation_goes_beside_its_original_and_takes_over_what_it_leaves_out(
    loaded,
):
    original = '+++\ntitle = "A"\nsummary = "S"\norder = 7\nkind = "code"\n+++\n'
    files = {
        "errata/a.md": original,
        "errata/a.ko.md": '+++\ntitle = "K"\n+++\n',
    }
    files |= titled(
        ["index.md", "index.ko.md", "tutorial/01-b.md", "tutorial/01-b.ko.md"]
    )
    pages, errors = loaded(files)
    assert errors == []
    korean = pages["errata/a.ko.md"]
    assert (korean.url, korean.original) == (
        "ko/errata/a/index.html",
        "errata/a/index.html",
    )
    assert (korean.language, korean.kind, korean.slug) == ("ko", "erratum", "a")
    assert korean.order == pages["errata/a.md"].order == ("errata", "", 7)
    assert korean.record == {"title": "K", "summary": "S", "order": 7, "kind": "code"}
    assert korean.title == "K"
    assert pages["errata/a.md"].record["title"] == "A"
    assert (pages["index.ko.md"].url, pages["index.ko.md"].kind) == (
        "ko/index.html",
        "home",
    )
    assert pages["tutorial/01-b.ko.md"].url == "ko/tutorial/b/index.html"


CHANGED = """+++
title = "A"
[[changes]]
date = 2020-01-01
what = "one"
[[changes]]
date = 2020-01-02
what = "two"
+++
"""


def test_the_texts_of_a_translation_are_laid_over_a_list_by_their_places(loaded):
    changes = '[[changes]]\nwhat = "하나"\n[[changes]]\nwhat = "둘"\n'
    translation = f'+++\ntitle = "K"\n{changes}+++\n'
    pages, errors = loaded({"errata/a.md": CHANGED, "errata/a.ko.md": translation})
    assert errors == []
    dates = [datetime.date(2020, 1, day) for day in (1, 2)]
    assert pages["errata/a.ko.md"].record["changes"] == [
        {"date": dates[0], "what": "하나"},
        {"date": dates[1], "what": "둘"},
    ]
    assert pages["errata/a.md"].record["changes"][0]["what"] == "one"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ("knid = 1\n", "3: unknown field knid. Fix: use one of "),
        ('kind = "code"\n', "3: unknown field kind. Fix: delete it: a translation"),
        (
            '[[changes]]\nwhat = "하나"\n',
            "3: changes has 1 tables, and in the original 2. Fix: ",
        ),
        (
            "[[changes]]\ndate = 2020-01-01\n",
            "4: unknown field date. Fix: delete it: a translation has that of its",
        ),
    ],
)
def test_a_translation_has_the_texts_of_its_original_and_nothing_else(
    loaded, fields, error
):
    translation = f'+++\ntitle = "K"\n{fields}+++\n'
    _, [found] = loaded({"errata/a.md": CHANGED, "errata/a.ko.md": translation})
    assert found.startswith(f"content/errata/a.ko.md:{error}")


def test_lines_that_end_between_chinese_or_japanese_letters_are_joined(loaded):
    translation = '+++\ntitle = """勾\n  配"""\nsummary = "A\\nB"\n+++\n'
    pages, errors = loaded({"a.md": PAGE, "a.ja.md": translation})
    assert errors == []
    assert pages["a.ja.md"].record == {"title": "勾配", "summary": "A\nB"}


def test_a_function_may_have_words_in_one_language_alone(loaded):
    name = f"functions/{FUNCTION}.ja.md"
    pages, errors = loaded({name: PAGE})
    assert errors == []
    assert pages[name].url == f"ja/functions/{FUNCTION}/index.html"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("a.en.md", "a page without a language in its name is the English one"),
        ("ja.md", "ja/ is the folder of a language"),
        ("ja/a.md", "ja/ is the folder of a language"),
    ],
)
def test_the_folder_of_a_language_holds_its_translations_alone(loaded, name, what):
    _, [error] = loaded({name: PAGE})
    assert error.startswith(f"content/{name}: {what}. Fix: ")


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


# --- what is refused -------------------------------------------------------------------------

NAMES = [
    "A.md", "a b.md", "ä.md", "a.txt", "a.MD", "a", ".a.md", "a..md", "-a.md", "a.kor.md",
    "a.KO.md", "a\\b.md", "a:b.md", "a\n.md", "con.md", "nul.md", "com1.md", "01-con.md",
    "con.ko.md", "A/b.md", "con/a.md", "a./b.md", ".git/a.md", "a.b/c.md", "e\u0301.md", "a/..md",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_not_portable_is_refused(loaded, name):
    pages, (error,) = loaded({name: PAGE, "b.md": PAGE})
    assert [*pages] == ["b.md"]
    told = name.replace("\n", " ")  # a message is one line
    assert error.startswith(f"content/{told}: ")


@pytest.mark.parametrize("target", ["secret/b.md", "secret", "content/a.md", "none"])
def test_a_link_is_refused_and_never_followed(loaded, tmp_path, target):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/b.md").write_text(PAGE)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").symlink_to(tmp_path / target)
    pages, (error,) = loaded({"b.md": PAGE})
    assert [*pages] == ["b.md"]
    assert error.startswith("content/a.md: ")


@pytest.mark.parametrize(
    ("files", "refused"),
    [
        (["a.md", "a/index.md"], "a.md"),
        (["t/01-a.md", "t/02-a.md"], "t/02-a.md"),
        (["functions/none.md"], "functions/none.md"),
        (["a.md", "a.xx.md"], "a.xx.md"),
        (["a.ko.md"], "a.ko.md"),
    ],
)
def test_a_page_that_has_no_place_is_refused(loaded, files, refused):
    _, (error,) = loaded(dict.fromkeys(files, PAGE))
    assert error.startswith(f"content/{refused}: ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1), ("Words.\n", 1), ("+++\n", 1), ('+++\ntitle = "A"\n', 2), (f"\n{PAGE}", 1),
        (PAGE.replace("+++", "---"), 1), ("+++\n\n+++\n", 1), ('+++\ntitle = ""\n+++\n', 2),
        ("+++\ntitle = 1\n+++\n", 2), ("+++\n\ntitle = A\n+++\n", 3),
        ('+++\ntitle = "A"\nkind = "code"\n+++\n', 3), (b'+++\ntitle = "\xe4"\n+++\n', 2),
        (PAGE + "a\u202eb", 6), (PAGE + "\0", 6), (PAGE + "&#x1160;", 6),
        (PAGE + r'{{ "\u202e" }}', 6),
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_read_is_refused_at_its_line(loaded, text, line):
    _, (error,) = loaded({"a.md": text, "b.md": PAGE})
    assert error.startswith(f"content/a.md:{line}: ")


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
    assert pages.keys() == {
        "a.md",
        "c.md",
    }  # both have their places, and links to them lead there


@given(st.text() | st.text("abcon1-_.\\A: \t\n~", max_size=9))
def test_whatever_a_file_is_called_it_lands_inside_the_site_or_nowhere(
    tmp_path_factory, name
):
    root = tmp_path_factory.mktemp("named")
    path = root / "content" / f"{name.replace('/', '').replace(chr(0), '')}.md"
    path.parent.mkdir()
    with contextlib.suppress(OSError):  # a longer name than this machine has
        path.write_text(PAGE)
    pages, errors = load_pages(root, WORDS, FUNCTIONS)
    assert len(pages) + len(errors) == len([*path.parent.iterdir()])
    for page in pages:
        assert re.fullmatch(r"([a-z0-9][a-z0-9_-]*/)*(index|404)\.html", page.url)


# --- files that are published as they are ----------------------------------------------------

SCRIPT = """// gone
/* gone
   too */
  let a = '// kept'; // gone
  let d = 'so // kept'; // gone

\tb(); /* kept */
c(/x//2);
"""
SERVED = """let a = '// kept';
let d = 'so // kept';
b(); /* kept */
c(/x//2);
"""


def published(root, name, content):
    """What becomes of a file in templates/: the files of the site, and the faults."""
    path = root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    templates, errors = load_templates(root)
    files, _ = static_files(templates)
    return files, [str(error) for error in errors]


def test_a_file_is_published_as_it_is_and_a_script_without_comments(tmp_path):
    assert published(tmp_path, "static/deep/a.pdf", b"\0\xff // x\n")[1] == []
    assert published(tmp_path, "static/b.css", b"/* kept */\n  p {}\n")[1] == []
    files, errors = published(tmp_path, "static/c.js", SCRIPT.encode())
    assert errors == []
    assert files == {
        "static/deep/a.pdf": b"\0\xff // x\n",
        "static/b.css": b"/* kept */\n  p {}\n",
        "static/c.js": SERVED,
    }


@pytest.mark.parametrize(
    "name",
    [
        "A.js",
        "con.js",
        "con/a.css",
        "a b.css",
        ".a",
        "a--b.js",
        "\u00e9.svg",
        "a",
        "a.html",
    ],
)
def test_a_file_whose_name_is_not_portable_is_not_published(tmp_path, name):
    files, (error,) = published(tmp_path, f"static/{name}", b"a")
    assert files == {}
    assert error.startswith(f"templates/static/{name}: ")


@pytest.mark.parametrize(
    "name", ["static/a.js", "static/a.css", "a.html", "deep/a.txt"]
)
def test_a_text_that_is_not_utf_8_is_told_at_its_line(tmp_path, name):
    _, (error,) = published(tmp_path, name, b"a\n\xe9\n")
    assert error.startswith(f"templates/{name}:2: ")
