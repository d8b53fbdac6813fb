"""The words of the interface; a translation says what it says, and English fills the gaps."""

import pytest

from gradviz_core.errors import ContentErrors
from gradviz_core.registry import word_rules, words
from gradviz_core.registry.loaded_words import read_words
from gradviz_core.toml_source import TomlSource

ENGLISH = """
[language]
name = "English"
tag = "en"
complete = true
between_sentences = " "
[site]
name = "gradviz"
skip = "Skip to the text"
[date]
day = "{day} {month}"
months = ["January"]
[pair]
correct = "With"
[pair.mark]
correct = "yes"
buggy = "no"
[travel]
lines = ["first committed", "after {day}"]
left = { one = "{count} of {arrows} is left", other = "{count} of {arrows} are left" }
"""


def translated(korean):
    """What is read of English and a Korean translation."""
    head = "[language]\n" if "[language]" not in korean else ""
    named = f'{korean}\n{head}name = "한국어"\ntag = "ko"\n'
    sources = {
        "en": TomlSource(ENGLISH, "words.toml"),
        "ko": TomlSource(named, "words.ko.toml"),
    }
    return read_words(sources, {})


def test_english_fills_the_gaps_of_a_translation():
    read = translated('[site]\nskip = "본문으로"\n[pair.mark]\nbuggy = "아니오"\n')
    korean = read.languages["ko"]
    assert korean["site"] == {"name": "gradviz", "skip": "본문으로"}
    assert korean["pair"] == {
        "correct": "With",
        "mark": {"correct": "yes", "buggy": "아니오"},
    }
    assert korean["date"]["months"] == ["January"]
    assert read.languages["en"]["site"]["skip"] == "Skip to the text"
    assert read.errors == []


@pytest.mark.parametrize(
    ("korean", "line", "what"),
    [
        ('[site]\nskpi = "본문으로"\n', 2, "unknown field skpi"),
        ("[site]\nskip = 1\n", 2, "skip is int, not str"),
        ("[date]\n[pair]\nmark = []\n", 3, "mark is list, not dict"),
        ('[date]\nday = "{month}월"\n', 2, "day leaves out {day}"),
        (
            '[date]\nday = "{month}월 {day}일 {days}"\n',
            2,
            "day has {days}, and English has not",
        ),
        (
            '[date]\nmonths = ["1월", "2월"]\n',
            2,
            "months has 2 texts, and in English 1",
        ),
        ('[travel]\nlines = ["첫", "커밋"]\n', 2, "lines leaves out {day}"),
        ('[travel]\nleft = "{arrows} 중"\n', 2, "left leaves out {count}"),
        ('[travel]\nleft = { other = "{arrows}" }\n', 2, "left leaves out {count}"),
        (
            '[travel]\nleft = { one = "{count}" }\n',
            2,
            "left is not a sentence in its forms",
        ),
        ("[travel]\nleft = []\n", 2, "left is list, not dict"),
        (
            '[travel]\n[travel.left]\nother = "{count} {arrows}"\nothers = "-"\n',
            4,
            "unknown form others",
        ),
    ],
)
def test_a_translation_says_what_english_says_in_its_form(korean, line, what):
    [error] = translated(korean).errors
    place = f"words.ko.toml:{line}: "
    assert str(error).startswith(f"{place}{what}. Fix: ")


def test_what_a_file_translates_stands_above_its_tables():
    [error] = translated('[site]\ntranslates = "0123456789ab"\n').errors
    assert str(error).endswith("Fix: write it above the first table")


@pytest.mark.parametrize(
    "left", ['"{arrows} 중 {count}"', '{ other = "{arrows} 중 {count}" }']
)
def test_a_language_has_as_many_forms_of_a_sentence_as_it_needs(left):
    read = translated(f'[travel]\nleft = {left}\nlines = ["{{day}} 뒤", ""]\n')
    assert read.errors == []
    said = read.languages["ko"]["travel"]["left"]
    assert said in ("{arrows} 중 {count}", {"other": "{arrows} 중 {count}"})
    lacking = [error.what for error in read.untranslated["ko"]]
    assert "travel.left is not translated" not in lacking


def test_a_sentence_with_forms_that_a_language_lacks_is_missing_once():
    lacking = [error.what for error in translated("").untranslated["ko"]]
    assert lacking.count("travel.left is not translated") == 1


def test_every_hole_has_a_name():
    def sentences(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            inner = value.values() if isinstance(value, dict) else value
            for each in inner:
                yield from sentences(each)

    found = [*sentences(words.interface(words.ENGLISH))]
    assert len(found) > 300
    for sentence in found:
        assert all(hole.isidentifier() for hole in word_rules.HOLE.findall(sentence))


EMPTY = """
[site]
name = " "
[[menu]]
label = "Errata"
[[menu]]
label = ""
[travel]
left = { one = "", other = "{count}" }
lines = ["{day}", ""]
"""


@pytest.mark.parametrize(
    ("form", "faults"),
    [
        ("{arrows}, one", []),
        ("One", ["left.one leaves out {arrows}, and other has it"]),
        ("{arrows} {n}", ["left.one has {n}, and other has not"]),
    ],
)
def test_each_form_of_a_sentence_has_the_holes_of_the_other(form, faults):
    text = f'left = {{ one = "{form}", other = "{{count}} {{arrows}}" }}\n'
    errors = word_rules.form_errors(TomlSource(text, "words.toml"))
    assert [error.what for error in errors] == faults


def test_a_text_that_says_nothing_is_refused():
    empty = word_rules.empty_errors(TomlSource(EMPTY, "site.toml"))
    assert [str(error) for error in empty] == [
        "site.toml:3: site.name is empty. Fix: say it, or delete the line",
        "site.toml:7: menu.label is empty. Fix: say it, or delete the line",
    ]


def test_a_text_is_no_html():
    typed = '[site]\nskip = "`<b>` and 1 < 2 & 3"\n[pair]\nbuggy = "<b>no</b>"\n'
    [error] = word_rules.html_errors(TomlSource(typed, "words.toml"))
    assert str(error) == (
        "words.toml:4: pair.buggy has <b>, which is shown as it is typed. "
        "Fix: write the sign itself, or set it as code"
    )


def test_an_english_sentence_that_was_copied_is_not_translated():
    [untranslated] = [
        error
        for error in translated('[site]\nskip = "Skip to the text"\n').untranslated[
            "ko"
        ]
        if "skip" in error.what
    ]
    assert untranslated.line == 2
    assert untranslated.what == "site.skip is not translated"


@pytest.mark.parametrize(
    "skip", ["{numbre}", "{count", "{count} }", "{{count}", 3], ids=str
)
def test_of_a_language_with_a_sentence_that_does_not_fit_pages_say_english(skip):
    """Or the first page that says it would end the build."""
    written = f'[site]\nskip = {skip!r}\n[pair]\ncorrect = "둘 다"\n'
    read = translated(written)
    assert {error.line for error in read.errors} == {2}
    assert read.languages["ko"]["site"] == read.languages["en"]["site"]
    assert read.languages["ko"]["language"]["tag"] == "ko"


def test_a_number_has_another_sign_for_decimals_than_for_thousands():
    """Or a page would say 1,234 where 1.234 was measured."""
    number = '[number]\nthousands = "{}"\ndecimal = "{}"\n'
    english = TomlSource(ENGLISH + number.format(",", "."), "words.toml")
    for thousands, decimal, lines in ((".", ",", []), ("'", ".", []), (",", ",", [3])):
        text = number.format(thousands, decimal) + '[language]\nname = "d"\ntag = "d"\n'
        sources = {"en": english, "de": TomlSource(text, "words.de.toml")}
        assert [error.line for error in read_words(sources, {}).errors] == lines


def test_a_brace_too_many_is_told_at_the_sentence():
    text = '[site]\nskip = "{{count}} of {all}"\nnext = { other = "{count" }\n'
    [error] = word_rules.brace_errors(TomlSource(text, "words.toml"))
    assert str(error).startswith("words.toml:3: site.next has a brace too many or too")


def test_a_file_that_is_no_toml_lacks_nothing_else():
    [error] = translated("[site]\n[site]\n").errors
    assert "this is not TOML" in str(error)


LACKING = """
[site]
name = "gradviz"
[pair]
correct = "둘 다"
"""


@pytest.mark.parametrize("complete", ["true", "false"])
def test_what_a_complete_language_does_not_say_is_a_fault(complete):
    read = translated(LACKING)
    stale, *lacking = [str(error) for error in read.untranslated["ko"]]
    assert stale.startswith("words.ko.toml:1: the English words have changed")
    place = "words.ko.toml"
    assert f"{place}:2: site.skip is not translated. Fix: " in lacking[0]
    assert not any("pair.correct" in line or "site.name" in line for line in lacking)
    assert read.errors == []
    completed = translated(f"{LACKING}\n[language]\ncomplete = {complete}\n")
    faults = [str(error) for error in completed.errors]
    assert faults == (lacking if complete == "true" else [])


@pytest.mark.parametrize(
    ("english", "what"),
    [
        ("", "1: site.skip is missing, and every translation has it"),
        ('name = "no"', "1: site.skip is missing, and every translation has it"),
        ('skpi = "{count}"', "2: no translation has site.skpi"),
        ('[site.skip]\na = "no"', "2: site.skip is missing, and every translation has it"),
        ('skip = "{cuont}"', "2: site.skip has {cuont}, and in every translation it has {count}"),
        ('skip = "no"', "2: site.skip has no hole, and in every translation it has {count}"),
    ],
)  # fmt: skip
def test_what_every_translation_has_and_english_has_not_is_a_fault_of_english(
    english, what
):
    source = TomlSource(f"[site]\n{english}", "words.toml")
    translated = {"site": {"skip": "{count}"}}
    in_forms = {"site": {"skip": {"other": "{count}"}}}
    [error] = word_rules.errors_of_english(source, [translated, in_forms])
    assert str(error).startswith(f"words.toml:{what}. Fix: ")
    assert [*word_rules.errors_of_english(source, [translated])] == []
    assert [*word_rules.errors_of_english(source, [translated, {"site": {}}])] == []


def test_nothing_else_is_told_where_english_is_at_fault():
    sources = {"en": TomlSource(ENGLISH, "words.toml")}
    for language in ("ja", "ko"):
        said = f'[site]\nskip = "{{to}}"\n[language]\nname = "{language}"'
        sources[language] = TomlSource(said, f"words.{language}.toml")
    with pytest.raises(ContentErrors) as raised:
        read_words(sources, {})
    assert [error.path for error in raised.value.errors] == ["words.toml"]


def test_of_a_file_that_cannot_be_read_no_words_are_called_untranslated():
    korean = ENGLISH.replace("English", "한국어").replace('"en"', '"ko"')
    korean = korean.replace("Skip to the text", "본문으로")
    interface = {
        "en": TomlSource(ENGLISH, "words.toml"),
        "ko": TomlSource(korean, "words.ko.toml"),
    }
    site = {
        "en": TomlSource('lead = "A lead"\n', "site.toml"),
        "ko": TomlSource("lead = \n", "site.ko.toml"),
    }
    read = read_words(interface, site)
    assert [error.path for error in read.errors] == ["site.ko.toml"]
    assert "lead is not translated" in [each.what for each in read.untranslated["ko"]]


def test_words_of_an_older_english_are_listed():
    def listed(english: str) -> list[str]:
        sources = {
            "en": TomlSource(english, "words.toml"),
            "ko": TomlSource(
                f'{translates}[site]\nskip = "본문으로"\n', "words.ko.toml"
            ),
        }
        read = read_words(sources, {})
        assert "translates" not in read.languages["ko"]
        assert not [error for error in read.errors if "translates" in error.what]
        return [e.fix for e in read.untranslated["ko"] if "have changed" in e.what]

    current = words.hash_of_texts(TomlSource(ENGLISH, "words.toml").data)
    translates = f'translates = "{current}"\n'
    assert listed(ENGLISH) == []
    [fix] = listed(ENGLISH.replace("Skip to the text", "Skip"))
    assert fix.startswith("translate what is new, and write translates = ")
    translates = ""
    assert len(listed(ENGLISH)) == 1


def test_a_list_that_every_translation_has_longer_is_a_fault_of_english():
    source = TomlSource('[date]\nmonths = ["May"]', "words.toml")
    translated = {"date": {"months": ["5", "6"]}}
    [error] = word_rules.errors_of_english(source, [translated, translated])
    assert str(error) == (
        "words.toml:2: date.months has 1 texts, and in every translation it has 2. "
        "Fix: correct it, or the translations"
    )
