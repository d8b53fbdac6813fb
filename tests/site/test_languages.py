"""Every word of the interface can be translated: none is hidden in a template or a script.

A page of each kind stands here in a language that has no Latin letters, and so do the words of
the interface. What is left in Latin letters is code, or a word that nobody can translate.
"""

import json
import re
import tomllib

import pytest
from lxml import html
from project import REGISTRY, SITE, Project, with_site

WORDS = "gradviz_core/registry/strings/words.toml"
WORD = re.compile(r"[A-Za-z][a-z]+")
# Left as it is: a value to be put in, code, and the address of a menu.
KEPT = re.compile(r"(\{[^}]*\}|`[^`]*`|^/.*)")
SAID = (
    "alt",
    "title",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-valuetext",
)
# By these a script finds what is asked for: they are the same in all languages.
KEYS = {"data-severity", "data-visible", "data-status"}
CODE = {"code", "pre", "script", "style", "math", "samp", "kbd", "output"}
# Formats, and a language.
NAMES = {"PNG", "SVG", "CSV", "English"}
# A file, or what stands for a value.
FILE = re.compile(r"\b\w+\.(py|json|md)\b|\{\w+\}")
PICTURES = """
{{ pair("product") }}

{{ pair("product", "autoscale") }}

{{ trace("product") }}

{{ drawn("field", *fields([[0, 0], [1, 1]], [[0, 1], [1, 0]])) }}

{{ drawn("lines", curves([1, 2], [1, 2], names=["Ж"], labels=["x", "y"])) }}
"""
ERRATUM = """+++
title = "Ж"
summary = "Ж."
where = "Ж"
kind = "code"
wrong = "f(x)"
right = "f(y)"
[introduced]
date = 2016-07-07
[[changes]]
date = 2026-01-02
what = "Ж."
+++
"""
TRANSLATION = """+++
title = "Ж"
summary = "Ж."
where = "Ж"
[[changes]]
what = "Ж."
+++
"""
KINDS = (
    "index", "about", "errata/index", "errata/another", "tutorial/index", "tutorial/03-routine",
    "functions/index", "functions/exponential_bump", "playground/index",
)  # fmt: skip


def translated(text: str) -> str:
    """A text without a Latin letter, but for what stands for a value or is code."""
    parts = KEPT.split(text)
    return "".join(
        part if KEPT.fullmatch(part) else re.sub("[A-Za-z]", "ж", part)
        for part in parts
    )


def written(value: object) -> str:
    """A value of the words of the interface, translated, as TOML."""
    if isinstance(value, str):
        return json.dumps(translated(value), ensure_ascii=False)
    if isinstance(value, bool):
        return "false"
    if isinstance(value, list):
        return f"[{', '.join(written(each) for each in value)}]"
    pairs = [f"{json.dumps(key)} = {written(each)}" for key, each in value.items()]
    return f"{{{', '.join(pairs)}}}"


def words_of(project: Project) -> dict:
    """The words of the interface and of the site, without the names of functions."""
    words = tomllib.loads(project.read(WORDS))
    for name, table in tomllib.loads(project.read(SITE)).items():
        if name != "chosen":
            is_table = isinstance(table, dict)
            words[name] = {**words.get(name, {}), **table} if is_table else table
    return words


@pytest.fixture(scope="module")
def foreign(model: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A miniature in two languages, of which one is none."""
    project = with_site(model, tmp_path_factory.mktemp("foreign") / "gradviz")
    words = words_of(project)
    words["language"] = {"name": "Ж", "tag": "xx", "complete": False}
    lines = [f"{json.dumps(key)} = {written(value)}\n" for key, value in words.items()]
    project.write("gradviz_core/registry/strings/words.xx.toml", "".join(lines))
    registry = re.sub(
        r"^(title|note) = .*", r'\1 = "Ж"', project.read(REGISTRY), flags=re.M
    )
    project.write(REGISTRY, registry)
    project.write("content/errata/another.md", ERRATUM)
    for name in KINDS:
        page = (
            TRANSLATION
            if name == "errata/another"
            else '+++\ntitle = "Ж"\nsummary = "Ж."\n+++\n'
        )
        project.write(
            f"content/{name}.xx.md", f"{page}\n## Ж\n\n## Жж\n\n## Жжж\n{PICTURES}"
        )
    project.rebuild()
    return project


def said(page: str) -> list[str]:
    """What people read of a page, or hear, save for its code."""
    body = html.document_fromstring(page).body
    texts = []
    for element in body.iter():
        if not isinstance(element.tag, str):  # a comment
            continue
        if element.get("lang") == "en":  # the title of a page that is not translated
            texts.append(element.tail or "")
            continue
        if {element.tag, *(above.tag for above in element.iterancestors())} & CODE:
            texts.append(element.tail or "")
            continue
        texts += [element.text or "", element.tail or ""]
        for name, value in element.items():
            is_text = name.startswith("data-") and " " in value and name not in KEYS
            if name in SAID or is_text:
                texts.append(value)
    return texts


@pytest.mark.parametrize("name", KINDS)
def test_a_page_says_no_word_that_cannot_be_translated(foreign, name):
    path = re.sub(r"(^|/)index$", "", re.sub(r"\d\d-", "", name))
    page = foreign.page(f"xx/{path}/index.html" if path else "xx/index.html")
    texts = said(page)
    assert "Ж" in "".join(texts)
    words = {word for text in texts for word in WORD.findall(FILE.sub("", text))}
    assert words <= NAMES


def carried(value: object) -> list[str]:
    """All texts in what a page hands to its script."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [text for each in inner for text in carried(each)]


COMMENT = re.compile(r'# ([^\n]*)|"""(.*?)"""|, "([^"#\n]*)"\)', re.DOTALL)
DRAWN_TEXT = re.compile(r"<text[^>]*>([^<]*)<")


def test_the_playground_hands_its_script_no_word_that_cannot_be_translated(foreign):
    page = html.document_fromstring(foreign.page("xx/playground/index.html"))
    data = json.loads(page.xpath("//form//script[@type='application/json']")[0].text)
    texts = [
        text
        for name in ("words", "caption", "names", "list", "number")
        for text in carried(data[name])
        if not text.startswith("/")
    ]
    assert len(texts) > 200
    for name in ("script", "all", "thinning"):
        comments = COMMENT.findall(data["script"][name])
        texts += [part for groups in comments for part in groups]
    texts += DRAWN_TEXT.findall(data["file"])
    for text in texts:
        plain = re.sub(r"\{[^{}]*\}|`[^`]*`", "", text)
        assert not re.search("[A-Za-z]{2}", plain), text


STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|`(?:\\.|[^`\\])*`')

OLD_PRINT = "not Python 3: print needs parentheses"
# Values of what is read in a script, for which pages have words.
VALUES = {"two numbers", "math domain", "the lambda", OLD_PRINT}
SENTENCE = re.compile(r"[A-Za-z][a-z]+,? [a-z]{2,}")


def test_a_script_says_no_words_that_cannot_be_translated(built):
    """Its own complaints are for developers: pages word their reasons anew.

    So are the messages of findings, which stand in the scripts that are joined alone.
    """
    static = built.site / "static"
    # What a page loads; the file for programs brings its English words along.
    names = {path.relative_to(static).as_posix() for path in static.rglob("*.js")}
    names -= {"gradviz.js"}
    assert len(names) > 3
    for name in names:
        complaints = r'new [\w.]*Error\(.*|throw new [^;]*;|fail\(.*|^"use strict";'
        code = re.sub(complaints, "", built.page(f"static/{name}"), flags=re.M)
        for string in STRING.findall(code):
            shown = re.sub(r"\$\{[^}]*\}|\btbody t[dr]\b|\.[\w-]+ button\b", "", string)
            is_value = string.strip('"') in VALUES
            assert is_value or not SENTENCE.search(shown), (name, string)
