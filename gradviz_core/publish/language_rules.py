"""Language rules: what a translation may not leave in English, or in a third language.

Both are looked for paragraph by paragraph, by the letters and words of each.
"""

import re
from collections.abc import Iterator, Mapping

from gradviz_core.content.listings import CODE, COMMENT
from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.publish.typed_numbers import NOT_PROSE
from gradviz_core.texts import blank, line_at

# A paragraph, or an item of a list, from the first of its lines to the last.
BLOCK = re.compile(r"(?m)^(?=\S| +\S).+(?:\n(?![ \t]*(?:[-*]|\d+\.) |[ \t]*$).+)*")

LINE = re.compile("(?m)^.+$")

# This many words in a row are an English sentence, not a name or a formula.
SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z]*\b[,;:]?\s+){4}")

# Letters by which Chinese, Japanese and Korean are told apart, and how many of them are
# a sentence. Katakana do not count: names in them are quoted in other languages.
HANGUL = re.compile("[\uac00-\ud7a3]")
HIRAGANA = re.compile("[\u3041-\u3096]")
HAN = re.compile("[\u4e00-\u9fff]")
LETTERS_OF_A_SENTENCE = 20

# Paragraphs, items and lines of front matter, by their first lines.
EnglishBlocks = Mapping[int, str]


def english_errors(
    page: Page, blocks: EnglishBlocks, original_blocks: EnglishBlocks
) -> Iterator[ContentError]:
    """Report each paragraph, item or field that a translation leaves in English.

    Parameters
    ----------
    page : Page
        The translation.
    blocks, original_blocks : mapping of int to str
        Its English blocks, and those of its original.
    """
    english = set(original_blocks.values())
    for line, block in blocks.items():
        if block in english:
            what = "this is still English"
            fix = "say it in the language"
            yield ContentError(page.source, line, what, fix)


def english_blocks(page: Page) -> EnglishBlocks:
    """Return the paragraphs, items and fields of a page with an English sentence."""
    return {
        line: words for line, words in _blocks_of(page) if SENTENCE.search(words + " ")
    }


def language_errors(page: Page) -> Iterator[ContentError]:
    """Report each paragraph, item or field of a translation in a third language."""
    for line, words in _blocks_of(page):
        language = _language_by_letters(words)
        if language not in ("", page.language):
            what = f"this is written in {language}, on a page in {page.language}"
            yield ContentError(page.source, line, what, f"say it in {page.language}")


def _language_by_letters(text: str) -> str:
    """Return ja, ko or zh; or "" where too few letters of theirs leave that open."""
    hangul = len(HANGUL.findall(text))
    hiragana = len(HIRAGANA.findall(text))
    han = len(HAN.findall(text))
    if hangul + hiragana + han < LETTERS_OF_A_SENTENCE:
        return ""
    if hangul > hiragana + han:
        return "ko"
    # A Japanese sentence is full of hiragana. A text with a few may quote some.
    if hiragana > han / 3:
        return "ja"
    return "zh" if hiragana == 0 else ""


def _blocks_of(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the lines of a page's front matter, and its paragraphs and items.

    Each has its first line beside it.
    """
    for pattern, typed in ((LINE, page.front_matter), (BLOCK, page.body)):
        text = blank(NOT_PROSE, blank(CODE, blank(COMMENT, typed)))
        for block in pattern.finditer(text):
            yield line_at(text, block.start()), " ".join(block[0].split())
