"""After any sequence of edits a build gives what a clean one gives, and makes no more than it must."""

import os
import random
import re
import subprocess
import sys

import pytest
from project import BASE_URL, copied

PAGE = '+++\ntitle = "{}"\n+++\n\nA few words.\n'
SYMPTOMS = """+++
title = "Symptoms"
+++

{{#
```pycon
>>> from collections import defaultdict
>>> points = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
>>> plots = defaultdict(lambda: (points, points + {}))
```
#}}
{{% set s = page | session %}}

## SciPy {{: #scipy }}

{{% for name in words.symptoms %}}
{{{{ drawn(name, *fields(*s.plots[name], scale="auto", roles=["book"])) }}}}

## {{{{ name }}}} {{: #{{{{ name }}}} }}
{{% endfor %}}
"""
OTHER = '{{ (pages | selectattr("slug", "equalto", "b") | first | session).r | count }}'
SETTING = """
```pycon
>>> np.set_printoptions(precision=3)
>>> _ = np.seterr(divide="ignore")
```
"""
PRINTING = """
```pycon
>>> np.array([1 / 3])
array([0.33333333])
>>> np.geterr()["divide"]
'warn'
```
"""
# What Python runs first: an edit of a source, once, when a build comes to import a module.
MEANWHILE = """
import sys
from pathlib import Path
class Editor:
    def find_spec(self, name, *_):
        source, once = Path({!r}), Path({!r})
        if name == "gradviz_core.{}" and not once.exists():
            once.touch()
            source.write_bytes(source.read_bytes().replace({!r}, {!r}))
sys.meta_path.insert(0, Editor())
"""
HOME = PAGE.format("Home") + '{% include "_symptoms.html" %}\n'


def words(project, chance):
    name = chance.choice(["about.md", "errata/layout.md", "tutorial/03-routine.md", "index.md"])
    path = project.root / "content" / name
    path.write_text(
        path.read_text(encoding="utf-8") + f"\nMore: {chance.randrange(1000)}.\n", encoding="utf-8"
    )


def title(project, chance):
    project.write("content/new.md", PAGE.format(f"New {chance.randrange(99)}"))


def no_page(project, chance):
    (project.root / "content/new.md").unlink(missing_ok=True)


def plots(project, chance):
    project.write("content/symptoms.md", SYMPTOMS.format(f"{chance.uniform(-1, 1):.3f}"))


def note(project, chance):
    path = project.root / "gradviz_core/registry/functions.toml"
    text = path.read_text(encoding="utf-8").replace('note = "', f'note = "{chance.choice("ABC")} ')
    path.write_text(text, encoding="utf-8")


def step(project, chance):
    """Another grid for a function: other numbers, other figures."""
    path = project.root / "gradviz_core/registry/functions.toml"
    head, table = path.read_text(encoding="utf-8").split("[plane]\n")
    table = re.sub(r"\Agrid = .*\n", "", table)
    grid = f"grid = [-1, {chance.randrange(2, 6)}, 1]\n"
    path.write_text(f"{head}[plane]\n{grid}{table}", encoding="utf-8")


def template(project, chance):
    project.replace("templates/base.html", "<main", f"<!-- {chance.random()} --><main")


def style(project, chance):
    path = project.root / "gradviz_core/figures.py"
    text = path.read_text(encoding="utf-8").replace("#0072b2", f"#0072b{chance.randrange(10)}")
    path.write_text(text, encoding="utf-8")


def holes(project, chance):
    """Some of what was kept is gone, and some is torn."""
    for path in sorted((project.root / ".cache").iterdir()):
        if chance.random() < 0.1:
            path.unlink()
        elif chance.random() < 0.1 and path.suffix == ".pickle":
            path.write_bytes(path.read_bytes()[:100])


EDITS = [words, title, no_page, plots, note, step, template, holes]


@pytest.mark.parametrize("seed", range(10 if os.environ.get("SOAK") else 1))
def test_after_any_edits_the_site_is_that_of_a_clean_build(small, tmp_path, seed):
    chance = random.Random(seed)
    plots(small, chance)
    small.write("content/index.md", HOME)
    for edit in [*chance.choices(EDITS, k=6), plots, *([style] if seed == 0 else [])]:
        edit(small, chance)
        done = small.build("--base-url", BASE_URL)
        assert done.returncode == 0, (edit.__name__, done.stderr)
    clean = copied(tmp_path / "clean", small.root)
    assert clean.build("--base-url", BASE_URL, "--no-cache").returncode == 0
    assert small.files() == clean.files()


def drawing(project, *arguments):
    done = project.build("-v", "--base-url", BASE_URL, *arguments)
    assert done.returncode == 0, done.stderr
    names = [line.removeprefix("drawing ") for line in done.stderr.splitlines()]
    return {name for name in names if name.startswith(("figures/", "cards/"))}


def test_an_edit_draws_its_own_figures_and_no_other(small):
    assert drawing(small) == set()
    words(small, random.Random(0))
    assert drawing(small) == set()
    step(small, random.Random(0))
    assert drawing(small) == {
        *(f"figures/plane-{kind}.{suffix}" for kind in ("correct", "buggy", "correct-autoscale", "buggy-autoscale") for suffix in ("svg", "png")),
        "cards/functions/plane.png",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("gradviz_core/figures.py", "#0072b2", "#0072b3"), ("gradviz_core/quiver.py", "1.8", "1.9")],
)
def test_an_edit_of_what_draws_draws_all(small, name, old, new):
    small.replace(name, old, new)
    files = small.files()
    pictures = {n for n in files if n.startswith(("figures/", "cards/"))}
    again = drawing(small)
    assert again <= pictures
    # Of two that are equal, one is drawn.
    assert {files[name] for name in again} == {files[name] for name in pictures}


def test_unchanged_files_are_the_same_in_the_new_site(small):
    assert small.build("--base-url", BASE_URL).returncode == 0
    before = {p.relative_to(small.site): p.stat().st_ino for p in small.site.rglob("*.*")}
    small.replace("content/about.md", "A few words", "Other words")
    assert small.build("--base-url", BASE_URL).returncode == 0
    after = {p.relative_to(small.site): p.stat().st_ino for p in small.site.rglob("*.*")}
    assert [str(name) for name in after if after[name] != before[name]] == ["about/index.html"]


def imported(project, *arguments):
    """The libraries that a build has imported."""
    script = "import atexit, runpy, sys; sys.argv[0] = 'build.py'; sys.path[0] = ''; "
    script += "atexit.register(lambda: print(*sys.modules)); "
    script += "runpy.run_path('build.py', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", script, "--base-url", BASE_URL, *arguments],
        cwd=project.root, text=True, capture_output=True, check=True,
    )  # fmt: skip
    return {"numpy", "matplotlib", "jinja2", "markdown"} & {*done.stdout.split()}


def test_a_build_imports_only_what_it_needs(small):
    assert imported(small) == set()
    words(small, random.Random(0))
    assert imported(small) == {"numpy", "jinja2", "markdown"}
    assert imported(small) == set()
    small.replace("content/about.md", "A few", "Fewer")
    assert "matplotlib" in imported(small, "--no-cache")


def test_a_site_that_was_tampered_with_is_made_again(small):
    before = small.files()
    for name in ("about/index.html", "figures/product-buggy.svg"):
        (small.site / name).write_text("something else")
        assert small.build("--base-url", BASE_URL, "--check").returncode == 1
        assert small.build("--base-url", BASE_URL).returncode == 0
        assert small.files() == before
    (small.site / "more.html").write_text("more")
    assert small.build("--base-url", BASE_URL).returncode == 0
    assert small.files() == before


def test_a_page_that_would_show_the_session_of_another_is_refused(small):
    """It would not be made again when that changes: only the plots of the symptoms are."""
    small.write("content/b.md", PAGE.format("B") + "\n```pycon\n>>> r = 1\n```\n")
    small.write("content/a.md", PAGE.format("A") + "\n" + OTHER + "\n")
    done = small.build()
    assert done.returncode == 1
    assert done.stderr.startswith("content/a.md:7: ")


def test_a_page_sets_nothing_for_others(small):
    small.write("content/a.md", PAGE.format("A") + SETTING)
    small.write("content/b.md", PAGE.format("B") + PRINTING)
    assert small.build("--jobs", "1").returncode == 0


def test_a_folder_with_any_name_is_seen_in_a_site(small):
    assert small.build().returncode == 0
    foreign = small.write("site/__pycache__/page.html", "foreign")
    assert small.build().returncode == 0
    assert not foreign.exists()
    small.write("site/foreign.pyc", "foreign")
    assert small.build("--check").returncode == 1
    small.write("content/foreign.pyc", "foreign")
    assert small.build().stderr.startswith("content/foreign.pyc: this name is not portable")
    (small.root / "content/foreign.pyc").unlink()
    assert small.build().returncode == 0
    assert not (small.site / "foreign.pyc").exists()
    (small.site / "index.html").chmod(0o600)
    assert small.build().returncode == 0
    assert (small.site / "index.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", ["content/link.md", "templates/static/link.css"])
def test_a_link_is_refused_though_nothing_else_has_changed(small, name):
    assert small.build().returncode == 0
    (small.root / name).symlink_to("about.md")
    refused = small.build()
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{name}: this is not a plain file.")


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-"])
def test_a_session_is_run_though_nobody_listens(small, closed):
    small.write("content/new.md", PAGE.format("New") + "\n```pycon\n>>> 1 + 1\n2\n\n```\n")
    done = subprocess.run(
        f'exec "{sys.executable}" build.py {closed}', cwd=small.root, shell=True, check=False
    )
    assert done.returncode == 0
    assert b"1 + 1" in re.sub(rb"</?span[^>]*>", b"", small.files()["new/index.html"])
    small.write("content/new.md", PAGE.format("New") + "\n```pycon\n>>> 1 + 1\n3\n\n```\n")
    done = subprocess.run(
        f'exec "{sys.executable}" build.py {closed}', cwd=small.root, shell=True, check=False
    )
    assert done.returncode == 1


def test_a_folder_in_the_place_of_a_file_is_seen(small):
    template = small.root / "templates/_call.html"
    assert small.build().returncode == 0
    template.rename(template.with_name("kept"))
    template.symlink_to("kept")
    assert small.build().returncode == 1
    template.unlink()
    template.mkdir()
    assert small.build().returncode == 1


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("gradviz_core/registry/functions.toml", b'note = "', b'note = "More: '),
        ("templates/page.html", b"<main", b"<!-- more --><main"),
        ("content/notes/one.md", b"A few", b"Not so few"),
    ],
)
@pytest.mark.parametrize("module", ["functions", "publish.render"])
def test_what_is_edited_while_it_is_read_is_made_again(drawn, tmp_path, module, name, old, new):
    project, clean = (copied(tmp_path / folder, drawn.root) for folder in ("project", "clean"))
    source, first = project.root / name, tmp_path / "sitecustomize.py"
    before = source.read_bytes()
    first.write_text(MEANWHILE.format(str(source), str(tmp_path / "once"), module, old, new))
    assert project.build(PYTHONPATH=str(tmp_path)).returncode == 0
    assert source.read_bytes() != before
    for content in (source.read_bytes(), before):
        source.write_bytes(content)
        (clean.root / name).write_bytes(content)
        assert project.build().returncode == 0
        assert clean.build("--no-cache").returncode == 0
        assert project.files() == clean.files()
