"""A trace of every function can be told, several on one page."""

import re

from gradviz_core import FUNCTIONS


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_traces_of_all_functions_stand_on_one_page(project):
    """The build refuses an id that stands twice, so none is needed to tell them apart."""
    every = "\n\n".join(f'{{{{ trace("{name}") }}}}' for name in FUNCTIONS)
    project.write("content/many.md", f'+++\ntitle = "Many"\n+++\n\n{every}\n')
    done = project.build("--time-limit", "0")
    assert done.returncode == 0, done.stderr
    html = project.files()["many/index.html"].decode()
    assert html.count('<figure class="trace"') == len(FUNCTIONS)
    assert html.count("trace.js") == 1
    assert not re.search(r"\b(nan|inf|None)\b", words(html))
