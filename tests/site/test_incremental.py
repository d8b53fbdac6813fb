"""After an edit a build gives what a clean one gives, and makes no more than it must.

Each edit is of another kind: what decides a page, or a figure, is in the name by which it is
kept. tests/slow edits at random and at length.
"""

import json
import os
import pickle
import re
import shutil
import sys

import pytest
from project import ANOTHER_BOOK, BASE_URL, REGISTRY, ROOT, Project, copied

PAGE = '+++\ntitle = "{}"\n+++\n\nA few words.\n'


def drawn_by(project: Project, *arguments: str) -> set[str]:
    """Build, and give the pictures that had to be drawn."""
    done = project.build("-v", *arguments)
    assert done.returncode == 0, done.stderr
    return {*re.findall("^drawing ((?:figures|cards)/.*)$", done.stderr, re.MULTILINE)}


def assert_as_a_clean_build(project: Project, folder, *arguments: str) -> None:
    """Assert that nothing of a site has come from an earlier build and is out of date."""
    clean = copied(folder, project.root)
    files = clean.rebuild("--no-cache", *arguments)
    kept = project.files()
    assert [name for name in files if kept.get(name) != files[name]] == []
    assert kept.keys() == files.keys()


def edit_front_matter(project):
    project.replace("content/errata/integer.md", 'title = "', 'title = "More: ')


def edit_other_page(project):
    project.append("content/about.md", "\nMore, as [a page](/use/) says.\n")


def some_file(project, pattern):
    """The last file below the templates that is called so, whatever its name is today."""
    *_, path = sorted((project.root / "templates").glob(pattern))
    return path.relative_to(project.root).as_posix()


def edit_template(project):
    included = r'\{%-? include "(.+?)"'
    name = re.search(included, project.read("templates/base.html"))[1]
    project.append(f"templates/{name}", "<!-- more -->")


def edit_style_sheet(project):
    name = some_file(project, "static/css/*.css")
    project.append(name, "\n.more { color: inherit; }\n")


def edit_script(project):
    name = some_file(project, "static/playground/*.js")
    project.append(name, "\nlet more = 1;\n")


def edit_words(project):
    project.replace(
        "gradviz_core/registry/strings/words.toml", 'next = "Next"', 'next = "Further"'
    )


def edit_note(project):
    project.replace(REGISTRY, 'note = "The slope', 'note = "More: the slope')


def edit_measurement_of_speed(project):
    project.replace("benchmarks/results.json", '"date": "20', '"date": "19')


def add_page(project):
    project.write("content/tutorial/04-more.md", PAGE.format("More"))


def remove_page(project):
    (project.root / "content/questions.md").unlink()
    project.replace("content/site.toml", ', "/questions/"]', "]")


# Those that decide more pages come first: what they make again must not mend what others left.
# Edits that decide different pages are made at once.
EDITS = [
    [edit_words], [edit_template], [edit_style_sheet, edit_script],
    [edit_measurement_of_speed], [edit_note, edit_front_matter], [add_page, remove_page],
    [edit_other_page],
]  # fmt: skip


def test_after_each_kind_of_edit_the_site_is_that_of_a_clean_build(few, tmp_path):
    few.replace(REGISTRY, "[plane]\n", "[plane]\ngrid = [-1, 3, 1]\n")
    assert drawn_by(few) == {
        f"figures/plane-{kind}{scale}.{suffix}"
        for kind in ("correct", "buggy")
        for scale in ("", "-autoscale")
        for suffix in ("svg", "png")
    }
    for edits in EDITS:
        before = few.files()
        for edit in edits:
            edit(few)
        assert drawn_by(few) == set(), edits
        assert few.files() != before, edits
    assert_as_a_clean_build(few, tmp_path / "clean")


def test_what_is_not_found_says_what_another_page_now_says(bare):
    shown = "{{ content }}{% for _, text in parts %}{{ text }}{% endfor %}"
    bare.replace("templates/page.html", "{{ content }}", shown)
    bare.write("content/404.md", PAGE.format("Not found"))
    name = "gradviz_core/registry/strings/words.ko.toml"
    bare.write(name, '[language]\nname = "한국어"\ntag = "ko"\n')
    bare.write("content/404.ko.md", PAGE.format("없음"))
    bare.rebuild()
    bare.replace("content/404.ko.md", "A few words.", "다른 말.")
    bare.rebuild()
    assert "다른 말." in bare.page("404.html")


def edit_colour(project):
    project.replace("gradviz_core/registry/colours.toml", "#0072b2", "#0072b3")


def edit_style_of_figures(project):
    (style,) = (project.root / "gradviz_core").rglob("*.mplstyle")
    text = style.read_text(encoding="utf-8")
    style.write_text(re.sub("(font.size *: *).*", r"\g<1>11", text), encoding="utf-8")


@pytest.mark.parametrize("edit", [edit_colour, edit_style_of_figures])
def test_after_an_edit_of_what_draws_all_is_drawn_again(bare, edit):
    before = bare.files()
    edit(bare)
    drawn = drawn_by(bare)
    after = bare.files()
    pictures = [name for name in before if name.startswith("figures/")]
    # Of two that are equal, one is drawn.
    assert {before[name] for name in drawn} == {before[name] for name in pictures}
    assert any(after[name] != before[name] for name in pictures)


def test_after_another_title_its_card_is_drawn_again_and_no_other(bare, tmp_path):
    bare.rebuild("--base-url", BASE_URL)
    bare.replace("content/notes/one.md", 'title = "One"', 'title = "Another"')
    assert drawn_by(bare, "--base-url", BASE_URL) == {"cards/notes/one.png"}
    assert_as_a_clean_build(bare, tmp_path / "clean", "--base-url", BASE_URL)


def test_what_is_kept_may_be_lost_or_torn(bare):
    before = bare.files()
    kept = sorted((bare.root / ".cache").iterdir())
    for number, path in enumerate(kept):
        if number % 3 == 0:
            path.unlink()
        elif number % 3 == 1:
            path.write_bytes(path.read_bytes()[:100])
    shutil.rmtree(bare.site)
    assert bare.rebuild() == before


def test_unchanged_files_are_the_same_in_the_new_site(bare):
    def inodes():
        files = (path for path in bare.site.rglob("*") if path.is_file())
        return {
            path.relative_to(bare.site).as_posix(): path.stat().st_ino for path in files
        }

    before = inodes()
    bare.replace("content/notes/one.md", "A few", "Other")
    bare.rebuild()
    after = inodes()
    assert [name for name in after if after[name] != before[name]] == [
        "notes/one/index.html"
    ]


IMPORTED = """
import build, sys
assert build.main([]) == 0
print(*sys.modules)
"""


def test_a_build_imports_only_what_it_needs(bare):
    """What takes long to import is not needed where nothing is to be done, or to be drawn."""
    libraries = {"numpy", "matplotlib", "jinja2", "markdown"}
    bare.rebuild()  # the files of a copied site are others: they are compared once
    nothing = bare.run(sys.executable, "-c", IMPORTED)
    assert {*nothing.stdout.split()} & libraries == set()
    bare.replace("content/notes/one.md", "A few", "Other")
    page = bare.run(sys.executable, "-c", IMPORTED)
    assert {*page.stdout.split()} & libraries == libraries - {"matplotlib"}


def test_a_site_that_was_tampered_with_is_made_again(bare):
    before = bare.files()
    (bare.site / "notes/one/index.html").write_text("something else")
    assert bare.build("--check").returncode == 1
    assert bare.rebuild() == before
    page = bare.site / "notes/one/index.html"
    status = page.stat()
    page.write_text(page.read_text().replace("few", "wee"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert bare.build("--check").returncode == 1
    assert bare.rebuild() == before
    (bare.site / "more.html").write_text("more")
    (bare.site / "index.html").chmod(0o600)
    assert bare.rebuild() == before
    assert (bare.site / "index.html").stat().st_mode & 0o777 == 0o644


SESSION = "\n```pycon\n>>> r = 1\n>>> arrows = np.array([[r, 0], [0, r]])\n```\n"
DRAWING = """
{% set s = page | session %}
{{ figure("two", *fields(s.arrows, s.arrows)) }}
"""


def test_the_numbers_behind_a_picture_are_written_again(bare):
    bare.write("content/a.md", PAGE.format("A") + SESSION + DRAWING)
    bare.rebuild()
    bare.replace("content/a.md", "r = 1", "r = 2")
    bare.rebuild()
    numbers = bare.page("figures/a/two.csv").splitlines()
    assert numbers[1:] == ["2,0,2,0", "0,2,0,2"]


def test_a_translation_is_made_again_when_the_session_of_its_original_changes(bare):
    name = "gradviz_core/registry/strings/words.ja.toml"
    bare.write(name, '[language]\nname = "日本語"\ntag = "ja"\n')
    bare.write("content/a.md", PAGE.format("A") + SESSION)
    shown = "\n{{ (page | session).r | count }}個\n"
    bare.write("content/a.ja.md", PAGE.format("甲") + shown)
    bare.rebuild()
    bare.replace("content/a.md", "r = 1", "r = 2")
    bare.rebuild()
    assert "2個" in bare.page("ja/a/index.html")


def test_with_another_address_the_site_is_made_again(bare):
    for address in (BASE_URL, "https://example.org/other/"):
        bare.rebuild("--base-url", address)
        assert f"<loc>{address}</loc>" in bare.page("sitemap.xml")


def test_a_link_to_a_file_that_is_gone_is_refused(bare):
    file = bare.write("templates/static/more.txt", "More.\n")
    bare.append("content/notes/one.md", "\n[More](/static/more.txt)\n")
    bare.rebuild()
    file.unlink()
    done = bare.build()
    assert done.returncode == 1
    assert done.stderr.startswith("content/notes/one.md:7: ")


def test_the_routine_of_another_book_is_measured_at_once(bare):
    bare.write("book.py", ANOTHER_BOOK)
    bare.rebuild()
    assert json.loads(bare.page("data/functions.json"))["step"] == 1e-5


SHOWING = (
    '{{ (pages | selectattr("slug", "equalto", "b") | first | session).r | count }}'
)


def test_a_page_that_would_show_the_session_of_another_is_refused(bare):
    """It would not be made again when that changes."""
    bare.write("content/b.md", PAGE.format("B") + "\n```pycon\n>>> r = 1\n```\n")
    bare.write("content/a.md", PAGE.format("A") + f"\n{SHOWING}\n")
    done = bare.build()
    assert done.returncode == 1
    assert done.stderr.startswith("content/a.md:7: ")


# What a page has whose session notes in a file, each time that the page is rendered, its name.
NOTING = """
```pycon
>>> with open({file!r}, "a") as notes:
...     _ = notes.write("{name} ")
>>> r = 1
```
"""
SHOWN_R = (
    '{{ (pages | selectattr("slug", "equalto", "whole") | first | session).r | count }}'
)


def test_an_edit_of_an_erratum_renders_it_and_all_that_show_it_and_no_other_page(
    bare, tmp_path
):
    notes = tmp_path / "notes"

    def rendered_by_edit(old, new):
        """Edit the erratum, and give the pages that were rendered then."""
        notes.write_text("")
        bare.replace("content/errata/whole.md", old, new)
        bare.rebuild()
        return {*notes.read_text().split()}

    bare.write("templates/_whole.html", SHOWN_R)
    for name in ("first", "deeper/second", "other"):
        text = PAGE.format(name) + NOTING.format(file=str(notes), name=name)
        if name != "other":
            text += '\n{% include "_whole.html" %} arrows\n'
        bare.write(f"content/{name}.md", text)
    _, record, _ = (ROOT / "content/errata/integer.md").read_text().split("+++\n", 2)
    record = re.sub(r"(?ms)^\[picture\]\n.*?(?=^\[|\Z)", "", record)
    text = (
        NOTING.format(file=str(notes), name="whole")
        + "\n{{ (page | session).r }} arrows\n"
    )
    bare.write("content/errata/whole.md", f"+++\n{record}+++\n{text}")
    bare.rebuild()

    showing = {"whole", "first", "deeper/second"}
    assert rendered_by_edit("r = 1", "r = 2") == showing
    for name in ("errata/whole", "first", "deeper/second"):
        assert "2 arrows" in bare.page(f"{name}/index.html")
    # Any page may name an erratum by its title, as lists do.
    assert rendered_by_edit('title = "', 'title = "More: ') == {*showing, "other"}


SETTING = """
```pycon
>>> np.set_printoptions(precision=3)
>>> _ = np.seterr(divide="ignore")
>>> np.sin = np.cos
>>> float(np.sin(0.0))
1.0
```
"""
PRINTING = """
```pycon
>>> np.array([1 / 3])
array([0.33333333])
>>> np.geterr()["divide"]
'warn'
>>> float(np.sin(0.0))
0.0
```
"""


def test_a_page_sets_nothing_for_others(bare):
    bare.write("content/a.md", PAGE.format("A") + SETTING)
    bare.write("content/b.md", PAGE.format("B") + PRINTING)
    bare.rebuild("--jobs", "1")


# The first run of this session edits a source, as an editor would that saves meanwhile.
MEANWHILE = """
```pycon
>>> from pathlib import Path
>>> source, once = Path("../{}"), Path({!r})
>>> if not once.exists():
...     once.touch()
...     _ = source.write_text(source.read_text().replace({!r}, {!r}))
```
"""


def test_what_is_edited_while_it_is_read_is_made_again(bare, tmp_path):
    name = "templates/page.html"
    edit = ("<main", "<!-- more --><main")
    session = MEANWHILE.format(name, str(tmp_path / "once"), *edit)
    bare.write("content/a.md", PAGE.format("A") + session)
    before = bare.read(name)
    bare.rebuild("--jobs", "1")
    assert bare.read(name) != before
    bare.write(name, before)
    bare.rebuild()
    assert_as_a_clean_build(bare, tmp_path / "clean")


# A build that finds an edit after it has noted how its sources are, and before it reads them.
EDITED = """
import sys
from pathlib import Path
import build
from gradviz_core.publish.sources import Sources
noted = Sources.__init__
def edited(sources, root):
    noted(sources, root)
    page = Path(root, "content/notes/one.md")
    page.write_text(page.read_text().replace("A few", "Other"))
Sources.__init__ = edited
sys.exit(build.main([]))
"""


def test_an_edit_before_it_is_read_leaves_no_site_that_counts_as_that_before_it(bare):
    before = bare.read("content/notes/one.md")
    bare.append("content/index.md", "\nMore.\n")
    assert bare.run(sys.executable, "-c", EDITED).returncode == 0
    assert "Other more" in bare.page("notes/one/index.html")
    bare.write("content/notes/one.md", before)
    assert bare.build("--check").returncode == 1
    bare.rebuild()
    assert "A few more" in bare.page("notes/one/index.html")


def test_an_edit_after_it_was_read_is_not_missed(bare, tmp_path):
    name = "content/notes/one.md"
    session = MEANWHILE.format(name, str(tmp_path / "once"), "A few", "Other")
    bare.write("content/a.md", PAGE.format("A") + session)
    bare.rebuild("--jobs", "1")
    assert "Other" in bare.read(name)
    assert "A few more" in bare.page("notes/one/index.html")
    assert bare.build("--check").returncode == 1
    bare.rebuild()
    assert "Other more" in bare.page("notes/one/index.html")


WITHOUT = """
import os, signal, sys
sys.modules["fcntl"] = None
del os.fork, os.register_at_fork, signal.setitimer, signal.pthread_sigmask
import build
sys.exit(build.main([]))
"""


def test_it_builds_the_same_where_there_is_no_fork_and_no_lock(bare):
    before = bare.rebuild("--no-cache")
    bare.write("content/new.md", PAGE)
    with_new = bare.rebuild()
    assert with_new != before
    (bare.root / "content/new.md").unlink()
    done = bare.run(sys.executable, "-c", WITHOUT)
    assert done.returncode == 0, done.stderr
    assert bare.files() == before


class Trap:
    """An entry that runs code when it is read."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (self.path, "w")


def test_no_entry_that_came_with_a_clone_is_read(bare, tmp_path):
    bare.rebuild()
    entries = [*(bare.root / ".cache").glob("*.pickle")]
    assert entries
    trap = tmp_path / "sprung"
    for entry in entries:
        signature = entry.read_bytes()[:32]
        entry.write_bytes(signature + pickle.dumps(Trap(str(trap))))
    bare.append("content/index.md", "\n")
    assert bare.build().returncode == 0
    assert not trap.exists()


def test_what_was_kept_elsewhere_is_made_again(bare, tmp_path):
    before = bare.files()
    done = bare.build("-v", XDG_STATE_HOME=str(tmp_path))
    assert done.returncode == 0
    assert re.search(r"drawing figures/", done.stderr)
    assert bare.files() == before
