"""What a translation may not change, and not leave in English."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from gradviz_core.content.pages import Page
from gradviz_core.publish.environment import named_values, new_environment
from gradviz_core.publish.language_rules import english_blocks, language_errors
from gradviz_core.publish.language_rules import english_errors as errors_of_blocks
from gradviz_core.publish.site_rules import english_errors
from gradviz_core.publish.translation_rules import Comparison, Structure

HEADING = '<h2 id="{0}">A<a class="headerlink" href="#{0}">#</a></h2>'
ORIGINAL = HEADING.format("why") + '<a href="/a/">a</a> <a href="/b/#c">b</a>'


def page(language: str, body: str) -> Page:
    """A page in a language, whose original stands at /x/."""
    folder = "" if language == "en" else f"{language}/"
    source = "x.md" if language == "en" else f"x.{language}.md"
    url = f"{folder}x/index.html"
    return Page(source, url, "page", body=body, text=body, language=language)


def told(text: str, html: str) -> list[str]:
    """What is said of a translation with this text, and what that is rendered to."""
    original = Structure.of(ORIGINAL, (), "en")
    own = Structure.of(html, (), "ja")
    compared = Comparison(page("ja", text), own, page("en", ""), original)
    return [str(error) for error in compared.errors()]


@pytest.mark.parametrize(
    "html",
    [
        ORIGINAL,
        HEADING.format("why") + '<a href="/b/#c">b</a> <a href="/ja/a/">a</a>',
        ORIGINAL + HEADING.format("more") + '<a href="https://example.org/">x</a>',
        HEADING.format("why") + '<a href="/x/">in English</a>',
    ],
)
def test_a_translation_has_the_ids_and_links_of_its_original_in_any_order(html):
    assert told("", html) == []


def test_an_id_that_a_translation_changes_is_told_at_its_line():
    html = ORIGINAL.replace("why", "reason")
    assert told("\n## A {: #reason }\n", html) == [
        "x.ja.md:2: the id why of x.md is missing. Fix: write it in the place of reason"
    ]


def test_a_link_that_a_translation_changes_is_told_at_its_line():
    html = ORIGINAL.replace("/b/#c", "/b/#d")
    assert told("[a](/b/#dd)\n[b](/b/#d)", html) == [
        "x.ja.md:2: the link /b/#c of x.md is missing. "
        "Fix: write it in the place of /b/#d"
    ]


TABLE = "<table>\n<tr>\n<td>✗ a\n</tr>\n<tr>\n<td>✓ b\n</tr>\n</table>"


def compared(
    original: str, translation: str, text: str, *, is_current: bool = True
) -> list[str]:
    """What is said of a translation beside its original, both given as HTML."""
    expected = Structure.of(original, (), "en")
    present = Structure.of(translation, (), "ja")
    english, japanese = page("en", ""), page("ja", text)
    japanese.record["translates"] = english.hash if is_current else "0123456789ab"
    compared = Comparison(japanese, present, english, expected)
    return [str(error) for error in compared.errors()]


TABLES = TABLE + HEADING.format("why") + TABLE
SHORTER = TABLE.replace("<tr>\n<td>✗ a\n</tr>\n", "")
EXCHANGED = TABLE.replace("✗ a", "✓ a").replace("✓ b", "✗ b")
TYPED = "\n[A](#why)\n\n## A {: #why }\n"


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (SHORTER, "rows of a table here: 1, in x.md: 2. Fix: give it the same rows"),
        ("", "tables in this section: 0, in x.md: 1. Fix: translate what is missing"),
        (
            EXCHANGED,
            "marks of a table here: ✓✗, in x.md: ✗✓. Fix: write them in the same order",
        ),
    ],
)
def test_a_table_that_a_translation_changes_is_told_at_its_section(second, told):
    changed = TABLE + HEADING.format("why") + second
    assert compared(TABLES, changed, TYPED) == [f"x.ja.md:4: {told}"]


@pytest.mark.parametrize(
    "changed",
    [
        TABLES,
        SHORTER + TABLES,  # a note with a table of its own
        TABLES.replace("✗ a", "a"),  # and wrong is said in words
        "<b>✓ is right, and ✗ wrong.</b>" + TABLES,
    ],
)
def test_a_translation_may_have_a_table_of_its_own_and_other_words_for_a_mark(changed):
    original = "<b>✗ is wrong, and ✓ right.</b>" + TABLES
    assert compared(original, changed, TYPED) == []


SECTIONS = (
    "<p>One.</p>" + HEADING.format("why") + "<p>Two:</p><p>$x$</p><p>with x.</p>"
    "<ul><li><p>Three.</p></li><li>Four.</li></ul>"
)
TRANSLATED = SECTIONS.replace("<p>with x.</p>", "")  # it is said above the formula


@pytest.mark.parametrize(
    ("lost", "line", "counts"),
    [
        ("<p>One.</p>", 3, (0, 1)),
        ("<p>Two:</p>", 6, (3, 4)),
        ("<li>Four.</li>", 6, (3, 4)),
    ],
)
def test_a_section_that_has_lost_a_paragraph_is_told_at_its_heading(lost, line, counts):
    typed = "\n\nOne, as in [A](#why).\n\n\n## A {: #why }\n"
    present, expected = counts
    assert compared(SECTIONS, TRANSLATED.replace(lost, ""), typed) == [
        f"x.ja.md:{line}: paragraphs and items in this section: "
        f"{present}, in x.md: {expected}. Fix: translate what is missing, or divide it as there"
    ]


def test_the_text_of_a_translation_that_is_out_of_date_is_not_compared():
    shorter = TRANSLATED.replace("<li>Four.</li>", "")
    typed = "\n\nOne, as in [A](#why).\n\n\n## A {: #why }\n"
    assert compared(SECTIONS, shorter, typed) != []
    assert compared(SECTIONS, shorter, typed, is_current=False) == []


@pytest.mark.parametrize(
    "changed",
    [
        TRANSLATED,
        TRANSLATED.replace("<p>Two:", "<p>f(x):"),
        TRANSLATED.replace("<li><p>Three.</p></li>", "<li>Three.</li>"),
        SECTIONS + "<p>A note on the language.</p>",
    ],
)
def test_a_translation_may_end_a_sentence_earlier_and_have_a_note(changed):
    assert compared(SECTIONS, changed, "") == []


def test_a_link_that_a_translation_leaves_out_is_told():
    html = ORIGINAL.replace('<a href="/a/">a</a>', "")
    assert told("", html) == ["x.ja.md: the link /a/ of x.md is missing. Fix: add it"]


ENGLISH = """
A paragraph of several words
that ends here.

- An item of a list, too.
- `np.sum(x) for x in points`
- NumPy 2

```
a line of code that is the same
```
"""


def english_left(body: str, *, complete: bool) -> list[str]:
    """What is said of a page in Japanese, whose original is `ENGLISH`."""
    words = {"en": {"complete": True}, "ja": {"complete": complete}}
    site = SimpleNamespace(
        pages=[page("en", ENGLISH), page("ja", body)],
        words={language: {"language": own} for language, own in words.items()},
    )
    return [str(error) for error in english_errors(site, pages={})]


def test_a_paragraph_or_an_item_left_in_english_is_told_if_the_language_is_complete():
    body = ENGLISH.replace("words\nthat", "words that")
    assert english_left(body, complete=True) == [
        "x.ja.md:2: this is still English. Fix: say it in the language",
        "x.ja.md:4: this is still English. Fix: say it in the language",
    ]
    assert english_left(body, complete=False) == []


def test_what_is_code_or_a_name_may_stay():
    body = ENGLISH.replace("A paragraph of several", "一").replace("An item of", "二")
    assert english_left(body, complete=True) == []


KOREAN = "점들은 한 행에 하나씩 넘겨야 합니다. 그러면 기울기가 맞습니다."
CHINESE = "每一行是一个点。这样得到的梯度是正确的，图中的箭头也是正确的。"
JAPANESE = "1行を1つの点として渡すと、勾配は正しくなり、矢印も正しく描かれます。"


def with_body(language: str, body: str) -> Page:
    """A page without front matter."""
    return replace(page(language, body), text="")


@pytest.mark.parametrize(
    ("text", "language"), [(KOREAN, "ko"), (CHINESE, "zh"), (JAPANESE, "ja")]
)
def test_a_paragraph_in_a_third_language_is_told_at_its_line(text, language):
    for of_page in ("ja", "ko", "zh"):
        told = language_errors(with_body(of_page, f"\n{text}\n\n`{JAPANESE}` x[0]\n"))
        here = f"this is written in {language}, on a page in {of_page}"
        expected = [f"x.{of_page}.md:2: {here}. Fix: say it in {of_page}"]
        assert [str(error) for error in told] == expected * (language != of_page)


@pytest.mark.parametrize(
    ("quoted", "language"),
    [
        (f"**{KOREAN[:9]}** {JAPANESE}", "ja"),
        (f"{CHINESE}《ゼロから作るDeep Learning》", "zh"),
        (f"{KOREAN} (数値微分)", "ko"),
        ("数値微分、中心差分", "ja"),
        (f"```text\n{KOREAN}\n```", "zh"),
    ],
)
def test_a_name_or_code_may_be_in_a_third_language(quoted, language):
    assert [*language_errors(with_body(language, quoted))] == []


def test_a_summary_in_a_third_language_is_told_at_its_line():
    typed = f'+++\ntitle = "그림"\nsummary = "{JAPANESE}"\n+++\n'
    [error] = language_errors(replace(page("ko", ""), text=typed))
    assert str(error).startswith("x.ko.md:3: this is written in ja, on a page in ko. ")


def test_a_summary_left_in_english_is_told_at_its_line():
    summary = 'summary = "It is still the summary of the original."'
    typed = [f'+++\ntitle = "{title}"\n{summary}\n+++\n' for title in ("A", "그림")]
    blocks = [
        english_blocks(replace(page("ko", ""), text=each, body="")) for each in typed
    ]
    [error] = errors_of_blocks(page("ko", ""), blocks[1], blocks[0])
    assert str(error).startswith("x.ko.md:3: this is still English. ")


# Expressions: of an original, of its translation, and what is said of the second.
EXPRESSIONS = [
    ("{{ s.a }} of {{ s.b | short }}", "{{ s.b | short }}の{{ s.a }}", []),
    ("{{ s.a }}", "{{ s.a }}、{{ s.a }}と{{ s.b }}", []),
    ("{{ words.a }} {{ s.a }}", "{{ words.b }} {{ s.a }}", []),
    ("{{ s.a }}", "{% set called = {1: 'x'} %}{{ called[s.a] }}", []),
    ("{% for t in s.a %}{{ t.b }}{% endfor %}", "{{ s.a[0] }}", []),
    (
        "{% set t = s.a %}{{ s.b.c }}{{ t }}",
        "{% set t = s.a %}{{ s.b.c }}{{ s.b.d }}",
        ["x.ja.md:1: s.b.d stands where x.md shows t. Fix: write t"],
    ),
    (
        "{% set s = page %}{{ s.a }}",
        "{% set s = page %}{{ s.b }}",
        ["x.ja.md:1: s.b stands where x.md shows s.a. Fix: write s.a"],
    ),
    (
        "{{ s.a }}\n{{ s.b }} {{ s.a }}",
        "{{ s.a }}\n{{ s.b }} {{ s.b }}",
        ["x.ja.md:2: s.b stands where x.md shows s.a. Fix: write s.a"],
    ),
    (
        "{{ s.a }} {{ s.b }}",
        "{% if s.c %}{% endif %}\n{{ s.d }}",
        [
            "x.ja.md:1: s.c stands where x.md shows s.a. Fix: write s.a",
            "x.ja.md:2: s.d stands where x.md shows s.b. Fix: write s.b",
        ],
    ),
]


@pytest.mark.parametrize(("original", "translation", "expected"), EXPRESSIONS)
def test_the_values_of_a_translation_are_those_of_its_original(
    original, translation, expected
):
    environment = new_environment(Path(), {}, {"short": str})

    def structure(text: str, language: str) -> Structure:
        return Structure.of("", named_values(environment, text), language)

    english, japanese = page("en", original), page("ja", translation)
    japanese.record["translates"] = english.hash
    compared = Comparison(
        japanese, structure(translation, "ja"), english, structure(original, "en")
    )
    assert [str(error) for error in compared.errors()] == expected
