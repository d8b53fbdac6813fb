"""After any sequence of edits, and of losses, the site is that of a clean build."""

import random
import re

import pytest
from project import BASE_URL, REGISTRY, copied

COLOURS = "gradviz_core/registry/colours.toml"
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

## What comes before {{: #before-you-paste }}

## Where fixes of errors lead {{: #column }}

<span id="safe-call"></span>

{{% for name in words.without_plot %}}
## {{{{ name }}}} {{: #{{{{ name }}}} }}
{{% endfor %}}

{{% for name in words.symptoms %}}
{{{{ figure(name, *fields(*s.plots[name], scale="auto", roles=["book"])) }}}}

## {{{{ name }}}} {{: #{{{{ name }}}} }}
{{% endfor %}}
"""
# Another page that shows their plots.
PLOTS = PAGE.format("Plots") + '{% include "_symptoms.html" %}\n'


def edit_words_of_a_page(project, chance):
    name = chance.choice(["about", "errata/layout", "tutorial/03-routine", "index"])
    project.append(f"content/{name}.md", f"\nMore: {chance.randrange(1000)}.\n")


def add_a_page_or_title_it_anew(project, chance):
    project.write("content/new.md", PAGE.format(f"New {chance.randrange(99)}"))


def remove_a_page(project, chance):
    (project.root / "content/new.md").unlink(missing_ok=True)


def edit_plots_that_two_pages_show(project, chance):
    project.write(
        "content/symptoms.md", SYMPTOMS.format(f"{chance.uniform(-1, 1):.3f}")
    )


def edit_a_note(project, chance):
    text = project.read(REGISTRY).replace(
        'note = "', f'note = "{chance.choice("ABC")} '
    )
    project.write(REGISTRY, text)


def edit_a_grid(project, chance):
    """Other numbers, other figures."""
    head, table = project.read(REGISTRY).split("[plane]\n")
    table = re.sub(r"\Agrid = .*\n", "", table)
    grid = f"grid = [-1, {chance.randrange(2, 6)}, 1]\n"
    project.write(REGISTRY, f"{head}[plane]\n{grid}{table}")


def edit_a_template(project, chance):
    project.replace("templates/base.html", "<main", f"<!-- {chance.random()} --><main")


def edit_a_colour(project, chance):
    colour = f"#0072b{chance.randrange(10)}"
    text, count = re.subn("#0072b.", colour, project.read(COLOURS))
    assert count == 1
    project.write(COLOURS, text)


def lose_some_of_what_was_kept(project, chance):
    """Some of it is gone, and some is torn."""
    for path in sorted((project.root / ".cache").iterdir()):
        if chance.random() < 0.1:
            path.unlink()
        elif chance.random() < 0.1:
            path.write_bytes(path.read_bytes()[:100])


EDITS = [
    edit_words_of_a_page, add_a_page_or_title_it_anew, remove_a_page,
    edit_plots_that_two_pages_show, edit_a_note, edit_a_grid, edit_a_template, edit_a_colour,
    lose_some_of_what_was_kept,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_the_site_is_that_of_a_clean_build(small, tmp_path, seed):
    chance = random.Random(seed)
    small.write("content/plots.md", PLOTS)
    edit_plots_that_two_pages_show(small, chance)
    for edit in [*chance.choices(EDITS, k=6), edit_plots_that_two_pages_show]:
        edit(small, chance)
        small.rebuild("--base-url", BASE_URL)
    clean = copied(tmp_path / "clean", small.root)
    assert small.files() == clean.rebuild("--base-url", BASE_URL, "--no-cache")


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
SOURCES = {
    REGISTRY: ('note = "', 'note = "More: '),
    "templates/page.html": ("<main", "<!-- more --><main"),
    "content/notes/one.md": ("A few", "Not so few"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_edited_while_it_is_read_is_made_again(bare, tmp_path, name):
    session = MEANWHILE.format(name, str(tmp_path / "once"), *SOURCES[name])
    bare.write("content/a.md", PAGE.format("A") + session)
    before = bare.read(name)
    bare.rebuild("--jobs", "1")
    after = bare.read(name)
    assert after != before
    for number, text in enumerate((after, before)):
        bare.write(name, text)
        files = bare.rebuild()
        clean = copied(tmp_path / f"clean-{number}", bare.root)
        assert files == clean.rebuild("--no-cache")
