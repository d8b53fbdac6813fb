"""In a translation, a value that is a part of another is the same one as in English.

English says `{drawn} of {arrows}`. The other languages name the whole first, or mark it with a
sign of theirs. Whoever exchanges the two has 324 of 18 arrows, in a sentence that reads well.
"""

import re

import pytest
from project import ROOT
from reading.records import ENGLISH, LANGUAGES
from reading.words import words

from gradviz_core.registry.words import leaves

PART_OF_WHOLE = re.compile(
    r"(?P<part>\{\w+\}|\{\{[^{}]*\}\})(?: (?!instead)\w+)?\sof\s(?:the\s|all\s)?"
    r"(?P<whole>\{\w+\}|\{\{[^{}]*\}\})"
)
TRANSLATIONS = [language for language in LANGUAGES if language != ENGLISH]
# What stands between a part and its whole where the part comes first.
PART_FIRST = re.compile("／|共")
# A sentence is no longer than this between the two.
NEAR = 60


def says_the_same(text, part, whole):
    """Whether a text has the two values near each other, and the part as the part."""
    both = rf"(?={{}}(?P<between>[^{{{{}}}}]{{{{0,{NEAR}}}}}?){{}})"
    part, whole = re.escape(part), re.escape(whole)
    whole_first = re.finditer(both.format(whole, part), text)
    part_first = re.finditer(both.format(part, whole), text)
    return any(not PART_FIRST.search(each["between"]) for each in whole_first) or any(
        PART_FIRST.search(each["between"]) for each in part_first
    )


def texts_of(language):
    """All words of a language, by their keys."""
    return {
        keys: text
        for keys, value in leaves(words(language))
        if isinstance(text := value["other"] if isinstance(value, dict) else value, str)
    }


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_sentence_of_the_interface_has_the_part_as_the_part(language):
    translated = texts_of(language)
    compared = 0
    for keys, english in texts_of("en").items():
        for said in PART_OF_WHOLE.finditer(english):
            text = translated[keys]
            assert says_the_same(text, said["part"], said["whole"]), (keys, text)
            compared += 1
    assert compared > 20


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_page_has_the_part_as_the_part(language):
    compared = 0
    for path in sorted((ROOT / "content").rglob(f"*.{language}.md")):
        original = path.with_name(path.name.replace(f".{language}.md", ".md"))
        text = path.read_text(encoding="utf-8")
        for said in PART_OF_WHOLE.finditer(original.read_text(encoding="utf-8")):
            if said["part"] in text and said["whole"] in text:
                place = f"{path.relative_to(ROOT)}: {said[0]}"
                assert says_the_same(text, said["part"], said["whole"]), place
                compared += 1
    assert compared > 4


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("{all}개 중 {part}개", True),
        ("{part}개 중 {all}개", False),
        ("ステップ{part}／{all}", True),
        ("ステップ{all}／{part}", False),
        ("第{part}步，共{all}步", True),
        ("第{all}步，共{part}步", False),
    ],
)
def test_exchanged_values_are_noticed(text, is_so):
    assert says_the_same(text, "{part}", "{all}") == is_so
